using System.Globalization;
using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>Finds the steps that the dates of a column are counted in, and the dates that stand apart from all others.</summary>
internal static class DateFit
{
    /// <summary>Dates that stand apart at most.</summary>
    public const int MostApart = 8;

    private const int Frequent = 5;
    private const double FrequentShare = 0.01, Decades = 50 * 365.25;

    /// <summary>Days that stand for "none", "unknown" or "open end" in many files.</summary>
    private static readonly DateTime[] s_sentinels =
        [new(1, 1, 1), new(1900, 1, 1), new(1970, 1, 1), new(2099, 12, 31), new(9999, 12, 31)];

    /// <summary>The longest steps in which all days, and all times of day, can be told apart: the greatest common divisors of their differences.</summary>
    /// <exception cref="UserErrorException">The dates are too many for a generator file.</exception>
    public static DateScale Of(Table table, TableColumn column, DateFormat format, int[] present)
    {
        int[] counts = column.Counts();
        (DateTime Date, int Count)[] dates =
            [.. present.Select(code => (Date: Dates.Parse(column.Values[code], format), Count: counts[code])).OrderBy(d => d.Date)];
        (DateTime[] apart, DateTime[] others) = Split(dates, format);
        DateScale scale = Of(others, format) with { Apart = apart };
        if (scale.Fits()) return scale;
        // The first or the last, whichever is further from the middle one.
        DateTime middle = others[others.Length / 2], far = middle - others[0] > others[^1] - middle ? others[0] : others[^1];
        string text = format.Text(far);
        throw table.ErrorAt(column, present.First(code => column.Values[code] == text), string.Create(CultureInfo.InvariantCulture,
            $"'{text}' is {(int)((far - middle).Duration().TotalDays / 365.2425)} years from '{format.Text(middle)}', the middle one of its ") +
            "dates; if it stands for a missing " +
            $"date, say 'missing: [\"\", \"{text}\"]' in the schema file, or correct it; else leave the column out (--drop {column.Name}).");
    }

    private static DateScale Of(DateTime[] dates, DateFormat format)
    {
        long[] times = [.. dates.Select(date => date.TimeOfDay.Ticks)];
        long earliest = times.Min(), day = dates.Select(date => (date.Date - dates[0].Date).Ticks).Aggregate(0L, CommonDivisor.Of),
            time = times.Select(ticks => ticks - earliest).Aggregate(0L, CommonDivisor.Of);
        (day, time) = (day == 0 ? TimeSpan.TicksPerDay : day, time == 0 ? 1 : time);
        long timesADay = (times.Max() - earliest) / time + 1, before = (times[0] - earliest) / time;
        long last = (dates[^1].Date - dates[0].Date).Ticks / day * timesADay + (times[^1] - earliest) / time;
        return new DateScale(dates[0].Date.AddTicks(earliest), day, time, timesADay, last - before + 1, format) { Before = before };
    }

    /// <summary>Sentences about dates that stand apart, and about dates that a reader might take for numbers.</summary>
    public static IEnumerable<string> Notes(TableColumn column, ColumnSchema schema, SchemaFile file)
    {
        if (schema.Type != ColumnType.Date) yield break;
        if (Dates.Note(column, schema.Format!, file) is { } digits) yield return digits;
        int[] counts = column.Counts();
        (DateTime Date, int Count)[] dates = [.. Enumerable.Range(0, counts.Length).Where(code => !file.Missing.Contains(column.Values[code]))
            .Select(code => (Date: Dates.Parse(column.Values[code], schema.Format!), Count: counts[code])).OrderBy(d => d.Date)];
        (DateTime[] apart, DateTime[] others) = Split(dates, schema.Format!);
        if (apart.Length == 0) yield break;
        string[] texts = [.. apart.Select(schema.Format!.Text)];
        yield return $"column '{column.Name}' has " +
            string.Join(" and ", apart.Zip(texts, (date, text) => $"{text} in {dates.First(d => d.Date == date).Count}")) +
            $" of {counts.Sum()} rows, far from its other dates ({schema.Format.Text(others[0])} to {schema.Format.Text(others[^1])}): if it stands for a " +
            $"missing date, say {string.Join(' ', texts.Select(text => $"--missing {text}"))} or 'missing: [\"\", " +
            $"{string.Join(", ", texts.Select(text => $"\"{text}\""))}]' in the schema file; as it is, generated rows have it as a value of its own";
    }

    /// <summary>The dates that stand apart from the others, and the others.</summary>
    /// <param name="dates">Distinct dates in ascending order, and the rows that have each.</param>
    /// <param name="format">How they are written.</param>
    private static (DateTime[] Apart, DateTime[] Others) Split((DateTime Date, int Count)[] dates, DateFormat format)
    {
        var apart = new List<DateTime>();
        int first = 0, last = dates.Length - 1;
        while (format.HasDay() && apart.Count < MostApart)
        {
            if (first < last && IsApart(dates[last], dates[(first)..last], dates[last].Date - dates[last - 1].Date)) apart.Add(dates[last--].Date);
            else if (first < last && IsApart(dates[first], dates[(first + 1)..(last + 1)], dates[first + 1].Date - dates[first].Date))
                apart.Add(dates[first++].Date);
            else break;
        }
        return ([.. apart], [.. dates[first..(last + 1)].Select(d => d.Date)]);
    }

    private static bool IsApart((DateTime Date, int Count) end, (DateTime Date, int Count)[] others, TimeSpan gap)
    {
        TimeSpan span = others[^1].Date - others[0].Date;
        bool known = s_sentinels.Contains(end.Date.Date) && (end.Date.TimeOfDay == TimeSpan.Zero || end.Date.TimeOfDay >= new TimeSpan(23, 59, 59));
        // More frequent than any other date, which 1900-01-01 among dates of birth is only where it stands for something else.
        bool frequent = end.Count >= Math.Max(Frequent, FrequentShare * others.Sum(d => (long)d.Count)) && end.Count > 3 * others.Max(d => d.Count);
        return known ? gap > span || (frequent && gap > span / 10) : gap > span && gap.TotalDays > Decades && (others.Length > 1 && frequent);
    }
}
