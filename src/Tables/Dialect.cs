using System.Globalization;
using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>How a text file writes a table; found out from its beginning.</summary>
/// <param name="Separator">What stands between two fields.</param>
internal sealed record Dialect(char Separator)
{
    private const int MostRecords = 1000;
    private const string SepLine = "sep=";

    /// <summary>The separators that are found out, the usual one first; any other can be named by a first line <c>sep=</c>.</summary>
    public const string Separators = ",;\t|";

    /// <summary>As RFC 4180 has it.</summary>
    public static Dialect Comma { get; } = new(',');

    /// <summary>With tabs.</summary>
    public static Dialect Tab { get; } = new('\t');

    /// <summary>How numbers are written, as far as the beginning of the file shows it.</summary>
    public NumberHints Hints { get; init; } = NumberHints.Invariant;

    /// <summary>The columns whose fields are all in quotes, missing ones apart, as far as the beginning of the file shows it.</summary>
    public IReadOnlyList<bool> Quoted { get; init; } = [];

    /// <summary>Characters of the line <c>sep=;</c> before the header, by which Excel is told the separator, with its end; 0 where there is none.</summary>
    public int Declaration { get; init; }

    /// <summary>The separator for people.</summary>
    public static string Name(char separator) => separator == '\t' ? "tabs" : $"'{separator}'";

    /// <summary>
    /// Finds it out. The header decides: what is not in it separates nothing. Of several separators that are, it is the one by which all rows have as many
    /// fields as the header; a file of which two can be said is refused.
    /// </summary>
    /// <param name="text">The beginning of the file, without byte order marks.</param>
    /// <param name="isWhole">Whether that is all of it.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="UserErrorException">Two separators are possible.</exception>
    public static Dialect Of(ReadOnlySpan<char> text, bool isWhole, string path)
    {
        if (Declared(text) is { } declared) return declared.Looked(Records(text[declared.Declaration..], declared.Separator, isWhole));
        (char Separator, int Columns, double Share)[] possible = new (char, int, double)[Separators.Length];
        for (int i = 0; i < possible.Length; i++)
        {
            List<string[]> records = Records(text, Separators[i], isWhole);
            int columns = records.Count == 0 ? 0 : records[0].Length;
            possible[i] = (Separators[i], columns, records.Count < 2 ? 1 : records.Skip(1).Count(r => r.Length == columns) / (records.Count - 1.0));
        }
        possible = [.. possible.Where(p => p.Columns > 1)];
        if (possible.Length == 0) return Comma.Looked(Records(text, ',', isWhole));
        double best = possible.Max(p => p.Share);
        possible = [.. possible.Where(p => p.Share == best)];
        if (possible.Length > 1 && best < 1) possible = [possible.MaxBy(p => p.Columns)]; // which fits nowhere; the row that does not is an error
        if (possible.Length > 1)
        {
            throw new UserErrorException($"{path}: its columns may be separated by " +
                string.Join(" or by ", possible.Select(p => string.Create(CultureInfo.InvariantCulture, $"{Name(p.Separator)} ({p.Columns} columns)"))) +
                $"; say which by a first line {SepLine}{possible[0].Separator} or {SepLine}{possible[1].Separator}, or put such fields in quotes.");
        }
        return new Dialect(possible[0].Separator).Looked(Records(text, possible[0].Separator, isWhole));
    }

    /// <summary>The number style that columns of texts share: decimal commas where a column can be read by them alone.</summary>
    /// <param name="separator">What separates fields: between commas a decimal comma is no more than a comma.</param>
    /// <param name="columns">The texts of each column.</param>
    public static NumberHints HintsOf(char separator, IEnumerable<IEnumerable<string>> columns)
    {
        if (separator == ',') return NumberHints.Invariant;
        bool commas = false, points = false;
        char? groups = null;
        foreach (IEnumerable<string> column in columns)
        {
            NumberForms forms = NumberForms.Of(column);
            commas |= forms.DecimalCommas;
            points |= forms.DecimalPoints;
            groups ??= forms.Groups;
        }
        return commas && !points ? new NumberHints(',', groups) : NumberHints.Invariant;
    }

    /// <summary>With what the first records show besides the separator.</summary>
    private Dialect Looked(List<string[]> records)
    {
        if (records.Count < 2) return this;
        string[][] columns = [.. records[0].Select((_, i) => records.Skip(1).Where(r => r.Length > i).Select(r => r[i]).ToArray())];
        return this with
        {
            Hints = HintsOf(Separator, columns.Select(column => column.Select(Field))),
            Quoted = [.. columns.Select(column => column.Any(field => field.Length > 0) && column.All(field => field.Length == 0 || field[0] == '"'))],
        };
    }

    private static Dialect? Declared(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith(SepLine, StringComparison.OrdinalIgnoreCase) || text.Length <= SepLine.Length) return null;
        char separator = text[SepLine.Length];
        if (char.IsLetterOrDigit(separator) || separator is '"' or '\r' or '\n') return null;
        ReadOnlySpan<char> rest = text[(SepLine.Length + 1)..];
        int end = rest is ['\r', '\n', ..] ? 2 : rest is ['\r' or '\n', ..] ? 1 : rest.IsEmpty ? 0 : -1;
        return end < 0 ? null : new Dialect(separator) { Declaration = SepLine.Length + 1 + end };
    }

    /// <summary>The first records, split at a separator that is not within quotes; without empty lines, and without one that may go on.</summary>
    private static List<string[]> Records(ReadOnlySpan<char> text, char separator, bool isWhole)
    {
        var records = new List<string[]>();
        var fields = new List<string>();
        int start = 0;
        bool quoted = false;
        for (int i = 0; i < text.Length && records.Count < MostRecords; i++)
        {
            char letter = text[i];
            if (letter == '"') quoted = quoted ? i + 1 < text.Length && text[i + 1] == '"' && Skipped(ref i) : i == start;
            if (quoted || (letter != separator && letter is not ('\n' or '\r'))) continue;
            if (letter == separator || fields.Count > 0 || i > start) fields.Add(text[start..i].ToString());
            start = i + 1;
            if (letter != separator) End();
        }
        if (!quoted && records.Count < MostRecords && (isWhole || records.Count == 0) && (fields.Count > 0 || start < text.Length))
        {
            fields.Add(text[start..].ToString());
            End();
        }
        return records;

        void End()
        {
            if (fields.Count > 0) records.Add([.. fields]);
            fields.Clear();
        }

        // A doubled quote within quotes is one of the text.
        static bool Skipped(ref int i)
        {
            i++;
            return true;
        }
    }

    private static string Field(string text) => text is ['"', .. var inner, '"'] ? inner : text;
}
