using System.Runtime.InteropServices;
using System.Text.Json;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using GanPipeline.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Training.Checkpoints;

/// <summary>What a checkpoint says about itself, beside its tensors.</summary>
internal sealed record CheckpointHeader
{
    /// <summary>The run's options as YAML, defaults included.</summary>
    public required string Options { get; init; }

    /// <summary>Name of the data set.</summary>
    public required string DataName { get; init; }

    /// <summary>SHA-256 (hex) of the data set.</summary>
    public required string DataSha256 { get; init; }

    /// <summary>Class names in index order.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Samples per class in the data set, in index order.</summary>
    public required IReadOnlyList<long> ClassCounts { get; init; }

    /// <summary>Shape and units of a sample; its real rows are tensors of the checkpoint.</summary>
    public required SampleFormat Format { get; init; }

    /// <summary>Steps taken.</summary>
    public required long Step { get; init; }

    /// <summary>What the next row of metrics is the mean of, so far.</summary>
    public required IReadOnlyList<double> MetricSums { get; init; }

    /// <summary>How many of the last steps are in these sums.</summary>
    public required long SummedSteps { get; init; }

    /// <summary>The best that the quality probe has measured.</summary>
    public required BestSoFar Best { get; init; }

    /// <summary>Updates of the generator.</summary>
    public required long GeneratorSteps { get; init; }

    /// <summary>Updates of the discriminator.</summary>
    public required long DiscriminatorSteps { get; init; }

    /// <summary>Refuses what no run can have written.</summary>
    internal void Check()
    {
        if (ClassNames.Any(name => name is null) || ClassNames.Distinct().Count() != ClassNames.Count) throw new UserErrorException("its classes lack names.");
        if (ClassCounts.Count != ClassNames.Count || ClassCounts.Any(n => n < 0))
            throw new UserErrorException($"it has {ClassNames.Count} classes, and {ClassCounts.Count} numbers of samples, none below 0, must go with them.");
        if (Step < 0 || SummedSteps < 0 || GeneratorSteps < 0 || DiscriminatorSteps < 0 || Best.Step < 0 || Best.Since < 0)
            throw new UserErrorException("a number of its steps is below 0.");
        Format.Check(ClassNames.Count);
    }
}

/// <summary>
/// The whole state of a run at one step, in one file: weights, moving average, running statistics, both optimisers' moments and the step, from which every
/// random stream and the position in the data follow. The device it was written on does not matter.
/// </summary>
internal sealed class Checkpoint
{
    /// <summary>Name of the weights that samples are drawn with.</summary>
    public const string SamplerParameters = "sampler.parameters";

    /// <summary>Name of the running statistics that samples are drawn with.</summary>
    public const string SamplerBuffers = "sampler.buffers";

    /// <summary>Name of the discriminator's weights.</summary>
    public const string DiscriminatorParameters = "discriminator.parameters";

    /// <summary>Name of the discriminator's running statistics.</summary>
    public const string DiscriminatorBuffers = "discriminator.buffers";

    private const string Anchors = "anchors";

    private static readonly JsonSerializerOptions Strict = new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    private readonly IReadOnlyDictionary<string, float[]> _tensors;

    private Checkpoint(CheckpointHeader header, IReadOnlyDictionary<string, float[]> tensors) => (Header, _tensors) = (header, tensors);

    /// <summary>What it says about itself.</summary>
    public CheckpointHeader Header { get; }

    /// <summary>Names and values of its tensors, all flat float32.</summary>
    public IReadOnlyDictionary<string, float[]> Tensors => _tensors;

    /// <summary>The options of the run that wrote it.</summary>
    public RunOptions Options => Preset.Parse(Header.Options, "the checkpoint's options");

    internal Checkpoint(CheckpointHeader header, IEnumerable<(string Name, Tensor Tensor)> state)
        : this(header, RealRows(header.Format).Concat(state.Select(s => (s.Name, ToArray(s.Tensor)))).ToDictionary()) { }

    /// <summary>Writes the file; it appears whole or not at all.</summary>
    public void Write(string path) => CheckpointFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(Header), _tensors);

    /// <summary>Refuses what no checkpoint can hold, before work is put into it.</summary>
    /// <param name="header">A header as the run will write it; its numbers of steps may change.</param>
    /// <param name="values">Numbers of the largest tensor of the state.</param>
    /// <exception cref="UserErrorException">The class names and categories are too long, or the networks too large.</exception>
    internal static void CheckWritable(CheckpointHeader header, long values)
    {
        const int Counters = 4096; // steps, sums and the best so far, which grow by some digits each
        CheckpointFile.CheckHeader(JsonSerializer.SerializeToUtf8Bytes(header).Length + Counters);
        if (values > Array.MaxLength)
            throw new UserErrorException($"a network has {values} weights, and a checkpoint holds {Array.MaxLength} of one; make the networks smaller.");
    }

    /// <summary>Reads a file that <see cref="Write"/> made.</summary>
    /// <exception cref="UserErrorException">It is missing, damaged, cut short, or of another version.</exception>
    public static Checkpoint Read(string path)
    {
        (long version, byte[] json, IReadOnlyDictionary<string, float[]> tensors) = CheckpointFile.Read(path);
        if (version < CheckpointFile.Version && IsOfTable(json, path))
            throw new UserErrorException($"{path}: an earlier version wrote it, whose tables were encoded or generated in another way; train again into a " +
                "new folder.");
        try
        {
            CheckpointHeader header = JsonSerializer.Deserialize<CheckpointHeader>(json, Strict) ?? throw new JsonException("empty");
            header = header with { Format = WithRealRows(header.Format, tensors) };
            header.Check();
            return new Checkpoint(header, tensors);
        }
        catch (JsonException e)
        {
            throw Unreadable(path, e);
        }
        catch (UserErrorException e)
        {
            throw new UserErrorException($"{path}: the checkpoint does not fit together: {e.Message} Use another checkpoint, or train again.", e);
        }
    }

    private static bool IsOfTable(byte[] json, string path)
    {
        using JsonDocument header = Parsed(json, path);
        return header.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(nameof(CheckpointHeader.Format), out JsonElement format)
            && format is { ValueKind: JsonValueKind.Object } && format.TryGetProperty(nameof(SampleFormat.Table), out JsonElement table)
            && table.ValueKind == JsonValueKind.Object;
    }

    private static JsonDocument Parsed(byte[] json, string path)
    {
        try { return JsonDocument.Parse(json); }
        catch (JsonException e) { throw Unreadable(path, e); }
    }

    private static UserErrorException Unreadable(string path, JsonException e) =>
        new($"{path}: the checkpoint's header is not readable ({e.Message}); use another checkpoint.", e);

    private static IEnumerable<(string Name, float[] Values)> RealRows(SampleFormat format) =>
        format.Anchors is null ? [] : [(Anchors, format.Anchors.Rows)];

    private static SampleFormat WithRealRows(SampleFormat format, IReadOnlyDictionary<string, float[]> tensors) => format.Anchors is null ? format : format with
    {
        Anchors = format.Anchors with
        {
            Rows = tensors.GetValueOrDefault(Anchors)
                ?? throw new UserErrorException($"it says how many real rows there are, and lacks the tensor '{Anchors}'."),
        },
    };

    /// <summary>
    /// Refuses to go on with other options or other data than those that made the checkpoint, unless <paramref name="force"/>. Options that only say what is
    /// written when, and when the run ends, may always change: the steps stay what they would have been.
    /// </summary>
    /// <returns>What differs, for people; empty where nothing does.</returns>
    /// <exception cref="UserErrorException">They differ; the message lists how.</exception>
    public IReadOnlyList<string> CheckSameRun(RunOptions options, Dataset data, string path, bool force)
    {
        string[] then = Lines(Options), now = Lines(options), mustEqual = Lines(Options.WithTimesOf(options));
        if (!force && !mustEqual.SequenceEqual(now))
            throw new UserErrorException($"{path}: it was made with other options ({string.Join("; ", Differences(mustEqual, now))}). " +
                $"Resume with the same preset and overrides, of which {RunOptions.Times} may change; force it by --override, or choose another --out.");
        string otherData = $"'{Header.DataName}', SHA-256 {Start(Header.DataSha256)}..., now '{data.Name}', {Start(data.Sha256)}...";
        if (data.Sha256 == Header.DataSha256) return [.. Differences(then, now)];
        if (!force)
            throw new UserErrorException($"{path}: it was made from other data ({otherData}). Resume with the same data, force it by --override, or choose " +
                $"another --out.");
        return [.. Differences(then, now), $"then data {otherData}"];
    }

    /// <summary>The generator that samples are drawn with, in evaluation mode, on a device.</summary>
    /// <exception cref="UserErrorException">The checkpoint's tensors are not those of its networks.</exception>
    public Generator BuildGenerator(Device device)
    {
        RunOptions options = Options;
        options.Check(Header.Format);
        return Build((format, place) => options.Generator.Build(options.GeneratorContext(Header.ClassNames, format, place)), device, SamplerParameters,
            SamplerBuffers);
    }

    /// <summary>The discriminator, in evaluation mode, on a device, and what it was built for.</summary>
    /// <exception cref="UserErrorException">The checkpoint's tensors are not those of its networks.</exception>
    public (Discriminator Network, NetworkContext Context) BuildDiscriminator(Device device)
    {
        RunOptions options = Options;
        options.Check(Header.Format);
        NetworkContext Context(SampleFormat format, Device place) => options.DiscriminatorContext(Header.ClassNames, format, place);
        return (Build((format, place) => options.Discriminator.Build(Context(format, place)), device, DiscriminatorParameters, DiscriminatorBuffers),
            Context(Header.Format, device));
    }

    private TNetwork Build<TNetwork>(Func<SampleFormat, Device, TNetwork> build, Device device, string parameters, string buffers)
        where TNetwork : nn.Module
    {
        CheckSizes(build, parameters, buffers);
        TNetwork network = build(Header.Format, device);
        using (no_grad())
        {
            // The views keep their storage alive after the flat tensors' handles are gone.
            var flat = new FlatNetwork(network);
            CopyTo(parameters, flat.Parameters);
            CopyTo(buffers, flat.Buffers);
            flat.Release();
        }
        network.eval();
        return network;
    }

    /// <summary>Builds the network on libtorch's device "meta", where tensors have shapes and no memory: a small file cannot ask for much of it.</summary>
    private void CheckSizes<TNetwork>(Func<SampleFormat, Device, TNetwork> build, string parameters, string buffers)
        where TNetwork : nn.Module
    {
        // Real rows are constants, whose sizes were compared already; without them nothing is searched for.
        SampleFormat format = Header.Format with { Anchors = Header.Format.Anchors?.Emptied() };
        try
        {
            using TNetwork network = build(format, new Device(DeviceType.META));
            (long parameterCount, long bufferCount) = FlatNetwork.Sizes(network);
            _ = Values(parameters, parameterCount);
            _ = Values(buffers, bufferCount);
        }
        catch (Exception e) when (e is ExternalException or OverflowException)
        {
            throw new UserErrorException($"the checkpoint's options ask for networks that cannot be built ({e.Message.Split('\n')[0].TrimEnd('.')}); use " +
                "another checkpoint, or train again.", e);
        }
    }

    internal void CopyTo(string name, Tensor target)
    {
        float[] values = Values(name, target.numel());
        using IDisposable noGradient = no_grad();
        using Tensor source = tensor(values);
        target.copy_(source);
    }

    private float[] Values(string name, long count) => _tensors.TryGetValue(name, out float[]? values) && values.Length == count ? values
        : throw new UserErrorException($"the checkpoint holds {(values is null ? "no" : $"{values.Length} values of")} '{name}' where " +
            $"the networks need {count}; it belongs to another version or preset.");

    private static string Start(string sha256) => sha256[..Math.Min(12, sha256.Length)];

    private static IEnumerable<string> Differences(string[] then, string[] now) =>
        then.Except(now).Select(l => "then " + l.Trim()).Concat(now.Except(then).Select(l => "now " + l.Trim())).Take(12);

    private static string[] Lines(RunOptions options) => Preset.ToYaml(options).Split('\n');

    private static float[] ToArray(Tensor tensor)
    {
        using Tensor onCpu = tensor.cpu();
        return onCpu.data<float>().ToArray();
    }
}
