using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>Learns the code of one column from its values.</summary>
internal static class ColumnFit
{
    /// <summary>Numbers that the encoded column takes at most; known before anything is fitted.</summary>
    public static long Width(TableColumn column, ColumnSchema schema) => schema.Type switch
    {
        ColumnType.Constant => 0,
        _ when schema.Declared is { } declared => DeclaredFit.Width(declared),
        ColumnType.Categorical or ColumnType.Boolean => column.Values.Count,
        ColumnType.Date when schema.Encoding != NumberEncoding.Quantile => 2 * (ModeFit.MostComponents + 2),
        _ => schema.Encoding == NumberEncoding.OneHot ? column.Values.Count : schema.Encoding == NumberEncoding.Quantile ? 3 : ModeFit.MostComponents + 2,
    };

    /// <summary>The code of a column.</summary>
    /// <exception cref="UserErrorException">Its dates span too many days.</exception>
    public static ColumnCode Fit(Table table, TableColumn column, ColumnSchema schema, SchemaFile file)
    {
        if (schema.Declared is { } declared) return DeclaredFit.Of(schema, declared);
        int[] present = [.. Enumerable.Range(0, column.Values.Count).Where(code => !file.Missing.Contains(column.Values[code]))];
        int[] counts = column.Counts();
        bool text = schema.Style is null;
        var code = new ColumnCode(schema.Name, schema.Type, CodeKind.Constant)
        {
            IsText = text,
            Style = schema.Style,
            HasMissing = schema.Missing > 0
            && (file.KeepMissing || schema.Type == ColumnType.Constant)
        };
        // Rows of a part of the table may have one value of a column, or none, which varies in the whole.
        if (schema.Type == ColumnType.Constant || present.Length == 0 || (present.Length == 1 && !code.HasMissing))
            return code with { Categories = [.. present.Take(1).Select(c => column.Values[c])], IsText = text && present.Length > 0 };
        string? fill = schema.Missing > 0 && !file.KeepMissing ? column.Values[Typical(column, schema, present, counts)] : null;
        code = code with { Fill = fill };
        if (text && schema.Type != ColumnType.Date) return code with { Kind = CodeKind.OneHot, Categories = [.. present.Select(c => column.Values[c])] };
        code = schema.Type == ColumnType.Date ? code with { Dates = DateFit.Of(table, column, schema.Format!, present) }
            : code with { Wholes = WholeScale.Of(table, column, [.. present.Select(c => column.Values[c])], schema.Style!) };
        (double Value, int Count)[] values = [.. present.GroupBy(c => code.Number(column.Values[c]), c => counts[c])
            .Select(texts => (Value: texts.Key, Count: texts.Sum())).OrderBy(v => v.Value)]; // where it was declared one of numbers, "5" and "05" are one value
        if (values.Length == 1 && !code.HasMissing) return code with { Categories = [column.Values[present[0]]], Wholes = null };
        // Two texts of one number share a slot: the first one's.
        if (schema.Encoding == NumberEncoding.OneHot && code.Dates is null) return code with
        {
            Kind = CodeKind.OneHot,
            Wholes = null,
            Categories = [.. present.OrderBy(c => code.Number(column.Values[c])).DistinctBy(c => BitConverter.DoubleToInt64Bits(code.Number(column.Values[c])))
                .Select(c => column.Values[c])],
        };
        code = code with { Min = values[0].Value, Max = values[^1].Value };
        if (code is { Dates: null, Wholes: null }) code = code with { Grid = NumberGrid.Of(schema.Style!, [.. values.Select(v => v.Value)]) };
        if (schema.Encoding == NumberEncoding.Quantile) return code with
        {
            Kind = CodeKind.Quantile,
            Quantiles = SortedValues.Quantiles(values),
            Listed = file.KeepsValues ? ValueList.Of(code, values, []) : null,
        };
        return code.Dates is { TimesADay: > 1, Days: > 1 } ? OfDaysAndTimes(code, values, file.KeepsValues) : ModeFit.Of(code, values, file.KeepsValues);
    }

    /// <summary>
    /// Days and times of day have codes of their own: next to the range of all days those of one would be too close for a network to tell apart.
    /// </summary>
    /// <param name="code">The code of the dates so far.</param>
    /// <param name="values">The distinct numbers of dates in ascending order, and the rows that have each.</param>
    /// <param name="keepsValues">Whether days and times may be listed.</param>
    private static ColumnCode OfDaysAndTimes(ColumnCode code, (double Value, int Count)[] values, bool keepsValues)
    {
        DateScale dates = code.Dates!;
        (double Value, int Count)[] days = Grouped(values, number => dates.Parted(number).Day),
            times = Grouped(values.Where(v => v.Value < dates.FirstApart), number => dates.Parted(number).Time);
        ColumnCode time = code with { IsTimeOfDay = true, HasMissing = false, Min = times[0].Value, Max = times[^1].Value };
        return ModeFit.Of(code with { Min = days[0].Value, Max = days[^1].Value, Time = ModeFit.Of(time, times, keepsValues) }, days,
            keepsValues);

        static (double Value, int Count)[] Grouped(IEnumerable<(double Value, int Count)> values, Func<double, double> part) => [.. values
            .GroupBy(v => part(v.Value), v => v.Count).Select(counts => (Value: counts.Key, Count: counts.Sum())).OrderBy(v => v.Value)];
    }

    /// <summary>The most frequent value, or the median of numbers.</summary>
    private static int Typical(TableColumn column, ColumnSchema schema, int[] present, int[] counts)
    {
        if (schema.Type is not (ColumnType.Numeric or ColumnType.Integer)) return present.MaxBy(c => counts[c]);
        int[] sorted = [.. present.OrderBy(c => schema.Style!.Parse(column.Values[c]))];
        long half = sorted.Sum(c => (long)counts[c]) / 2, seen = 0;
        return sorted.First(c => (seen += counts[c]) > half);
    }
}
