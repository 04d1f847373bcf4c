using System.Globalization;
using GanPipeline.Tables;
using TorchSharp;

namespace GanPipeline.Training.Data;

/// <summary>
/// A CSV file of numbers with a header line (RFC 4180): one row a sample, one column a coordinate, which the networks see standardised, and optionally one
/// column with the class. A share of the rows, chosen by their place in the file, is the test part.
/// </summary>
[Kind("csv")]
internal sealed record CsvDataOptions : DataOptions
{
    private const double LargestOffset = 1000;
    private static readonly CsvRules Rules = CsvRules.Points with
    {
        NoFile = "; --data must name a CSV file",
        NoRows = "it has a header but no rows.",
    };

    /// <summary>Name of the class column; empty for a set without classes.</summary>
    public string Label { get; set; } = "";

    /// <summary>Share of the rows that are the test part.</summary>
    public double Test { get; set; } = 0.2;

    /// <inheritdoc/>
    public override bool NeedsPath => true;

    /// <inheritdoc/>
    public override void Validate() => Require.That(Test is >= 0 and < 1, "data.test", "must be at least 0 and below 1", Test);

    /// <inheritdoc/>
    public override Dataset Load(string? path, DataSplit split, ulong seed)
    {
        if (path is null) throw new UserErrorException("the preset's data is a CSV file; name it with --data FILE.");
        Numbers table = Read(path);
        Numbers part = table.Where(row => IsTest(row) == (split == DataSplit.Test)), train = split == DataSplit.Train ? part : table.Where(row => !IsTest(row));
        if (part.Count == 0 || train.Count == 0)
            throw new UserErrorException($"{path}: none of its {table.Count} rows fell to the " +
                $"{(part.Count == 0 ? split : DataSplit.Train).ToString().ToLowerInvariant()} part; " +
                $"{(split == DataSplit.Test && part.Count == 0 ? "raise" : "lower")} 'data.test'.");
        string[] classes = [.. table.Labels.Distinct().Order(StringComparer.Ordinal)];
        if (split == DataSplit.Train && classes.Except(part.Labels).FirstOrDefault() is { } lost)
            throw new UserErrorException($"{path}: all rows of class '{lost}' fell to the test part; lower 'data.test'.");
        return new Dataset(Path.GetFileNameWithoutExtension(SpooledInput.Name(path)), TableReader.Sha256(path),
            torch.tensor(part.Values, [part.Count, part.Columns.Length]),
            Label.Length > 0 ? torch.tensor(part.Labels.Select(l => (long)Array.IndexOf(classes, l)).ToArray()) : null, classes,
            new SampleFormat(SampleFormat.Points, [part.Columns.Length], 1, 0) { Units = Units(train, path) });
    }

    private bool IsTest(int row) => RowSplit.IsInPart(row, Test);

    private static SampleUnits Units(Numbers train, string path)
    {
        SampleUnits units = SampleUnits.Standardising(train.Values, train.Columns.Length);
        int narrow = Array.FindIndex(units.Scale.Zip(units.Shift).ToArray(), u => Math.Abs(u.Second) > LargestOffset * u.First && u.First > 0);
        return narrow < 0 ? units : throw new UserErrorException(string.Create(CultureInfo.InvariantCulture,
            $"{path}, column '{train.Columns[narrow]}': the values lie around {units.Shift[narrow]:G4} and vary by {units.Scale[narrow]:G2} only, too little " +
                $"for single precision; subtract their mean first."));
    }

    private Numbers Read(string path)
    {
        using CsvRows rows = CsvRows.Open(path, Rules);
        string[] header = [.. rows.Header];
        if (header.All(h => float.TryParse(h, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number)))
            throw new UserErrorException($"{path}: its first line holds numbers only; a header line with column names is needed.");
        int label = Label.Length > 0 ? Array.IndexOf(header, Label) : -1;
        if (Label.Length > 0 && label < 0) throw ColumnNames.Unknown(path, Label, header, "Name the class column by 'data.label'.");
        if (header.Length == (label < 0 ? 0 : 1)) throw new UserErrorException($"{path}: it has no column of numbers.");
        var values = new List<float>();
        var labels = new List<string>();
        int count = 0;
        for (; rows.Read(); count++)
        {
            for (int i = 0; i < header.Length; i++)
            {
                if (i == label) labels.Add(rows[i]);
                else values.Add(rows.Single(i, "name a class column with 'data.label', and take other columns of text and rows with gaps out."));
            }
        }
        return new Numbers([.. header.Where((_, i) => i != label)], [.. values], [.. labels], count);
    }

    /// <summary>Rows of numbers; <c>Labels</c> is empty without a class column.</summary>
    private sealed record Numbers(string[] Columns, float[] Values, string[] Labels, int Count)
    {
        public Numbers Where(Func<int, bool> wanted)
        {
            int[] rows = [.. Enumerable.Range(0, Count).Where(wanted)];
            float[] values = new float[ArrayLimit.Check((Int128)rows.Length * Columns.Length,
                $"{rows.Length} rows of {Columns.Length} columns", "take fewer rows")];
            for (int i = 0; i < rows.Length; i++) Array.Copy(Values, rows[i] * Columns.Length, values, i * Columns.Length, Columns.Length);
            return new Numbers(Columns, values, Labels.Length > 0 ? [.. rows.Select(r => Labels[r])] : [], rows.Length);
        }
    }
}
