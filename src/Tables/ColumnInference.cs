using System.Globalization;
using System.Text.RegularExpressions;
using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>Finds out what the values of a column are, or says in a sentence why it cannot.</summary>
internal static partial class ColumnInference
{
    private const int FewIntegers = 12, LeastRowsOfId = 20, LongText = 40;

    private static readonly HashSet<string> NoNumbers = new(StringComparer.OrdinalIgnoreCase)
    {
        "nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "-∞", "na", "n/a", "#n/a", "null", "none", "?", "-", ".",
    };

    private static readonly string[][] Booleans = [["false", "true"], ["no", "yes"], ["n", "y"], ["f", "t"]];

    public static ColumnSchema Infer(TextTable table, TextColumn column, SchemaFile file)
    {
        ColumnOverride? said = file.Columns.GetValueOrDefault(column.Name);
        var schema = new ColumnSchema(column.Name, said?.Type ?? ColumnType.Constant) { Missing = Missing(column, file) };
        if (said?.Type == ColumnType.Drop) return schema;
        if (said is { IsPublic: true }) return Said(table, column, file, schema, said);
        int[] present = [.. Enumerable.Range(0, column.Values.Count).Where(code => !file.Missing.Contains(column.Values[code]))];
        if (present.Length == 0 || (present.Length == 1 && schema.Missing == 0)) return schema with { Type = ColumnType.Constant };
        ColumnType type = said?.Type ?? (said?.Format is not null ? ColumnType.Date : Guess(table, column, present));
        return type switch
        {
            ColumnType.Numeric or ColumnType.Integer or ColumnType.Boolean => Numbers(table, column, present, schema with { Type = type }, said),
            ColumnType.Date => schema with { Type = type, Format = Dates.Format(table, column, present, said?.Format) },
            _ => schema with { Type = type },
        };
    }

    /// <summary>A column of which the schema says what it may hold: its values are only checked against that, and nothing is taken from them.</summary>
    private static ColumnSchema Said(TextTable table, TextColumn column, SchemaFile file, ColumnSchema schema, ColumnOverride said)
    {
        if (said.Optional && !file.KeepMissing)
        {
            throw new UserErrorException($"the schema file says 'optional: true' for column '{column.Name}', and keep_missing: false, " +
                "which would take what missing values are filled by from the rows; leave out one of the two.");
        }
        if (schema.Missing > 0 && !said.Optional)
            throw table.ErrorAt(column, Enumerable.Range(0, column.Values.Count).First(code => file.Missing.Contains(column.Values[code])),
                "the value is missing; say 'optional: true' for the column in the schema file, or fill it.");
        for (int code = 0; code < column.Values.Count; code++)
        {
            string value = column.Values[code];
            if (file.Missing.Contains(value)) continue;
            if (said.Values is not null && !said.Values.Contains(value))
                throw table.ErrorAt(column, code, $"'{value}' is none of the values that the schema file names; correct the one or the other.");
            if (said.Min is { } min && !(TryParse(value, out double number) && number >= min && number <= said.Max))
                throw table.ErrorAt(column, code, FormattableString.Invariant(
                    $"'{value}' is no number from {min} to {said.Max}, which the schema file says; correct the one or the other."));
            if (said.Type == ColumnType.Integer && Parse(value) % 1 != 0)
                throw table.ErrorAt(column, code, $"'{value}' is no whole number, but the schema says integer; correct the one or the other.");
        }
        return schema with
        {
            Type = said.Values is not null ? ColumnType.Categorical : said.Type ?? ColumnType.Numeric,
            Decimals = said.Type == ColumnType.Integer
                ? 0 : said.Decimals ?? -1,
            Said = said,
        };
    }

    private static int Missing(TextColumn column, SchemaFile file)
    {
        int[] counts = column.Counts();
        return counts.Where((_, code) => file.Missing.Contains(column.Values[code])).Sum();
    }

    private static ColumnType Guess(TextTable table, TextColumn column, int[] present)
    {
        int rows = table.Count;
        int[] numbers = [.. present.Where(code => TryParse(column.Values[code], out _))];
        if (numbers.Length == present.Length) return OfNumbers(column, present, rows);
        CheckNearlyNumbers(table, column, present, numbers);
        if (present.Length == 2 && Booleans.Any(pair => present.Select(c => column.Values[c].ToLowerInvariant()).Order(StringComparer.Ordinal)
            .SequenceEqual(pair))) return ColumnType.Boolean;
        if (Dates.LooksLike(column, present)) return ColumnType.Date;
        if (present.Length == rows && rows >= LeastRowsOfId && present.All(code => !column.Values[code].Contains(' ', StringComparison.Ordinal)))
            return ColumnType.Id;
        bool wordy = present.Average(code => (double)column.Values[code].Length) > LongText;
        return rows >= LeastRowsOfId && (present.Length > rows / 2 || (wordy && present.Length > LeastRowsOfId)) ? ColumnType.Text : ColumnType.Categorical;
    }

    private static ColumnType OfNumbers(TextColumn column, int[] present, int rows)
    {
        double[] values = [.. present.Select(code => Parse(column.Values[code]))];
        if (values.Length == 2 && values.Order().SequenceEqual([0, 1])) return ColumnType.Boolean;
        if (!present.All(code => WholeNumber().IsMatch(column.Values[code]))) return ColumnType.Numeric;
        // Whole numbers, each in one row: an ID where the name says so or where they fill their range as a counter does.
        bool named = column.Name.Equals("id", StringComparison.OrdinalIgnoreCase) || column.Name.EndsWith("_id", StringComparison.OrdinalIgnoreCase);
        bool each = present.Length == rows && rows >= LeastRowsOfId;
        return each && (named || values.Max() - values.Min() < rows * 1.1) ? ColumnType.Id : ColumnType.Integer;
    }

    /// <summary>A column of numbers with a few fields that are none is refused: what they mean is the user's to say.</summary>
    private static void CheckNearlyNumbers(TextTable table, TextColumn column, int[] present, int[] numbers)
    {
        int[] others = [.. present.Except(numbers)];
        int[] commas = [.. others.Where(code => DecimalComma().IsMatch(column.Values[code]))];
        if (commas.Length > 0 && commas.Length + numbers.Length == present.Length)
            throw table.ErrorAt(column, commas[0], $"'{column.Values[commas[0]]}' has a decimal comma" +
                (numbers.Any(code => column.Values[code].Contains('.', StringComparison.Ordinal)) ? " where other rows have decimal points" : "")
                    + "; write decimal points.");
        int[] words = [.. others.Where(code => NoNumbers.Contains(column.Values[code].Trim()))];
        if (words.Length > 0 && words.Length == others.Length && numbers.Length > 0)
            throw table.ErrorAt(column, words[0], $"'{column.Values[words[0]]}' is no finite number; leave the field empty, " +
                $"or say 'missing: [\"\", \"{column.Values[words[0]]}\"]' in the schema file if it means that the value is missing.");
    }

    private static ColumnSchema Numbers(TextTable table, TextColumn column, int[] present, ColumnSchema schema, ColumnOverride? said)
    {
        bool text = schema.Type == ColumnType.Boolean && present.Length <= 2;
        int stray = text ? -1 : Array.FindIndex(present, code => !TryParse(column.Values[code], out _));
        if (stray >= 0)
        {
            throw table.ErrorAt(column, present[stray], $"'{column.Values[present[stray]]}' is no finite number, " +
                $"but the schema says {schema.Type.ToString().ToLowerInvariant()}; correct the one or the other.");
        }
        if (schema.Type == ColumnType.Integer && present.FirstOrDefault(code => Parse(column.Values[code]) % 1 != 0, -1) is >= 0 and var fraction)
            throw table.ErrorAt(column, fraction, $"'{column.Values[fraction]}' is no whole number, but the schema says integer; " +
                "correct the one or the other.");
        NumberEncoding encoding = said?.Encoding
            ?? (schema.Type == ColumnType.Boolean || (schema.Type == ColumnType.Integer && present.Length <= FewIntegers) ? NumberEncoding.OneHot
                : NumberEncoding.Mixture);
        return schema with { Encoding = encoding, Decimals = text ? 0 : present.Max(code => Decimals(column.Values[code])) is var d and <= 6 ? d : -1 };
    }

    /// <summary>A finite number with a decimal point, spaces around it allowed.</summary>
    public static bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static double Parse(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static int Decimals(string text)
    {
        string trimmed = text.Trim();
        if (trimmed.AsSpan().IndexOfAny('e', 'E') >= 0) return int.MaxValue;
        int point = trimmed.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? 0 : trimmed[(point + 1)..].TrimEnd('0').Length;
    }

    [GeneratedRegex(@"^\s*[+-]?\d+\s*$")]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"^\s*[+-]?\d+,\d+\s*$")]
    private static partial Regex DecimalComma();
}
