using System.Text.RegularExpressions;

namespace GanPipeline.Tables;

/// <summary>
/// Numbers that are written otherwise than the others of their column (one 007, one 1.50 among 1.5s), so that the column has no style that brings every text
/// back the same.
/// </summary>
/// <param name="Codes">Codes of their texts, in order of appearance.</param>
/// <param name="Style">The style of the others.</param>
internal sealed partial record OddNumbers(int[] Codes, NumberStyle Style)
{
    private const int SureWidth = 4;

    /// <summary>
    /// A few numbers that only differ in zeros at the end, a sign or an exponent: the column is one of numbers, and generated ones are written as the others
    /// are. Zeros in front are another matter: they make codes of numbers, and are the user's to explain (<see cref="OddCells"/>).
    /// </summary>
    public static OddNumbers? Few(TableColumn column, int[] present, NumberHints hints)
    {
        if (!Array.TrueForAll(present, code => ColumnInference.TryParse(column.Values[code], out _))) return null;
        int[] counts = column.Counts();
        return Find(column, present, counts, hints) is { } odd && odd.AreFew(present, counts)
            && Array.TrueForAll(present, code => odd.Style.TryParse(column.Values[code], out double _))
            && !odd.Codes.Any(code => ReadNumbers.HasLeadingZero(column.Values[code])) ? odd : null;
    }

    /// <summary>Whether they are a handful, or one in twenty, among enough others.</summary>
    /// <param name="present">Codes of all values of the column that are not missing.</param>
    /// <param name="counts">Rows that have each value.</param>
    public bool AreFew(int[] present, int[] counts)
    {
        int all = present.Sum(code => counts[code]), odd = Codes.Sum(code => counts[code]);
        return all - odd >= OddCells.LeastTyped && odd <= Math.Max(OddCells.Handful, all / OddCells.OneIn);
    }

    /// <summary>What is said of them where training goes on.</summary>
    public string Note(Table table, TableColumn column)
    {
        (int first, string text) = (Codes[0], column.Values[Codes[0]]);
        int[] counts = column.Counts();
        int cells = Codes.Sum(code => counts[code]);
        return $"column '{column.Name}': '{text}' (line {table.Lines[Array.IndexOf(column.Codes, first)]}) is not written as its other numbers are" +
            $"{(cells > 1 ? $", as {cells} cells are not" : "")}: generated rows have {Written(text, Style.Parse(text))} for it";
    }

    /// <summary>The fewest cells without which the column has a style; null where there are none, and where the column has codes of one width.</summary>
    /// <param name="column">A column all of whose values are numbers, however they are written.</param>
    /// <param name="present">Codes of those that are not missing.</param>
    /// <param name="counts">Rows that have each.</param>
    /// <param name="hints">How they are written.</param>
    public static OddNumbers? Find(TableColumn column, int[] present, int[] counts, NumberHints hints)
    {
        string[] texts = [.. present.Select(code => column.Values[code])];
        if (AreCodes(texts)) return null;
        int usual = present.GroupBy(code => Decimals(column.Values[code], hints)).MaxBy(codes => codes.Sum(code => counts[code]))!.Key;
        Func<string, bool> alone = text => NumberStyle.Of([text], hints) is null, zero = text => Decimals(text, hints) > 0 && Digits(text).EndsWith('0'),
            decimals = text => Decimals(text, hints) != usual, exponent = text => text.AsSpan().ContainsAny("eE"),
            plus = text => text.Contains('+', StringComparison.Ordinal);
        Func<string, bool>[] kinds = [alone, text => alone(text) || zero(text), text => alone(text) || decimals(text), text => alone(text) || exponent(text),
            text => alone(text) || !exponent(text), text => alone(text) || plus(text)];
        return kinds.Select(Without).OfType<OddNumbers>().MinBy(odd => odd.Codes.Sum(code => counts[code]));

        OddNumbers? Without(Func<string, bool> odd)
        {
            string[] rest = [.. texts.Where(text => !odd(text))];
            return rest.Length == 0 || NumberStyle.Of(rest, hints) is not { } style ? null
                : new OddNumbers([.. present.Where(code => !style.BringsBack(column.Values[code]))], style);
        }
    }

    /// <summary>How a number would be written as the others are.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="value">The number that people read in it.</param>
    public string Written(string text, double value) => Style.IsWhole && Style.TryParse(text, out long whole) ? Style.Format(whole) : Style.Format(value);

    /// <summary>Codes of so many digits each: postcodes, not numbers.</summary>
    private static bool AreCodes(string[] texts) => texts.All(text => text.Length == texts[0].Length && text.All(char.IsAsciiDigit))
        && (texts[0].Length >= SureWidth || texts.Count(text => text[0] == '0') > 1);

    /// <summary>The digits before an exponent and before what stands behind the number.</summary>
    private static string Digits(string text) => BeforeExponent().Match(text).Value;

    private static int Decimals(string text, NumberHints hints)
    {
        string digits = Digits(text);
        return digits.LastIndexOf(hints.Decimal) is >= 0 and var point ? digits.Length - point - 1 : 0;
    }

    [GeneratedRegex(@"^[^0-9]*[0-9.,\s'\u2019_]*[0-9]")]
    private static partial Regex BeforeExponent();
}
