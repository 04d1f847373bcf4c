using System.Security.Cryptography;
using System.Text;
using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Training.Config;
using TorchSharp;

namespace GanPipeline.Training.Data;

/// <summary>A CSV file with a header; its columns' types are inferred, or said in a schema file. Each class column's text is a class.</summary>
[Kind("table")]
public sealed record TableDataOptions : DataOptions
{
    /// <summary>Name of the class column; empty learns all columns alike, without classes.</summary>
    public string Label { get; set; } = "class";

    /// <summary>A YAML file that says what inference gets wrong (see <see cref="SchemaFile"/>); empty for none.</summary>
    public string Schema { get; set; } = "";

    /// <summary>
    /// A class of fewer rows than this is generated from them instead of from noise alone: a real row and one of its nearest rows of the class are blended, as SMOTE does
    /// (Chawla et al. 2002), and the network changes what comes out. These rows are then part of the generator file. 0 generates all classes from noise alone.
    /// </summary>
    public int Anchors { get; set; }

    /// <inheritdoc/>
    public override bool NeedsPath => true;

    /// <inheritdoc/>
    public override void Validate() => Require.That(Anchors is >= 0 and <= 100_000, "data.anchors", "must be between 0 (none) and 100000", Anchors);

    /// <inheritdoc/>
    public override Dataset Load(string? path, DataSplit split, ulong seed)
    {
        if (path is null) throw new UserErrorException("the preset's data is a table; name the CSV file with --data FILE.");
        if (split == DataSplit.Test) throw new UserErrorException($"{path}: a table has no test part of its own; split the file and evaluate on the other part.");
        SchemaFile file = Schema.Length > 0 ? SchemaFile.Read(Schema) : new SchemaFile();
        TextTable table = TableReader.Read(path);
        return Load(table, TableSchema.Infer(table, Label.Length > 0 ? Label : null, file));
    }

    /// <summary>The data set of a table whose schema is known.</summary>
    public Dataset Load(TextTable table, TableSchema schema)
    {
        TableCodec codec = TableCodec.Fit(table, schema);
        float[] rows = codec.Encode(table, schema.File);
        long[] labels = schema.Labels(table);
        AnchorRows? anchors = AnchorRows.Of(rows, codec.Width, labels, schema.ClassNames.Count, Anchors);
        string[] from = [.. schema.ClassNames.Where((_, c) => anchors?.Counts[c] > 0)];
        IEnumerable<string> notes = from.Length == 0 ? schema.Notes : schema.Notes.Append(
            $"{from.Length} of {schema.ClassNames.Count} classes have fewer than {Anchors} rows and are generated from them, so the generator file will hold these rows (data.anchors=0: from noise alone)");
        string said = Schema.Length > 0 ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(File.ReadAllText(Schema)))) : "";
        return new Dataset(Path.GetFileName(table.Path), said.Length == 0 ? table.Sha256 : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(table.Sha256 + said))),
            torch.tensor(rows, [table.Count, codec.Width]), labels.Length > 0 ? torch.tensor(labels) : null, schema.ClassNames,
            new SampleFormat(SampleFormat.TableKind, [codec.Width], 1, 0) { Table = codec, Anchors = anchors }) { Notes = [.. notes.Select(n => n + ".")] };
    }
}
