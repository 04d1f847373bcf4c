using System.Globalization;
using System.Security.Cryptography;
using CsvHelper;
using GanPipeline.Primitives;
using GanPipeline.Training.Config;
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
        using FileStream file = SpooledInput.Open(path);
        return new Dataset(Path.GetFileNameWithoutExtension(SpooledInput.Name(path)), Convert.ToHexStringLower(SHA256.HashData(file)),
            torch.tensor(part.Values, [part.Count, part.Columns.Length]),
            Label.Length > 0 ? torch.tensor(part.Labels.Select(l => (long)Array.IndexOf(classes, l)).ToArray()) : null, classes,
            new SampleFormat(SampleFormat.Points, [part.Columns.Length], 1, 0) { Units = Units(train, path) });
    }

    private bool IsTest(int row) => SeedStream.Derive(0, "test part", (ulong)row) < Test * ulong.MaxValue;

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
        if (!SpooledInput.Exists(path)) throw new UserErrorException($"{path}: no such file; --data must name a CSV file.");
        try
        {
            using var csv = new CsvReader(new StreamReader(SpooledInput.Open(path)), CsvFormat.Read());
            try { return Read(csv, path); }
            catch (CsvHelperException e)
            {
                throw new UserErrorException(
                $"{path} line {csv.Parser.RawRow}: not readable as CSV ({e.Message.Split('\n')[0].TrimEnd('.')}).", e);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
            $"{path}: cannot be read ({e.Message.TrimEnd('.')}).", e);
        }
    }

    private Numbers Read(CsvReader csv, string path)
    {
        if (!csv.Read() || !csv.ReadHeader()) throw new UserErrorException($"{path}: it is empty; a header line with column names is needed.");
        string[] header = csv.HeaderRecord!;
        if (header.All(h => Number(h) is not null)) throw new UserErrorException(
            $"{path}: its first line holds numbers only; a header line with column names is needed.");
        int label = Label.Length > 0 ? Array.IndexOf(header, Label) : -1;
        if (Label.Length > 0 && label < 0) throw new UserErrorException(
            $"{path}: no column '{Label}' ('data.label'); it has {string.Join(", ", header.Take(20))}.");
        if (header.Length == (label < 0 ? 0 : 1)) throw new UserErrorException($"{path}: it has no column of numbers.");
        var values = new List<float>();
        var labels = new List<string>();
        int rows = 0;
        for (; csv.Read(); rows++)
        {
            if (csv.Parser.Count != header.Length)
                throw new UserErrorException($"{path} line {csv.Parser.RawRow}: {csv.Parser.Count} fields, but the header has {header.Length}.");
            for (int i = 0; i < header.Length; i++)
            {
                if (i == label) labels.Add(csv.Parser[i]);
                else values.Add(Number(csv.Parser[i]) ?? throw new UserErrorException(
                    $"{path} line {csv.Parser.RawRow}, column '{header[i]}': '{csv.Parser[i]}' is not a finite number; " +
                    "name a class column with 'data.label', and take other columns of text and rows with gaps out."));
            }
        }
        return rows > 0 ? new Numbers([.. header.Where((_, i) => i != label)], [.. values], [.. labels], rows)
            : throw new UserErrorException($"{path}: it has a header but no rows.");
    }

    private static float? Number(string text) => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value)
        && float.IsFinite(value) ? value : null;

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
