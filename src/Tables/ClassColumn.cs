using System.Globalization;
using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>The column that holds the classes: what they are, what is odd about them, and whether they are classes at all.</summary>
internal static class ClassColumn
{
    /// <summary>Rows that a class needs for anything that is measured of it to say much.</summary>
    public const int FewRows = 10;

    private const int MaxClasses = 1000, LeastRows = 20, MostNumbers = 20, RowsOfNumber = 10, FewTexts = 3, Named = 5;

    /// <summary>The classes' texts, in order of appearance, or as the user declares them.</summary>
    /// <param name="table">The table.</param>
    /// <param name="label">The column's name.</param>
    /// <param name="file">What the user declares.</param>
    /// <param name="notes">Takes sentences on what is odd and can go on.</param>
    /// <exception cref="UserErrorException">There is no such column, a row has no class, or the values are no classes.</exception>
    public static string[] Names(Table table, string label, SchemaFile file, List<string> notes)
    {
        TableColumn column = table.Find(label) ?? throw Lacking(table, label);
        int[] missing = [.. Enumerable.Range(0, column.Values.Count).Where(code => file.Missing.Contains(column.Values[code]))];
        if (missing.Length == column.Values.Count)
            throw new UserErrorException($"{table.Path}: the label '{label}' is missing in all {table.Rows} rows; name another class column with --label.");
        if (missing.Length > 0) throw table.ErrorAt(column, missing[0], "the label is missing; fill it or remove the row (no row is dropped silently).");
        int[] counts = column.Counts();
        ColumnOverride? declared = file.Columns.GetValueOrDefault(label);
        if (declared?.Values is { } values)
        {
            int stray = column.Values.ToList().FindIndex(value => !values.Contains(value));
            return stray < 0 ? [.. values] : throw table.ErrorAt(column, stray,
                $"'{column.Values[stray]}' is none of the classes that the schema file names; correct the one or the other.");
        }
        if (column.Values.Count == 1)
            throw new UserErrorException($"{table.Path}: the label '{label}' is '{column.Values[0]}' in all rows; a class column needs at least two classes.");
        if (declared?.Type != ColumnType.Categorical) CheckAreClasses(table, column);
        if (column.Values.Count > MaxClasses)
            throw new UserErrorException($"{table.Path}: the label '{label}' has {column.Values.Count} different values, " +
                $"and {MaxClasses} classes are allowed; it seems to be no class: name another column with --label.");
        notes.AddRange(new[] { Alike(column.Values, [.. counts.Select(n => (long)n)]), Gaps(column, counts), Single(table, column, counts), Few(column,
            counts) }
            .OfType<string>());
        return [.. column.Values];
    }

    /// <summary>The error for a table that has no such class column.</summary>
    public static UserErrorException Lacking(Table table, string label) =>
        ColumnNames.Unknown(table.Path, label, table.Header, "Name the class column with --label.");

    /// <summary>A sentence on classes that differ by what is hardly seen, or that are one number; null where none do.</summary>
    /// <param name="names">The classes.</param>
    /// <param name="rows">Rows of each.</param>
    public static string? Alike(IReadOnlyList<string> names, IReadOnlyList<long> rows)
    {
        IReadOnlyList<int[]> groups = Spelling.Alike([.. names.Select(name =>
            ColumnInference.TryParse(name, out double number) ? number.ToString("R", CultureInfo.InvariantCulture) : name)]);
        if (groups.Count == 0) return null;
        string all = string.Join("; ", groups.Take(Named).Select(group => string.Join(" and ", group.Take(Named)
            .Select(c => $"'{names[c]}'{(IsOtherForm(group, c) ? " in another form of Unicode" : "")} ({Rows(rows[c])})")) +
            (group.Length > Named ? $" and {group.Length - Named} more" : "")));
        return $"classes that differ only by upper and lower case, blanks or the way in which a character or a number is written: {all}" +
            $"{(groups.Count > Named ? $"; and {groups.Count - Named} more groups" : "")}; they are different classes here, so write them alike in the table " +
            "if they are one";

        bool IsOtherForm(int[] group, int c) => group.Any(other => other < c && names[other] != names[c]
            && UnicodeForm.Decomposed(names[other]) == UnicodeForm.Decomposed(names[c]));
    }

    /// <summary>Refuses a column of numbers to predict, and one that names each row.</summary>
    private static void CheckAreClasses(Table table, TableColumn column)
    {
        (int distinct, int rows) = (column.Values.Count, table.Rows);
        double[] numbers = [.. column.Values.Where(text => ColumnInference.TryParse(text, out _)).Select(ColumnInference.Parse)];
        string force = $"if each of them is a class, say '{SchemaLine.Of(column.Name, "type: categorical")}' in the schema file";
        string other = "name another column with --label, or train on all columns alike by --label \"\"";
        if (numbers.Length > 2 && distinct - numbers.Length <= FewTexts && IsQuantity(numbers, rows))
        {
            throw new UserErrorException($"{table.Path}: the label '{column.Name}' looks like a number to predict, not a class: {numbers.Length} different " +
                $"numbers in {rows} rows ({string.Join(", ", column.Values.Where(text => ColumnInference.TryParse(text, out _)).Take(FewTexts))}, ...); " +
                $"{other}, or put the numbers into a few groups; {force}.");
        }
        if (rows >= LeastRows && distinct > rows / 2)
        {
            throw new UserErrorException($"{table.Path}: the label '{column.Name}' has {distinct} different values in {rows} rows, so it seems to name the " +
                $"rows and not their classes; {other}; {force}.");
        }
    }

    private static bool IsQuantity(double[] numbers, int rows) => numbers.Any(number => number % 1 != 0)
        || (rows >= LeastRows && numbers.Length > rows / 2) || (numbers.Length > MostNumbers && rows < RowsOfNumber * numbers.Length);

    private static string? Gaps(TableColumn column, int[] counts)
    {
        int[] gaps = [.. Enumerable.Range(0, counts.Length).Where(code => OddCells.IsGap(column.Values[code]))];
        return gaps.Length == 0 ? null : $"{(gaps.Length == 1 ? "the class" : "the classes")} {List(gaps, column, counts)} " +
            $"{(gaps.Length == 1 ? "reads" : "read")} like a missing value: " +
                $"say {string.Join(" ", gaps.Take(Named).Select(c => SchemaLine.Option(column.Values[c])))} " +
            "if that is what it means";
    }

    private static string? Single(Table table, TableColumn column, int[] counts)
    {
        int[] single = [.. Enumerable.Range(0, counts.Length).Where(code => counts[code] == 1)];
        return single.Length switch
        {
            0 => null,
            1 => $"class '{column.Values[single[0]]}' has one row (line {Line(single[0])}): it is kept, and what is generated for it can hardly differ from it",
            _ => $"{single.Length} classes have one row each, {string.Join(", ", single.Take(Named).Select(c => $"'{column.Values[c]}' (line {Line(c)})"))}" +
                $"{(single.Length > Named ? $" and {single.Length - Named} more" : "")}: they are kept, and what is generated for them can hardly differ " +
                    $"from them",
        };

        int Line(int code) => table.Lines[Array.IndexOf(column.Codes, code)];
    }

    private static string? Few(TableColumn column, int[] counts)
    {
        int[] few = [.. Enumerable.Range(0, counts.Length).Where(code => counts[code] is > 1 and < FewRows)];
        return few.Length == 0 || counts.Max() < FewRows ? null : $"{(few.Length == 1 ? "a class has" : $"{few.Length} classes have")} fewer " +
            $"than {FewRows} rows, " +
            $"{List(few, column, counts)}: what is generated for {(few.Length == 1 ? "it" : "them")} stays close to these rows, and what is measured of so " +
                $"few says little";
    }

    private static string List(int[] codes, TableColumn column, int[] counts) =>
        string.Join(", ", codes.Take(Named).Select(code => $"'{column.Values[code]}' ({Rows(counts[code])})")) +
            (codes.Length > Named ? $" and {codes.Length - Named} more" : "");

    private static string Rows(long count) => count == 1 ? "1 row" : $"{count} rows";
}
