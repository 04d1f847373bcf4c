using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>
/// Refuses a column of which nearly all cells are of one type and a few are not: what these mean is the user's to say. They do not make categories of a column
/// of numbers, nor free text or an ID.
/// </summary>
internal static class OddCells
{
    /// <summary>
    /// Cells of the type that there are at least, and how many others may be among them: a handful or one in twenty, or any number of a few texts
    /// ("unknown" in a third of the rows). A column of few different numbers may well be one of categories (1, 2, 3, other), so that only a handful counts
    /// there.
    /// </summary>
    public const int LeastTyped = 20, Handful = 5, OneIn = 20;

    private const int FewTexts = 3, FewNumbers = 12, Named = 3;

    private static readonly HashSet<string> Gaps = new(StringComparer.OrdinalIgnoreCase)
    {
        "nan", "-nan", "+nan", "na", "n/a", "n.a.", "<na>", "nat", "null", "(null)", "nil", "none", "\\n", "?", "-", "--", ".",
        "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "-∞",
        "#n/a", "#na", "#ref!", "#div/0!", "#value!", "#name?", "#num!", "#null!", "#error!",
    };

    /// <summary>Whether a text says that there is no value, or none that can be calculated with: blanks, NULL, nan, #REF!.</summary>
    public static bool IsGap(string text) => text.Length > 0 && (text.AsSpan().Trim().IsEmpty || Gaps.Contains(text.Trim()));

    /// <summary>Refuses a column whose cells are nearly all numbers, dates or truth values.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">A column that is not all of one type.</param>
    /// <param name="present">Codes of its values that are not missing.</param>
    /// <param name="hints">How its numbers are written.</param>
    /// <exception cref="UserErrorException">It is such a column; the message names the first odd cell, how many there are, and what to do.</exception>
    public static void Check(Table table, TableColumn column, int[] present, NumberHints hints)
    {
        var cells = new Cells(table, column, present);
        CheckNumbers(cells, hints);
        if (Dates.Nearest(column, present) is { Others: var others })
            cells.CheckNearly("date", [.. others.Where(code => !Dates.IsDate(column.Values[code]))], canBeCategories: _ => false);
        foreach (string[] pair in ColumnInference.Booleans)
            if (pair.All(truth => present.Any(code => Truth(code) == truth)))
                cells.CheckNearly($"'{pair[1]}' or '{pair[0]}'", [.. present.Where(code => !pair.Contains(Truth(code)))], canBeCategories: _ => true);

        string Truth(int code) => column.Values[code].ToLowerInvariant();
    }

    private static void CheckNumbers(Cells cells, NumberHints hints)
    {
        Dictionary<int, WrittenNumber> numbers = cells.Present.Select(code => (code, WrittenNumber.Of(cells.Column.Values[code], hints)))
            .Where(pair => pair.Item2 is not null).ToDictionary(pair => pair.code, pair => pair.Item2!);
        if (numbers.Count == 0) return;
        int[] others = [.. cells.Present.Where(code => !numbers.ContainsKey(code))];
        if (others.Length == 0 && numbers.Values.Any(number => number.HasSeparators)) throw Separators(cells, numbers);
        if (others.Length > 0 && Array.TrueForAll(others, code => IsGap(cells.Column.Values[code]))) throw cells.NoNumber(others);
        if (IsId(cells, numbers)) return;
        cells.CheckNearly("number", others, codes => codes.Select(code => numbers[code].Value).Distinct().Take(FewNumbers + 1).Count() <= FewNumbers);
        if (others.Length > 0) return;
        CheckAlike(cells, numbers, number => number.Marks is { Length: > 0 } marks ? $"with {marks}" : "without anything around the number", _ => true);
        CheckAlike(cells, numbers, number => $"with the minus sign U+{(int)number.Minus!:X4}", number => number.Minus is not null);
        if (OddNumbers.Find(cells.Column, cells.Present, cells.Counts, hints) is { } odd) cells.CheckWritten(odd, code => numbers[code].Value);
    }

    /// <summary>Numbers that name the rows: what is odd among them does not matter, as the column is none to train on.</summary>
    private static bool IsId(Cells cells, Dictionary<int, WrittenNumber> numbers)
    {
        double[] values = [.. numbers.Values.Select(number => number.Value).Distinct()];
        return values.All(value => value % 1 == 0) && RowNames.OfNumbers(cells.Column.Name, values, cells.CountOf(numbers.Keys)) is not null;
    }

    /// <summary>Refuses numbers that are written in more than one way.</summary>
    private static void CheckAlike(Cells cells, Dictionary<int, WrittenNumber> numbers, Func<WrittenNumber, string> way, Func<WrittenNumber, bool> counts)
    {
        IGrouping<string, int>[] ways = [.. numbers.Keys.Where(code => counts(numbers[code])).GroupBy(code => way(numbers[code]))
            .OrderByDescending(codes => cells.CountOf(codes))];
        if (ways.Length > 1) throw cells.OtherWay([.. ways[^1]], ways[^1].Key, ways[0].Key, cells.CountOf(ways[0]));
    }

    /// <summary>The error for commas and points that may stand before decimals or between thousands.</summary>
    private static UserErrorException Separators(Cells cells, Dictionary<int, WrittenNumber> numbers)
    {
        int[] codes = [.. numbers.Keys.Where(code => numbers[code].HasSeparators).Order()];
        char[] thousands = [.. codes.Select(code => numbers[code].Thousands).OfType<char>().Distinct()],
            decimals = [.. codes.Select(code => numbers[code].OtherDecimal).OfType<char>().Distinct()],
            unsure = [.. codes.Select(code => numbers[code].Ambiguous).OfType<char>().Distinct()];
        bool mixed = numbers.Values.Any(number => number.HasDecimals && !number.HasSeparators);
        if (thousands.Length > 1 || decimals.Length > 1 || thousands.Intersect(decimals).Any() || (mixed && decimals.Length > 0))
        {
            int at = codes.FirstOrDefault(code => numbers[code].OtherDecimal is not null, codes[0]);
            return cells.Error(at, $"'{cells.Column.Values[at]}' has " + (numbers[at].OtherDecimal is { } mark
                ? $"a decimal {Name(mark)} where other rows have {(mixed ? mark == ',' ? "decimal points" : "decimal commas" : "one between thousands")}"
                : $"a {Name(numbers[at].Thousands!.Value)} between thousands where other rows have " +
                    $"a {Name(thousands.First(t => t != numbers[at].Thousands))}") +
                "; write decimal points.");
        }
        if (thousands.Length == 0 && decimals.Length == 0 && !mixed)
        {
            (char mark, string text) = (unsure[0], cells.Column.Values[codes[0]]);
            return cells.Error(codes[0], $"'{text}' may be {text.Replace($"{mark}", "", StringComparison.Ordinal)}, with a {Name(mark)} between thousands, " +
                $"or {text.Replace(mark, '.')}, with a decimal {Name(mark)}, as there are three digits behind each {Name(mark)}; say " +
                $"'{Line($"thousands: \"{Written(mark)}\"")}' or '{Line($"decimal: \"{Written(mark)}\"")}' in the schema file{cells.Or()}.");
        }
        char[] groups = decimals.Length > 0 ? thousands : [.. thousands.Concat(unsure).Distinct()];
        string says = string.Join(", ", decimals.Take(1).Select(mark => $"decimal: \"{Written(mark)}\"").Concat(groups.Take(1).Select(mark =>
            $"thousands: \"{Written(mark)}\"")));
        int first = codes.First(code => decimals.Length == 0 || numbers[code].OtherDecimal is not null);
        return cells.Error(first, $"'{cells.Column.Values[first]}' has " +
            $"a {(decimals.Length > 0 ? $"decimal {Name(decimals[0])}" : $"{Name(groups[0])} between thousands")}" +
            $"; say '{Line(says)}' in the schema file, or write {(decimals.Length > 0 ? "decimal points" : "the numbers without")}{cells.Or()}.");

        string Line(string text) => SchemaLine.Of(cells.Column.Name, text);
        static string Written(char mark) => mark < 128 ? $"{mark}" : $"\\u{(int)mark:X4}";
        static string Name(char mark) => mark switch
        {
            ',' => "comma",
            '.' => "point",
            ' ' => "blank",
            _ => mark < 128 ? $"'{mark}'"
            : $"'{mark}' (U+{(int)mark:X4})"
        };
    }

    /// <summary>The cells of a column, and the sentences about them.</summary>
    private sealed class Cells(Table table, TableColumn column, int[] present)
    {
        public TableColumn Column => column;

        public int[] Present => present;

        public int[] Counts { get; } = column.Counts();

        private int All => field > 0 ? field : field = CountOf(present);

        public int CountOf(IEnumerable<int> codes) => codes.Sum(code => Counts[code]);

        public UserErrorException Error(int code, string what) => table.ErrorAt(column, code, what);

        /// <summary>Refuses the column where nearly all its cells are of a type.</summary>
        public void CheckNearly(string type, int[] others, Func<int[], bool> canBeCategories)
        {
            int cells = CountOf(present.Except(others)), odd = CountOf(others);
            if (others.Length == 0 || cells < LeastTyped) return;
            bool nearly = canBeCategories([.. present.Except(others)]) ? odd <= Math.Min(Handful, Few)
                : others.Length <= FewTexts || odd <= Math.Max(Handful, Few);
            if (nearly) throw Error(others[0], Odd(type, others));
        }

        /// <summary>Refuses the column where a few of its numbers are written otherwise than the others: it would be one of texts.</summary>
        public void CheckWritten(OddNumbers odd, Func<int, double> valueOf)
        {
            if (!odd.AreFew(present, Counts)) return;
            string text = column.Values[odd.Codes[0]];
            throw Error(odd.Codes[0], $"'{text}' is not written as the column's other numbers are{HowMany(odd.Codes)}, and generated numbers would be told " +
                $"apart by that; write it as {odd.Written(text, valueOf(odd.Codes[0]))}, or say '{SchemaLine.Of(column.Name, "type: numeric")}' in the " +
                $"schema file to have the shortest texts generated{Or()}.");
        }

        /// <summary>Cells that are few among all.</summary>
        private int Few => All / OneIn;

        /// <summary>Texts among numbers that say that there is none.</summary>
        public UserErrorException NoNumber(int[] gaps)
        {
            string text = column.Values[gaps[0]];
            return Error(gaps[0], $"'{text}' is {(IsBlank(text) ? "a cell of blanks and no number" : "no finite number")}{HowMany(gaps)}; leave the field " +
                $"empty, or say {SchemaLine.Option(text)} if it means that the value is missing (in a schema file '{MissingLine(text)}'){Or()}.");
        }

        /// <summary>Numbers that are written in another way than most.</summary>
        public UserErrorException OtherWay(int[] codes, string way, string usual, int cells) => Error(codes[0],
            $"'{column.Values[codes[0]]}' is written {way}{HowMany(codes)}, and {cells} of the {All} cells are written {usual}; write all alike{Or()}.");

        /// <summary>What else can be done, as the end of a list of remedies.</summary>
        public string Or() => $"; or, if these are names and no numbers, '{SchemaLine.Of(column.Name, "type: categorical")}'; or leave the column out by " +
            SchemaLine.Drop(column.Name);

        private string Odd(string type, int[] others)
        {
            string text = column.Values[others[0]];
            return $"'{text}' is {(IsBlank(text) ? "a cell of blanks and " : "")}no {type}{HowMany(others)}, as {All - CountOf(others)} of the {All} cells " +
                $"are; correct it, say {SchemaLine.Option(text)} if it stands for a missing value (in a schema file '{MissingLine(text)}'), say " +
                $"'{SchemaLine.Of(column.Name, "type: categorical")}' in the schema file if all of them are names, or leave the column out by " +
                $"{SchemaLine.Drop(column.Name)}.";
        }

        /// <summary>How many such cells there are.</summary>
        private string HowMany(int[] codes)
        {
            int cells = CountOf(codes);
            string many = cells == 1 ? "1 such cell" : $"{cells} such cells", more = string.Join(", ", codes.Skip(1).Take(Named).Select(code =>
                $"'{column.Values[code]}'"));
            return more.Length == 0 ? $" ({many})" : $" ({many}, " +
                $"with {more}{(codes.Length > Named + 1 ? $" and {codes.Length - Named - 1} other texts" : "")})";
        }

        private static string MissingLine(string text) => $"missing: [\"\", {SchemaLine.Quoted(text)}]";

        private static bool IsBlank(string text) => text.AsSpan().Trim().IsEmpty;
    }
}
