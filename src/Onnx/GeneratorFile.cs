using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using GanPipeline.Primitives;

namespace GanPipeline.Onnx;

/// <summary>
/// The names that a generator file uses, and its metadata as the strings that an ONNX file can hold. This is the contract between the stage that writes the
/// file and those that run it: a change of meaning needs a new <see cref="FormatVersion"/>.
/// </summary>
internal static class GeneratorFile
{
    /// <summary>Version of the contract that this code writes and reads.</summary>
    public const int FormatVersion = 2;

    /// <summary>The version before, in which a table's numbers were float32; files of other samples are as they were, and are read.</summary>
    private const int SinglesVersion = 1;

    /// <summary>The network that generates samples.</summary>
    public const string Generator = "generator";

    /// <summary>The network that tells real samples from generated ones.</summary>
    public const string Discriminator = "discriminator";

    /// <summary>What the keys of our metadata begin with.</summary>
    public const string Prefix = "ganpipeline.";

    /// <summary>Numbers of noise that a sample may take.</summary>
    public const int MaxLatentSize = 1 << 20;

    private const int MaxSampleSize = 1 << 24, MaxClasses = 1 << 16;

    // A metric of a run that diverged is not a number, and is stored as that.
    private static readonly JsonSerializerOptions JsonOptions = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>The metadata as key and value strings.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> ToProperties(GeneratorInfo info)
    {
        var from = info.Provenance;
        return
        [
            Property("format_version", Text(FormatVersion)),
            Property("system", from.System),
            Property("network", info.Network),
            Property("names", JsonSerializer.Serialize(info.Names, JsonOptions)),
            Property("latent_size", Text(info.LatentSize)),
            Property("latent_distribution", "normal"),
            Property("noise_inside", JsonSerializer.Serialize(info.NoiseInside, JsonOptions)),
            Property("latent_scale", JsonSerializer.Serialize(info.LatentScale, JsonOptions)),
            Property("bytes", JsonSerializer.Serialize(info.Bytes, JsonOptions)),
            Property("class_names", JsonSerializer.Serialize(info.ClassNames, JsonOptions)),
            Property("sample_kind", info.SampleKind),
            Property("sample_shape", JsonSerializer.Serialize(info.SampleShape, JsonOptions)),
            .. info.IsTable ? [Property("columns", JsonSerializer.Serialize(info.Columns, JsonOptions)), Property("label_column", info.LabelColumn),
                Property("omitted_columns", JsonSerializer.Serialize(info.Omitted, JsonOptions)),
                Property("stored_rows", Text(info.StoredRows))] : Array.Empty<KeyValuePair<string, string>>(),
            Property("configuration", from.Configuration),
            Property("data_name", from.DataName),
            Property("data_sha256", from.DataSha256),
            Property("steps", Text(from.Steps)),
            Property("seed", Text(from.Seed)),
            Property("metrics", JsonSerializer.Serialize(from.Metrics, JsonOptions)),
            Property("package_versions", JsonSerializer.Serialize(from.Versions, JsonOptions)),
            Property("verification", JsonSerializer.Serialize(info.Verification, JsonOptions)),
        ];

        static KeyValuePair<string, string> Property(string key, string value) => new(Prefix + key, value);
        static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
    }

    /// <summary>Reads metadata back; nothing in it is trusted.</summary>
    /// <param name="properties">All metadata of the file.</param>
    /// <param name="path">Name of the file, for messages.</param>
    /// <exception cref="UserErrorException">The file is none of ours, of another version, or its metadata is damaged.</exception>
    public static GeneratorInfo FromProperties(IReadOnlyDictionary<string, string> properties, string path)
    {
        if (!properties.Keys.Any(key => key.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            throw new UserErrorException($"{path}: is an ONNX file, but no generator of GanPipeline (it has no {Prefix}* metadata); " +
                "make one with 'gan export'");
        }

        var version = Read("format_version", int.Parse);
        if (version != FormatVersion && !(version == SinglesVersion && Raw("sample_kind") != "table"))
        {
            throw new UserErrorException($"{path}: has format version {version}, and this GanPipeline reads {FormatVersion}; " +
                (version == SinglesVersion ? "train and export the table's generator again, since that version rounded numbers"
                    : "export the generator again with this version"));
        }

        if (Raw("latent_distribution") is not "normal" and var distribution)
        {
            throw Damaged("latent_distribution", $"is '{distribution}', not 'normal'");
        }

        var info = new GeneratorInfo
        {
            Network = Optional("network", (text, _) => text, Generator),
            Names = Optional("names", Json<PortNames>, new PortNames()),
            LatentSize = Read("latent_size", int.Parse),
            NoiseInside = Optional("noise_inside", Json<bool>, false),
            LatentScale = Optional("latent_scale", Json<double>, 1),
            Bytes = Optional("bytes", Json<bool>, false),
            ClassNames = Read("class_names", Json<string[]>),
            SampleKind = Raw("sample_kind"),
            SampleShape = Read("sample_shape", Json<int[]>),
            Columns = Optional("columns", Json<OutputColumn[]>, []),
            Omitted = Optional("omitted_columns", Json<OmittedColumn[]>, []),
            StoredRows = Optional("stored_rows", int.Parse, 0),
            LabelColumn = Optional("label_column", (text, _) => text, ""),
            Verification = Read("verification", Json<ParityCheck[]>),
            Provenance = new GeneratorMetadata
            {
                System = Raw("system"),
                Configuration = Raw("configuration"),
                DataName = Raw("data_name"),
                DataSha256 = Raw("data_sha256"),
                Steps = Read("steps", long.Parse),
                Seed = Read("seed", ulong.Parse),
                Metrics = Read("metrics", Json<Dictionary<string, double>>),
                Versions = Read("package_versions", Json<Dictionary<string, string>>),
            },
        };
        Require(info.Network is Generator or Discriminator, "network", $"must be {Generator} or {Discriminator}");
        Require(info.Names is { Noise: not null, Label: not null, Count: not null, Sample: not null, Logit: not null, ClassLogits: not null }, "names",
            "must hold text");
        Require(double.IsFinite(info.LatentScale), "latent_scale", "must be a finite number");
        Require(info.LatentSize is >= 1 and <= MaxLatentSize, "latent_size", $"must be between 1 and {MaxLatentSize}");
        Require(info.ClassNames.Count <= MaxClasses && info.ClassNames.All(name => name is not null), "class_names", $"must hold at most {MaxClasses} names");
        Require(info.SampleKind is "image" or "points" or "table", "sample_kind", "must be image, points or table");
        Require(info.IsTable == (info.SampleKind == "table"), "columns", "must be there for a table, and for nothing else");
        Require(info.ClassNames.Distinct().Count() == info.ClassNames.Count, "class_names", "must hold different names");
        Require(
            info.Columns.All(c => c is { Name: not null, Output: not null, Style: not null, Formula: not null, StoredValues: >= 0 })
            && info.Columns.Select(c => c.Output).Distinct().Count() == info.Columns.Count
            && info.Columns.Select(c => c.Name).Distinct().Count() == info.Columns.Count,
            "columns", "must hold columns of different names with outputs of different names");
        Require(info.Omitted.All(c => c is { Name: not null, Reason: not null }) && info.Columns.Select(c => c.Name).Concat(info.Omitted.Select(c => c.Name))
            .Distinct().Count() == info.Columns.Count + info.Omitted.Count, "omitted_columns", "must hold columns of different names with reasons");
        Require(info.StoredRows >= 0, "stored_rows", "must not be negative");
        Require(info.Verification.All(check => check is not null), "verification", "must hold batches and differences");
        var size = info.SampleShape.Aggregate((UInt128)1, (a, b) => a * (uint)Math.Max(b, 0) > MaxSampleSize ? MaxSampleSize + 1 : a * (uint)Math.Max(b, 0));
        Require(
            info.SampleShape.Count is >= 1 and <= 8 && size >= 1 && size <= MaxSampleSize,
            "sample_shape", $"must hold 1 to 8 sizes with a product of at most {MaxSampleSize}");
        Require(!info.IsTable || info.SampleShape is [var columns] && columns == info.Columns.Count, "sample_shape", "must be the number of columns");
        return info;

        string Raw(string key) => properties.TryGetValue(Prefix + key, out var value) ? value : throw Damaged(key, "is missing");

        void Require(bool condition, string key, string rule)
        {
            if (!condition)
            {
                throw Damaged(key, rule);
            }
        }

        UserErrorException Damaged(string key, string what) =>
            new($"{path}: its metadata '{Prefix}{key}' {what}; the file is damaged: export the generator again");

        // Files from before there was a choice do not have the key.
        T Optional<T>(string key, Func<string, IFormatProvider, T> parse, T otherwise) => properties.ContainsKey(Prefix + key) ? Read(key, parse) : otherwise;

        T Read<T>(string key, Func<string, IFormatProvider, T> parse)
        {
            var text = Raw(key);
            try
            {
                return parse(text, CultureInfo.InvariantCulture) ?? throw Damaged(key, "is null");
            }
            catch (Exception e) when (e is FormatException or OverflowException or JsonException)
            {
                throw Damaged(key, "cannot be read");
            }
        }
    }

    private static T Json<T>(string text, IFormatProvider culture) => JsonSerializer.Deserialize<T>(text, JsonOptions)!;
}
