using System.Globalization;
using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>Learns the code of one column from its values.</summary>
internal static class ColumnFit
{
    /// <summary>Different dates of a column at most: a generator file holds the text of each.</summary>
    public const int MaxDates = 1 << 16;

    private const int MostComponents = 10, FitRows = 10_000, QuantileCount = 257, LeastRepeats = 5;
    private const int ModesOfRange = 8;
    private const double LeastWeight = 0.005, FrequentValue = 0.05, Margin = 1.02;

    private static readonly int[] Steps = [1, 60, 3600, 86400]; // second, minute, hour, day

    /// <summary>Numbers that the encoded column takes at most; known before anything is fitted.</summary>
    public static long Width(TableColumn column, ColumnSchema schema) => schema.Type switch
    {
        ColumnType.Constant => 0,
        _ when schema.Said is { } said => (said.Values?.Count ?? ModesOfRange + 1) + 1,
        ColumnType.Categorical or ColumnType.Boolean => column.Values.Count,
        _ => schema.Encoding == NumberEncoding.OneHot ? column.Values.Count : schema.Encoding == NumberEncoding.Quantile ? 3 : MostComponents + 2,
    };

    public static ColumnCode Fit(Table table, TableColumn column, ColumnSchema schema, SchemaFile file)
    {
        if (schema.Said is { } said) return OfWhatIsSaid(schema, said);
        int[] present = [.. Enumerable.Range(0, column.Values.Count).Where(code => !file.Missing.Contains(column.Values[code]))];
        int[] counts = column.Counts();
        bool text = schema.Type == ColumnType.Categorical || !present.All(code => ColumnInference.TryParse(column.Values[code], out _))
            || schema.Type == ColumnType.Date;
        var code = new ColumnCode(schema.Name, schema.Type, CodeKind.Constant)
        {
            IsText = text,
            Decimals = schema.Decimals,
            HasMissing = schema.Missing > 0
            && (file.KeepMissing || schema.Type == ColumnType.Constant)
        };
        // Rows of a part of the table may have one value of a column, or none, which varies in the whole.
        if (schema.Type == ColumnType.Constant || present.Length == 0 || (present.Length == 1 && !code.HasMissing))
            return code with { Categories = [.. present.Take(1).Select(c => column.Values[c])], IsText = text && present.Length > 0 };
        string? fill = schema.Missing > 0 && !file.KeepMissing ? column.Values[Typical(column, schema, present, counts)] : null;
        code = code with { Fill = fill };
        if (text && schema.Type != ColumnType.Date) return code with { Kind = CodeKind.OneHot, Categories = [.. present.Select(c => column.Values[c])] };
        DateScale? dates = schema.Type == ColumnType.Date ? Scale(table, column, schema.Format!, present) : null;
        (double Value, int Count)[] values = [.. present.GroupBy(c => Number(column.Values[c], dates), c => counts[c])
            .Select(texts => (Value: texts.Key, Count: texts.Sum())).OrderBy(v => v.Value)]; // "5" and "05" are one value
        if (values.Length == 1 && !code.HasMissing) return code with { Categories = [column.Values[present[0]]] };
        code = code with { Min = values[0].Value, Max = values[^1].Value, Dates = dates };
        if (dates is not null) code = code with { Decimals = 0 };
        return schema.Encoding switch
        {
            // Two texts of one number ("1" and "1.0") share a slot: the first one's.
            NumberEncoding.OneHot when dates is null => code with
            {
                Kind = CodeKind.OneHot,
                Categories =
                [.. present.OrderBy(c => Number(column.Values[c], null)).DistinctBy(c => Number(column.Values[c], null)).Select(c => column.Values[c])]
            },
            NumberEncoding.Quantile => code with { Kind = CodeKind.Quantile, Quantiles = Quantiles(values) },
            _ => Modes(code, values),
        };
    }

    /// <summary>The code of a column that takes nothing from the rows: the categories that are named, or equally wide modes over the range.</summary>
    private static ColumnCode OfWhatIsSaid(ColumnSchema schema, ColumnOverride said)
    {
        var code = new ColumnCode(schema.Name, schema.Type, CodeKind.OneHot)
        {
            IsText = said.Values is not null,
            Decimals = schema.Decimals,
            HasMissing = said.Optional
        };
        if (said.Values is not null) return code with { Categories = said.Values };
        (double min, double max) = (said.Min!.Value, said.Max!.Value);
        double half = (max - min) / (2 * ModesOfRange);
        return code with
        {
            Kind = CodeKind.Mixture,
            Min = min,
            Max = max,
            Centers = [.. Enumerable.Range(0, ModesOfRange).Select(k => min + (2 * k + 1) * half)],
            HalfWidths = [.. Enumerable.Repeat(half, ModesOfRange)],
        };
    }

    private static double Number(string text, DateScale? dates) => dates?.Step(text) ?? ColumnInference.Parse(text);

    /// <summary>The most frequent value, or the median of numbers.</summary>
    private static int Typical(TableColumn column, ColumnSchema schema, int[] present, int[] counts)
    {
        if (schema.Type is not (ColumnType.Numeric or ColumnType.Integer)) return present.MaxBy(c => counts[c]);
        int[] sorted = [.. present.OrderBy(c => Number(column.Values[c], null))];
        long half = sorted.Sum(c => (long)counts[c]) / 2, seen = 0;
        return sorted.First(c => (seen += counts[c]) > half);
    }

    private static ColumnCode Modes(ColumnCode code, (double Value, int Count)[] values)
    {
        long rows = values.Sum(v => (long)v.Count);
        bool Frequent((double Value, int Count) v) => v.Count >= Math.Max(LeastRepeats, FrequentValue * rows);
        // A value that many rows share (a 0 for "none") is a mode of its own: no Gaussian makes it exactly.
        List<(double Center, double HalfWidth)> modes = [.. values.Where(Frequent).Select(v => (v.Value, 0.0))];
        (double Value, int Count)[] others = [.. values.Where(v => !Frequent(v))];
        if (others.Length > 0)
        {
            GaussianMixture mixture = GaussianMixture.Fit(Repeat(others, FitRows), MostComponents).Pruned(LeastWeight);
            foreach (IGrouping<int, (double Value, int Count)> mode in others.GroupBy(v => mixture.Component(v.Value)).OrderBy(g => g.Key))
            {
                (double low, double high) = (mode.Min(v => v.Value), mode.Max(v => v.Value));
                modes.Add(((low + high) / 2, (high - low) / 2 * Margin));
            }
        }
        return code with { Kind = CodeKind.Mixture, Centers = [.. modes.Select(m => m.Center)], HalfWidths = [.. modes.Select(m => m.HalfWidth)] };
    }

    private static double[] Quantiles((double Value, int Count)[] values)
    {
        double[] all = Repeat(values, int.MaxValue);
        return [.. Enumerable.Range(0, QuantileCount).Select(i => all[(int)Math.Round(i * (all.Length - 1.0) / (QuantileCount - 1))])];
    }

    /// <summary>Sorted values with repetitions, or every k-th of them where there are more than <paramref name="most"/>.</summary>
    private static double[] Repeat((double Value, int Count)[] values, int most)
    {
        long rows = values.Sum(v => (long)v.Count);
        int kept = (int)Math.Min(rows, most);
        double[] all = new double[kept];
        long before = 0;
        int next = 0;
        foreach ((double value, int count) in values)
        {
            before += count;
            while (next < kept && (long)((next + 0.5) * rows / kept) < before) all[next++] = value;
        }
        return all;
    }

    private static DateScale Scale(Table table, TableColumn column, string format, int[] present)
    {
        DateTime[] dates = [.. present.Select(c => Dates.Parse(column.Values[c], format))];
        (DateTime first, DateTime last) = (dates.Min(), dates.Max());
        // The finest step that the data needs, or the finest of which a generator file can hold all texts.
        int step = Steps.LastOrDefault(s => dates.All(d => (d - first).TotalSeconds % s == 0), 1);
        while ((last - first).TotalSeconds / step >= MaxDates && step < Steps[^1]) step = Steps[Array.IndexOf(Steps, step) + 1];
        double count = Math.Floor((last - first).TotalSeconds / step) + 1;
        return count <= MaxDates ? new DateScale(first, step, (int)count, format)
            : throw new UserErrorException(FormattableString.Invariant(
                $"{table.Path}, column '{column.Name}': its dates span {count} days, and {MaxDates} are allowed; ") +
                "leave it out (type: drop), or give years as numbers.");
    }
}
