using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>Dates as text: one format for the whole column, in which every text comes back the same.</summary>
internal static class Dates
{
    private const int Sampled = 64, FirstYear = 1900, LastYear = 2100;
    private static readonly string[] s_digits = ["yyyyMMdd", "yyyyMMddHHmmss"];

    /// <summary>Whether every value is a date in some format.</summary>
    public static bool LooksLike(TableColumn column, int[] present) => Fitting(column, present).Count > 0
        || present.All(code => IsDate(column.Values[code]));

    /// <summary>Whether a text is a date in some format.</summary>
    public static bool IsDate(string text) => DateForms.Of(text).Any();

    /// <summary>
    /// Whether whole numbers are dates written as such (20240131): all are dates of the years 1900 to 2100, of several months, which numbers of another meaning
    /// are not.
    /// </summary>
    public static bool LooksLikeDigits(TableColumn column, int[] present) => Digits(column, present) is not null;

    /// <summary>The format that most values have, and those that do not have it; null where few or none are dates.</summary>
    public static (DateFormat Format, int[] Others)? Nearest(TableColumn column, int[] present)
    {
        int step = Math.Max(1, present.Length / Sampled);
        string[] sample = [.. present.Where((_, i) => i % step == 0).Select(code => column.Values[code])];
        DateFormat? best = sample.SelectMany(text => DateForms.Of(text)).Distinct().MaxBy(format => sample.Count(text => format.TryParse(text, out _)));
        if (best is null) return null;
        int[] others = [.. present.Where(code => !best.TryParse(column.Values[code], out _))];
        return others.Length * 2 < present.Length ? (best, others) : null;
    }

    /// <summary>Refuses what is nearly a column of dates, and says which format to declare.</summary>
    /// <exception cref="UserErrorException">Years have two digits, or fractions of a second more than can be told apart.</exception>
    public static void CheckNearly(Table table, TableColumn column, int[] present)
    {
        string text = column.Values[present[0]];
        if (Fitting(column, present, shortYears: true) is [var shortYear, ..])
            throw table.ErrorAt(column, present[0], $"'{text}' looks like a date whose year has two digits; say {Declaration(column, shortYear)} in the " +
                "schema file if 49 means 2049 and 50 means 1950, or write years in full.");
        if (DateForms.FractionDigits(text) > 7 && present.All(code => DateForms.FractionDigits(column.Values[code]) > 7))
            throw table.ErrorAt(column, present[0], $"'{text}' looks like a time with {DateForms.FractionDigits(text)} digits after the seconds, and 7 can " +
                "be told apart; round the times.");
    }

    /// <summary>The one format of a column.</summary>
    /// <exception cref="UserErrorException">No format fits all values, or two read them differently.</exception>
    public static DateFormat Format(Table table, TableColumn column, int[] present, string? declared)
    {
        if (declared is not null) return Declared(table, column, present, declared);
        if (Digits(column, present) is { } digits) return digits;
        List<DateFormat> fitting = Fitting(column, present);
        if (fitting.Count == 0) throw NoFormat(table, column, present);
        DateFormat first = fitting[0];
        foreach (DateFormat other in fitting.Skip(1))
        {
            int differs = Array.FindIndex(present, code => Parse(column.Values[code], first) != Parse(column.Values[code], other));
            if (differs >= 0)
                throw table.ErrorAt(column, present[differs], $"'{column.Values[present[differs]]}' can be read as {first.Pattern} and as {other.Pattern}; " +
                    $"say {Declaration(column, first)} in the schema file.");
        }
        return first;
    }

    /// <summary>A sentence about dates that a reader might take for numbers; null where there is nothing to say.</summary>
    public static string? Note(TableColumn column, DateFormat format, SchemaFile file) =>
        !s_digits.Contains(format.Pattern) || file.Columns.ContainsKey(column.Name) ? null
        : $"column '{column.Name}' holds dates written as numbers ({format.Pattern}); if they are none, say " +
            $"'columns: {{ {column.Name}: {{ type: integer }} }}' in the schema file";

    /// <summary>The date of a text that a format reads.</summary>
    public static DateTime Parse(string text, DateFormat format) => format.TryParse(text, out DateTime date) ? date
        : throw new FormatException($"'{text}' is no date in the format {format.Pattern}");

    private static string Declaration(TableColumn column, DateFormat format) =>
        $"'columns: {{ {column.Name}: {{ type: date, format: " +
        $"{(format.Pattern.AsSpan().IndexOfAny(",'") >= 0 ? $"\"{format.Pattern}\"" : format.Pattern)} }} }}'";

    /// <summary>The formats of all values, the likeliest first.</summary>
    private static List<DateFormat> Fitting(TableColumn column, int[] present, bool shortYears = false)
    {
        List<DateFormat> formats = [.. DateForms.Of(column.Values[present[0]], shortYears)];
        foreach (int code in present)
        {
            if (formats.Count == 0) break;
            formats.RemoveAll(format => !format.TryParse(column.Values[code], out _));
        }
        return formats;
    }

    private static DateFormat? Digits(TableColumn column, int[] present)
    {
        string? pattern = s_digits.FirstOrDefault(digits => digits.Length == column.Values[present[0]].Length);
        if (pattern is null) return null;
        var format = new DateFormat(pattern);
        var months = new HashSet<(int, int)>();
        foreach (int code in present)
        {
            if (!format.TryParse(column.Values[code], out DateTime date) || date.Year is < FirstYear or > LastYear) return null;
            months.Add((date.Year, date.Month));
        }
        return months.Count > 1 ? format : null;
    }

    private static UserErrorException NoFormat(Table table, TableColumn column, int[] present)
    {
        if (DifferentOffsets(table, column, present, DateForms.WithoutOffset) is { } offsets) return offsets;
        // The likeliest of those that most values have.
        DateFormat best = present.SelectMany(code => DateForms.Of(column.Values[code])).Distinct()
            .MaxBy(f => present.Count(code => f.TryParse(column.Values[code], out _)))
            ?? throw table.ErrorAt(column, present[0], $"'{column.Values[present[0]]}' is no date in a format that is recognised; say which it has " +
                $"('columns: {{ {column.Name}: {{ type: date, format: dd.MM.yyyy }} }}' in the schema file), or leave the type out.");
        int stray = present.First(code => !best.TryParse(column.Values[code], out _));
        return table.ErrorAt(column, stray, Stray(column.Values[stray], best, ", which most rows have") + "; write all dates alike.");
    }

    private static string Stray(string text, DateFormat format, string whose) => format.TryRead(text, out DateTime date)
        ? $"'{text}' would be written '{format.Text(date)}' in the format {format.Pattern}{whose}"
        : $"'{text}' is no date in the format {format.Pattern}{whose}";

    private static UserErrorException? DifferentOffsets(Table table, TableColumn column, int[] present, Func<string, (string Text, string Offset)> split)
    {
        (string Text, string Offset) first = split(column.Values[present[0]]);
        int other = Array.FindIndex(present, code => split(column.Values[code]).Offset != first.Offset);
        if (other < 0) return null;
        List<DateFormat> formats = [.. DateForms.Of(first.Text)];
        formats.RemoveAll(format => !present.All(code => format.TryParse(split(column.Values[code]).Text, out _)));
        return formats.Count == 0 ? null : Offsets(table, column, present[0], present[other]);
    }

    private static UserErrorException Offsets(Table table, TableColumn column, int one, int other)
    {
        int line = table.Lines[Array.IndexOf(column.Codes, one)];
        return table.ErrorAt(column, other, $"'{column.Values[other]}' has another offset from UTC than '{column.Values[one]}' of line {line}; write all " +
            $"times with one offset (all in UTC, say), or leave the column out (--drop {column.Name}).");
    }

    private static DateFormat Declared(Table table, TableColumn column, int[] present, string declared)
    {
        IReadOnlyList<DateToken> tokens = Tokens(column, declared);
        bool hasOffset = tokens.Any(token => token.IsOffset);
        string text = column.Values[present[0]];
        DateFormat[] possible = [.. (hasOffset ? DateForms.Offsets(text) : [""]).SelectMany(offset => Enum.GetValues<LetterCase>()
            .Select(letters => With(tokens, offset, letters))).Where(format => format.TryParse(text, out _))];
        if (possible.Length == 0)
            throw table.ErrorAt(column, present[0], Stray(text, With(tokens, hasOffset ? "+00:00" : "", LetterCase.Usual), ", which the schema says") + ".");
        if (possible.FirstOrDefault(format => present.All(code => format.TryParse(column.Values[code], out _))) is { } fitting) return fitting;
        DateFormat best = possible.MaxBy(format => present.Count(code => format.TryParse(column.Values[code], out _)))!;
        int stray = present.First(code => !best.TryParse(column.Values[code], out _));
        if (hasOffset && DateForms.Offsets(column.Values[stray]).Any(offset => With(tokens, offset, best.Letters).TryParse(column.Values[stray], out _)))
            throw Offsets(table, column, present[0], stray);
        throw table.ErrorAt(column, stray, Stray(column.Values[stray], best, ", which the schema says") + ".");
    }

    private static DateFormat With(IReadOnlyList<DateToken> tokens, string offset, LetterCase letters) =>
        new(string.Concat(tokens.Select(token => token.IsOffset ? DateForms.Literal(offset) : token.Pattern)), letters);

    private static IReadOnlyList<DateToken> Tokens(TableColumn column, string declared)
    {
        try
        {
            string pattern = declared.Length == 1
                ? System.Globalization.CultureInfo.InvariantCulture.DateTimeFormat.GetAllDateTimePatterns(declared[0])[0] : declared;
            IReadOnlyList<DateToken> tokens = DateToken.Of(pattern);
            if (With(tokens, "", LetterCase.Usual).IsPossible()) return tokens;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            // said below
        }
        throw new UserErrorException($"the schema file says that column '{column.Name}' has dates of the format '{declared}', which is no .NET format of " +
            "dates; write it like dd.MM.yyyy or yyyy-MM-dd HH:mm:ss.");
    }
}
