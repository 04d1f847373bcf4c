using System.Globalization;
using System.Text.RegularExpressions;
using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>Finds out what the values of a column are, or says in a sentence why it cannot.</summary>
internal static partial class ColumnInference
{
    private const int FewNumbers = 12, LeastRepeats = 2;
    private const double Largest = 1e30, LeastRange = 1e-30; // what networks in float32 are given is scaled by it, and neighbours' distances are squared

    /// <summary>Pairs of texts that are truth values, in small letters: the false one first.</summary>
    internal static readonly string[][] Booleans = [["false", "true"], ["no", "yes"], ["n", "y"], ["f", "t"]];

    public static ColumnSchema Infer(Table table, TableColumn column, SchemaFile file)
    {
        ColumnOverride? declared = file.Columns.GetValueOrDefault(column.Name);
        var schema = new ColumnSchema(column.Name, declared?.Type ?? ColumnType.Constant) { Missing = Missing(column, file) };
        if (declared?.Type == ColumnType.Drop) return schema;
        if (column.Unreadable is { } why)
            throw new UserErrorException($"{table.Path}, column '{column.Name}': {why}, which no table here has; leave it out (--drop {column.Name}).");
        if (declared is { IsPublic: true }) return FromDeclaration(table, column, file, schema, declared);
        int[] present = [.. Enumerable.Range(0, column.Values.Count).Where(code => !file.Missing.Contains(column.Values[code]))];
        if (present.Length == 0) return schema with { Type = ColumnType.Constant };
        NumberHints hints = file.Hints(table, column.Name);
        var style = NumberStyle.Of([.. present.Select(code => column.Values[code])], hints);
        if (style is null && declared is null or { Type: null, Format: null } && OddNumbers.Few(column, present, hints) is { } odd)
            (style, schema) = (odd.Style, schema with { Odd = odd });
        if ((schema.Missing == 0 || !file.KeepMissing) && (present.Length == 1 || IsOneNumber(column, present, declared)))
            // where a value is missing, the one that there is fills it
            return schema with { Type = ColumnType.Constant, Missing = 0, Style = style ?? (present.Length > 1 ? Unlike(hints) : null) };
        ColumnType type = declared?.Type ?? (declared?.Format is not null ? ColumnType.Date : Guess(table, column, present, file, style));
        if (RowNames.ReasonOf(type) is not null && file.Choices.Keep.Contains(column.Name)) type = Kept(table, column, present, file, style);
        return type switch
        {
            ColumnType.Numeric or ColumnType.Integer or ColumnType.Boolean => Numbers(table, column, present, schema with { Type = type }, declared, style
                ?? Unlike(hints)),
            ColumnType.Date => schema with { Type = type, Format = Dates.Format(table, column, present, declared?.Format) },
            _ => schema with { Type = type },
        };
    }

    /// <summary>What a column is that looks like an ID or free text, and that the user keeps.</summary>
    private static ColumnType Kept(Table table, TableColumn column, int[] present, SchemaFile file, NumberStyle? style)
    {
        if (style is not null) return style.IsWhole ? ColumnType.Integer : ColumnType.Numeric;
        return present.Length <= file.MaxWidth ? ColumnType.Categorical : throw new UserErrorException($"--keep {column.Name}: each of the " +
            $"{present.Length} different texts of the column would be a category of its own, and encoded rows may be {file.MaxWidth} numbers wide; " +
            $"leave it out of {table.Path}, or join its rare values.");
    }

    /// <summary>A column of which the schema says what it may hold: its values are only checked against that, and nothing is taken from them.</summary>
    private static ColumnSchema FromDeclaration(Table table, TableColumn column, SchemaFile file, ColumnSchema schema, ColumnOverride declared)
    {
        if (declared.Optional && !file.KeepMissing)
        {
            throw new UserErrorException($"the schema file says 'optional: true' for column '{column.Name}', and keep_missing: false, " +
                "which would take what missing values are filled by from the rows; leave out one of the two.");
        }
        if (schema.Missing > 0 && !declared.Optional)
            throw table.ErrorAt(column, Enumerable.Range(0, column.Values.Count).First(code => file.Missing.Contains(column.Values[code])),
                "the value is missing; say 'optional: true' for the column in the schema file, or fill it.");
        NumberHints hints = file.Hints(table, column.Name);
        NumberStyle style = StyleOf(declared) with { Point = hints.Decimal, Thousands = hints.Thousands };
        for (int code = 0; code < column.Values.Count; code++)
        {
            string value = column.Values[code];
            if (file.Missing.Contains(value)) continue;
            if (declared.Values is not null && !declared.Values.Contains(value))
                throw table.ErrorAt(column, code, $"'{value}' is none of the values that the schema file names; correct the one or the other.");
            if (declared.Min is { } min && !(style.TryParse(value, out double number) && number >= min && number <= declared.Max))
                throw table.ErrorAt(column, code, FormattableString.Invariant(
                    $"'{value}' is no number from {min} to {declared.Max}, which the schema file says; correct the one or the other."));
            if (declared.Min is { } least && Math.Max(Math.Abs(least), Math.Abs(declared.Max!.Value)) > Largest ||
                declared.Max - declared.Min < LeastRange)
                throw new UserErrorException(FormattableString.Invariant($"the schema file says that column '{column.Name}' holds numbers from ") +
                    FormattableString.Invariant($"{declared.Min} to {declared.Max}; a generator gives numbers up to {Largest:G1} whose range is at least ") +
                    FormattableString.Invariant($"{LeastRange:G1}: give them in another unit."));
            if (declared.Type == ColumnType.Integer && style.Parse(value) % 1 != 0)
                throw table.ErrorAt(column, code, $"'{value}' is no whole number, but the schema says integer; correct the one or the other.");
        }
        return schema with
        {
            Type = declared.Values is not null ? ColumnType.Categorical : declared.Type ?? ColumnType.Numeric,
            Style = declared.Values is null ? style : null,
            Declared = declared,
        };
    }

    /// <summary>The style of numbers that are not all written alike, but are declared as such: their shortest texts.</summary>
    private static NumberStyle Unlike(NumberHints hints) => NumberStyle.Shortest with { Point = hints.Decimal, Thousands = hints.Thousands };

    /// <summary>How numbers of a declared column are written: by what is declared alone.</summary>
    private static NumberStyle StyleOf(ColumnOverride declared) => (declared.Type == ColumnType.Integer ? 0 : declared.Decimals) is { } decimals
        ? new NumberStyle(NumberRounding.Decimals, decimals) : NumberStyle.Shortest;

    /// <summary>Whether all texts of a column that is declared one of numbers are one number ("5", "05", "5.0"); otherwise they are categories.</summary>
    private static bool IsOneNumber(TableColumn column, int[] present, ColumnOverride? declared) =>
        declared is { Type: ColumnType.Numeric or ColumnType.Integer or ColumnType.Boolean, Format: null }
        && TryParse(column.Values[present[0]], out double first)
        && present.All(code => TryParse(column.Values[code], out double number) && number == first);

    private static int Missing(TableColumn column, SchemaFile file)
    {
        int[] counts = column.Counts();
        return counts.Where((_, code) => file.Missing.Contains(column.Values[code])).Sum();
    }

    private static ColumnType Guess(Table table, TableColumn column, int[] present, SchemaFile file, NumberStyle? style)
    {
        int filled = table.Rows - Missing(column, file);
        if (style is not null) return Dates.LooksLikeDigits(column, present) ? ColumnType.Date : OfNumbers(column, present, filled, style);
        int[] numbers = [.. present.Where(code => TryParse(column.Values[code], out _))];
        if (numbers.Length == present.Length && numbers.FirstOrDefault(code => Math.Abs(Parse(column.Values[code])) > Largest, -1) is >= 0 and var large)
            throw table.ErrorAt(column, large, TooLarge(column.Values[large]));
        CheckFinite(table, column, present, numbers);
        OddCells.Check(table, column, present, file.Hints(table, column.Name));
        if (present.Length == 2 && Booleans.Any(pair => present.Select(c => column.Values[c].ToLowerInvariant()).Order(StringComparer.Ordinal)
            .SequenceEqual(pair))) return ColumnType.Boolean;
        if (Dates.LooksLike(column, present)) return ColumnType.Date;
        Dates.CheckNearly(table, column, present);
        ColumnType? ofRows = RowNames.OfTexts(column.Name, [.. present.Select(code => column.Values[code])], filled);
        return ofRows is not null && numbers.Length == present.Length && !file.Choices.Keep.Contains(column.Name)
            && present.FirstOrDefault(code => column.Values[code].AsSpan().ContainsAny(".eE"), -1) is >= 0 and var fraction
            ? throw NotAlike(OddNumbers.Find(column, present, column.Counts(), file.Hints(table, column.Name))?.Codes[0] ?? fraction)
            : ofRows ?? ColumnType.Categorical;

        UserErrorException NotAlike(int code) => table.ErrorAt(column, code, Unlike(column.Values[code], column, present));
    }

    private static ColumnType OfNumbers(TableColumn column, int[] present, int filled, NumberStyle style)
    {
        double[] values = [.. present.Select(code => style.Parse(column.Values[code]))];
        bool whole = style is { IsWhole: true, Zeros: NumberZeros.Trimmed };
        // An integer may be written "7.0", as pandas does where other rows of the column have none.
        if (values.All(value => value % 1 == 0) && RowNames.OfNumbers(column.Name, values, filled) is { } ofRows) return ofRows;
        return values.Length == 2 && values.Order().SequenceEqual([0, 1]) ? ColumnType.Boolean : whole ? ColumnType.Integer : ColumnType.Numeric;
    }

    /// <summary>Numbers that no double holds, among numbers.</summary>
    private static void CheckFinite(Table table, TableColumn column, int[] present, int[] numbers)
    {
        int[] infinite = [.. present.Where(code => double.TryParse(column.Values[code], NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsInfinity(number) && !OddCells.IsGap(column.Values[code]))];
        if (infinite.Length > 0 && infinite.Length + numbers.Length == present.Length)
            throw table.ErrorAt(column, infinite[0], TooLarge(column.Values[infinite[0]]));
    }

    private static ColumnSchema Numbers(Table table, TableColumn column, int[] present, ColumnSchema schema, ColumnOverride? declared, NumberStyle style)
    {
        if (schema.Type == ColumnType.Boolean && present.Length <= 2) return schema with
        {
            Encoding = declared?.Encoding ?? NumberEncoding.OneHot,
            Style = present.All(code => style.TryParse(column.Values[code], out double _)) ? style : null,
        };
        if (present.FirstOrDefault(code => !style.TryParse(column.Values[code], out double _), -1) is >= 0 and var stray)
            throw table.ErrorAt(column, stray, $"'{column.Values[stray]}' is no finite number, " +
                $"but the schema says {schema.Type.ToString().ToLowerInvariant()}; correct the one or the other.");
        if (schema.Type == ColumnType.Integer && present.FirstOrDefault(code => style.Parse(column.Values[code]) % 1 != 0, -1) is >= 0 and var fraction)
            throw table.ErrorAt(column, fraction, $"'{column.Values[fraction]}' is no whole number, but the schema says integer; " +
                "correct the one or the other.");
        CheckRange(table, column, present, style);
        _ = WholeScale.Of(table, column, [.. present.Select(code => column.Values[code])], style); // refuses before training what has too many steps
        bool few = present.Length <= FewNumbers && (style.IsWhole || table.Rows - schema.Missing >= LeastRepeats * present.Length);
        return schema with
        {
            Encoding = declared?.Encoding ?? (few || schema.Type == ColumnType.Boolean ? NumberEncoding.OneHot : NumberEncoding.Mixture),
            Style = style,
        };
    }

    /// <summary>Networks compute in float32: numbers beyond it, and those that are all one to it, would train and then not come out.</summary>
    private static void CheckRange(Table table, TableColumn column, int[] present, NumberStyle style)
    {
        int large = present.FirstOrDefault(code => Math.Abs(style.Parse(column.Values[code])) > Largest, -1);
        if (large >= 0) throw table.ErrorAt(column, large, TooLarge(column.Values[large]));
        double range = present.Max(code => style.Parse(column.Values[code])) - present.Min(code => style.Parse(column.Values[code]));
        if (range is > 0 and < LeastRange)
            throw new UserErrorException(FormattableString.Invariant($"{table.Path}, column '{column.Name}': its numbers are only {range:G2} apart, and a ") +
                FormattableString.Invariant($"generator needs a range of at least {LeastRange:G1}; give them in a smaller unit, or leave the column out ") +
                "(type: drop).");
    }

    /// <summary>That numbers are not written alike: added rows could be told by that.</summary>
    private static string Unlike(string text, TableColumn column, int[] present) =>
        $"'{text}' is not written as the column's other numbers are (among them '{column.Values[present.First(code => column.Values[code] != text)]}'), and " +
        "generated numbers would be told apart by that; write all with as many decimals, or all without zeros at the end; or say " +
        $"'{SchemaLine.Of(column.Name, "type: numeric")}' in the schema file to have the shortest texts generated, or leave the column out by " +
        $"{SchemaLine.Drop(column.Name)}.";

    private static string TooLarge(string text) => FormattableString.Invariant($"'{text}' is beyond {Largest:G1}, the largest number that a generator ") +
        "gives; give the column in a larger unit or as logarithms, or leave it out (type: drop).";

    /// <summary>A finite number with a decimal point, spaces around it allowed; -0 is 0.</summary>
    public static bool TryParse(string text, out double value)
    {
        bool finite = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        value += 0.0; // makes 0 of -0
        return finite;
    }

    /// <summary>A number that <see cref="TryParse"/> takes.</summary>
    public static double Parse(string text) => TryParse(text, out double value) ? value : throw new FormatException($"'{text}' is no finite number");

}
