using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GanPipeline.TableFiles;
using GanPipeline.Tables;
using TorchSharp;

namespace GanPipeline.Training.Data;

/// <summary>A CSV file with a header; its columns' types are inferred, or declared in a schema file. Each class column's text is a class.</summary>
[Kind("table")]
internal sealed record TableDataOptions : DataOptions
{
    private const double UsualTest = 0.2;

    /// <summary>Name of the class column; empty trains on all columns alike, without classes.</summary>
    public string Label { get; set; } = "class";

    /// <summary>A YAML file that says what inference gets wrong (see <see cref="SchemaFile"/>); empty for none.</summary>
    public string Schema { get; set; } = "";

    /// <summary>Columns that are not trained on.</summary>
    public IReadOnlyList<string> Drop { get; set; } = [];

    /// <summary>Columns that are trained on though they look like an ID, free text or an index, which are dropped otherwise.</summary>
    public IReadOnlyList<string> Keep { get; set; } = [];

    /// <summary>Texts that stand for a missing value, beside the empty one and those of the schema file.</summary>
    public IReadOnlyList<string> Missing { get; set; } = [];

    /// <summary>
    /// Whether columns that are exact functions of others in the rows that are trained on are computed in generated rows; false generates them like any other.
    /// The schema file can say so, too.
    /// </summary>
    public bool Dependences { get; set; } = true;

    /// <summary>
    /// A class of fewer rows than this is generated from them instead of from noise alone: a real row is moved towards and away from its nearest rows of the
    /// class by a local Gaussian, and the network changes what comes out. These rows are then part of the generator file. 0 generates all classes from noise
    /// alone.
    /// </summary>
    public int Anchors { get; set; }

    /// <summary>Share of each class's rows that are the test part, which nothing is trained on; 0 trains on all rows.</summary>
    public double Test { get; set; }

    /// <inheritdoc/>
    public override bool NeedsPath => true;

    /// <summary>Name of the class column; null for none.</summary>
    public string? ClassColumn => Label.Length > 0 ? Label : null;

    /// <summary>All that is declared of the columns: by the schema file and by these options.</summary>
    /// <exception cref="UserErrorException">The file cannot be read, or the two contradict each other.</exception>
    public SchemaFile Declared()
    {
        SchemaFile file = (Schema.Length > 0 ? SchemaFile.Read(Schema) : new SchemaFile()).With(new ColumnChoices(Drop, Keep, Missing));
        return file with { Dependences = file.Dependences && Dependences };
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        Require.That(Anchors is >= 0 and <= 100_000, "data.anchors", "must be between 0 (none) and 100000", Anchors);
        Require.That(Test is >= 0 and <= 0.9, "data.test", "must be between 0 (no test part) and 0.9", Test);
    }

    /// <inheritdoc/>
    public override DataOptions WithTestPart() => Test > 0 ? this : this with { Test = UsualTest };

    /// <inheritdoc/>
    public override Dataset Load(string? path, DataSplit split, ulong seed)
    {
        if (path is null) throw new UserErrorException("the preset's data is a table; name the CSV file with --data FILE.");
        if (split == DataSplit.Test && Test == 0) throw new UserErrorException(
            $"{path}: a table has no test part of its own; say by 'data.test' which share of the rows is kept apart (--set data.test=0.2).");
        Table table = TableFile.Read(path);
        TableSchema schema = TableSchema.Infer(table, ClassColumn, Declared());
        if (Test == 0) return Load(table, schema);
        (Table train, Table test) = TableSplit.Of(table, schema, Test);
        TableCodec codec = Fit(train, schema); // the codes, too, are fitted to the training part alone
        if (split == DataSplit.Test) return (this with { Anchors = 0 }).Load(test, schema, codec, []);
        return Load(train, schema, codec, [.. schema.Notes, .. DependenceNotes.Of(codec, train.Rows), .. ValueNotes.Of(codec),
            string.Create(CultureInfo.InvariantCulture, $"{test.Rows} of {table.Rows} rows are kept apart for testing, and nothing is trained on them " +
                $"(data.test={Test})")]);
    }

    /// <summary>The data set of all rows of a table whose schema is known.</summary>
    public Dataset Load(Table table, TableSchema schema)
    {
        TableCodec codec = Fit(table, schema);
        return Load(table, schema, codec, [.. schema.Notes, .. DependenceNotes.Of(codec, table.Rows), .. ValueNotes.Of(codec)]);
    }

    /// <summary>Where no real row is to be in the generator, all that a column has is not either.</summary>
    private TableCodec Fit(Table table, TableSchema schema) =>
        TableCodec.Fit(table, Anchors > 0 ? schema : schema with { File = schema.File.WithoutValues() });

    private Dataset Load(Table table, TableSchema schema, TableCodec codec, IReadOnlyList<string> notes)
    {
        float[] rows = codec.Encode(table, schema.File);
        long[] labels = schema.Labels(table);
        SampleFormat format = new SampleFormat(SampleFormat.TableKind, [codec.Width], 1, 0) { Table = codec }.WithRealRows(rows, labels,
            schema.ClassNames.Count, Anchors);
        string[] from = [.. schema.ClassNames.Where((_, c) => format.Anchors?.Counts[c] > 0)];
        if (from.Length > 0)
        {
            notes = [.. notes, $"{from.Length} of {schema.ClassNames.Count} classes have fewer than {Anchors} rows and are generated from them, so the " +
                $"generator file will hold these {format.Anchors!.Counts.Sum()} rows (data.anchors=0: from noise alone, and no real row in the file)"];
        }
        string schemaHash = Schema.Length > 0 ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(File.ReadAllText(Schema)))) : "";
        return new Dataset(SpooledInput.Name(table.Path), schemaHash.Length == 0 ? table.Sha256
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(table.Sha256 + schemaHash))),
            torch.tensor(rows, [table.Rows, codec.Width]), labels.Length > 0 ? torch.tensor(labels) : null, schema.ClassNames, format)
        {
            Notes = [.. notes.Select(n => n + ".")],
            Rows = Trained(table, codec, schema.File),
        };
    }

    /// <summary>The columns that are trained on and generated, with every missing value an empty text, as a generator writes them.</summary>
    private static Table Trained(Table table, TableCodec codec, SchemaFile file) =>
        table.WithColumns([.. codec.Header.Select(name => table.Find(name)!.Map(text => file.Missing.Contains(text) ? "" : text))]);
}
