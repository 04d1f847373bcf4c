using System.Globalization;
using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>Dates as text: one format for the whole column.</summary>
internal static class Dates
{
    private static readonly string[] Known =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "dd.MM.yyyy", "d.M.yyyy", "MM/dd/yyyy", "M/d/yyyy", "dd/MM/yyyy", "d/M/yyyy",
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ssZ",
    ];

    /// <summary>Whether every value is a date in some format.</summary>
    public static bool LooksLike(TableColumn column, int[] present) => present.All(code => IsDate(column.Values[code]));

    /// <summary>Whether a text is a date in some format.</summary>
    public static bool IsDate(string text) => Known.Any(format => TryParse(text, format, out _));

    /// <summary>The one format of a column.</summary>
    /// <exception cref="UserErrorException">No format fits all values, or two read them differently.</exception>
    public static string Format(Table table, TableColumn column, int[] present, string? declared)
    {
        string[] candidates = declared is null ? Known : [declared];
        string[] fitting = [.. candidates.Where(format => present.All(code => TryParse(column.Values[code], format, out _)))];
        if (fitting.Length == 0)
        {
            string best = candidates.MaxBy(format => present.Count(code => TryParse(column.Values[code], format, out _)))!;
            int stray = present.First(code => !TryParse(column.Values[code], best, out _));
            throw table.ErrorAt(column, stray, $"'{column.Values[stray]}' is no date in the format {best}" +
                (declared is null ? ", which most rows have; write all dates alike." : ", which the schema says."));
        }
        string first = fitting[0];
        foreach (string other in fitting.Skip(1))
        {
            int differs = Array.FindIndex(present, code => Parse(column.Values[code], first) != Parse(column.Values[code], other));
            if (differs >= 0)
                throw table.ErrorAt(column, present[differs], $"'{column.Values[present[differs]]}' can be read as {first} and as {other}; " +
                    $"say 'columns: {{ {column.Name}: {{ type: date, format: {first} }} }}' in the schema file.");
        }
        return first;
    }

    public static DateTime Parse(string text, string format) =>
        DateTime.ParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    private static bool TryParse(string text, string format, out DateTime date) =>
        DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out date);
}
