using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace GanPipeline.Tables;

/// <summary>Which numbers a column can hold.</summary>
internal enum NumberRounding
{
    /// <summary>Those of so many digits after the decimal point.</summary>
    Decimals,

    /// <summary>Those of so many significant digits.</summary>
    Significant,

    /// <summary>Those of float32, each written as the shortest text that names it.</summary>
    Single,

    /// <summary>Those of float64, each written as the shortest text that names it.</summary>
    Double,
}

/// <summary>What becomes of zeros at the end of the digits after the decimal point.</summary>
internal enum NumberZeros
{
    /// <summary>They are left out, with the point of a whole number: 5, 2.5.</summary>
    Trimmed,

    /// <summary>One is kept of a whole number: 5.0, 2.5.</summary>
    One,

    /// <summary>All digits are written: 5.00, 2.50.</summary>
    Padded,
}

/// <summary>
/// How the numbers of a column are written. It holds for a column where every text of it comes back the same by <see cref="TryParse(string, out double)"/> and
/// <see cref="Format(double)"/>, so that a generated number looks as a real one does.
/// </summary>
/// <param name="Rounding">Which numbers there are.</param>
/// <param name="Digits">Digits of <see cref="NumberRounding.Decimals"/> or <see cref="NumberRounding.Significant"/>; else 0.</param>
[JsonConverter(typeof(NumberStyleText))]
internal sealed partial record NumberStyle(NumberRounding Rounding, int Digits)
{
    /// <summary>Digits of whole numbers and of decimals that float64 tells apart.</summary>
    public const int MostDigits = 15;

    /// <summary>From here on float64 does not tell whole numbers apart.</summary>
    public const double WholeLimit = 1L << 53;

    /// <summary>What the shortest text of a number is, without exponents.</summary>
    public static NumberStyle Shortest { get; } = new(NumberRounding.Double, 0);

    private const int Room = 1024; // a float64 without an exponent takes 343 characters, and a separator of groups up to three bytes

    /// <summary>What becomes of zeros at the end.</summary>
    public NumberZeros Zeros { get; init; }

    /// <summary>When an exponent is written, and how.</summary>
    public NumberExponent Exponent { get; init; }

    /// <summary>Whether numbers above 0 have a plus sign.</summary>
    public bool Plus { get; init; }

    /// <summary>Whether 0 has one.</summary>
    public bool PlusZero { get; init; }

    /// <summary>Whether there is a negative zero, as where a program rounded -0.001: -0.0.</summary>
    public bool NegativeZero { get; init; }

    /// <summary>The minus sign: a hyphen or U+2212.</summary>
    public char Minus { get; init; } = '-';

    /// <summary>The decimal separator.</summary>
    public char Point { get; init; } = '.';

    /// <summary>What stands between groups of three digits; null for none.</summary>
    public char? Thousands { get; init; }

    /// <summary>Whether the 0 before the decimal separator is left out: .5.</summary>
    public bool BareFraction { get; init; }

    /// <summary>What stands before the digits: blanks, a currency.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Whether the sign comes after <see cref="Prefix"/> and not before it.</summary>
    public bool SignInside { get; init; }

    /// <summary>What stands behind the digits: %, a unit.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>Characters that blanks before the digits fill up to; 0 for none.</summary>
    public int Width { get; init; }

    /// <summary>Whether all numbers are whole.</summary>
    public bool IsWhole => Rounding == NumberRounding.Decimals && Digits == 0;

    /// <summary>The style of a column, or null where no style brings every text back the same.</summary>
    /// <param name="texts">The distinct texts, without those that say that a value is missing.</param>
    /// <param name="hints">How the file or the column writes numbers.</param>
    public static NumberStyle? Of(IReadOnlyList<string> texts, NumberHints hints) => NumberStyleSearch.Find(texts, hints);

    /// <summary>The number of a text in this style, or of one that only lacks what stands around it: for one of float32 the float32.</summary>
    public bool TryParse(string text, out double value)
    {
        bool finite = double.TryParse(Plain(text), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        if (Rounding == NumberRounding.Single) value = (float)value;
        value = Zero(value);
        return finite && double.IsFinite(value);
    }

    /// <summary>The whole number of a text, exact beyond 2^53.</summary>
    public bool TryParse(string text, out long value) =>
        long.TryParse(Plain(text), NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture,
            out value);

    /// <summary>Whether a text is the same again when it was read and written.</summary>
    public bool BringsBack(string text)
    {
        Span<byte> written = stackalloc byte[MostBytes];
        int length;
        if (TryParse(text, out double number) && Holds(number)) length = Write(number, written);
        else if (IsWhole && TryParse(text, out long whole)) length = Write(whole, written);
        else return false;
        return IsSame(written[..length], text);
    }

    private static bool IsSame(ReadOnlySpan<byte> written, string text)
    {
        if (written.Length != text.Length) return Encoding.UTF8.GetString(written) == text; // characters of several bytes
        for (int i = 0; i < text.Length; i++) if (written[i] != text[i]) return Encoding.UTF8.GetString(written) == text;
        return true;
    }

    /// <summary>The number of a text that <see cref="TryParse(string, out double)"/> takes.</summary>
    public double Parse(string text) => TryParse(text, out double value) ? value : throw new FormatException($"'{text}' is no finite number");

    /// <summary>Whether float64 tells a number from those beside it in the last place that is written.</summary>
    public bool Holds(double value) => Rounding != NumberRounding.Decimals || Math.Abs(value) * Power(Digits) < WholeLimit;

    /// <summary>The nearest number that the style writes.</summary>
    public double Round(double value)
    {
        double rounded = Rounding switch
        {
            NumberRounding.Decimals => value * Power(Digits) is var scaled && Math.Abs(scaled) < WholeLimit ? Math.Round(scaled) / Power(Digits) : value,
            NumberRounding.Significant when Digits <= MostDigits => Significant(value),
            NumberRounding.Single => (float)value,
            _ => value,
        };
        return Zero(rounded);
    }

    /// <summary>The number, but 0 for -0 where the style has none.</summary>
    internal double Zero(double value) => NegativeZero ? value : value + 0.0;

    /// <summary>The text of a number; empty for NaN, which says that the value is missing.</summary>
    public string Format(double value)
    {
        Span<byte> text = stackalloc byte[MostBytes];
        return Encoding.UTF8.GetString(text[..Write(value, text)]);
    }

    /// <summary>The text of a whole number that float64 may not tell from its neighbours.</summary>
    public string Format(long value)
    {
        Span<byte> text = stackalloc byte[MostBytes];
        return Encoding.UTF8.GetString(text[..Write(value, text)]);
    }

    /// <summary>Bytes that a text takes at most.</summary>
    public int MostBytes => Room + (Prefix.Length + Suffix.Length) * 3 + Width;

    /// <summary>10 to a power, exact up to 22.</summary>
    internal static double Power(int exponent) => exponent < Powers.Length ? Powers[exponent] : Math.Pow(10, exponent);

    private static readonly double[] Powers = [.. Enumerable.Range(0, 23).Select(e => double.Parse($"1e{e}", CultureInfo.InvariantCulture))];

    /// <summary>
    /// The places of the last digit after the point that numbers of each size have, and the sizes from which on: those of fewer than <see cref="MostPlaces"/>
    /// places are exact to the last bit.
    /// </summary>
    internal (double[] From, int[] Places) SignificantPlaces => Places[Digits];

    private static readonly (double[] From, int[] Places)[] Places = [.. Enumerable.Range(0, MostPlaces + 1).Select(digits =>
    {
        int[] powers = [.. Enumerable.Range(digits - 1 - MostPlaces, LargestPower - (digits - 1 - MostPlaces) + 1)];
        return ((double[])[.. powers.Skip(1).Select(p => double.Parse($"1e{p}", CultureInfo.InvariantCulture))], (int[])[.. powers.Select(p =>
            digits - 1 - p)]);
    })];

    private const int MostPlaces = 22, LargestPower = 30;

    /// <summary>From a number to the next that the style writes.</summary>
    internal double Spacing(double value) => Rounding switch
    {
        NumberRounding.Decimals => 1 / Power(Digits),
        NumberRounding.Significant when Digits <= MostDigits => Math.Pow(10, -Place(value)),
        NumberRounding.Single => MathF.BitIncrement(MathF.Abs((float)value)) - MathF.Abs((float)value),
        _ => Math.BitIncrement(Math.Abs(value)) - Math.Abs(value),
    };

    /// <summary>The place of the last digit after the point.</summary>
    private int Place(double value)
    {
        (double[] from, int[] places) = SignificantPlaces;
        return places[Array.BinarySearch(from, Math.Abs(value)) is var found && found >= 0 ? found + 1 : ~found];
    }

    private double Significant(double value)
    {
        int place = Place(value);
        (double by, double of) = (Power(Math.Max(0, place)), Power(Math.Max(0, -place)));
        return Math.Round(value * by / of) * of / by;
    }

    /// <summary>The text as .NET's invariant culture writes numbers, without what stands around it.</summary>
    private ReadOnlySpan<char> Plain(string text)
    {
        ReadOnlySpan<char> rest = text;
        if (Suffix.Length > 0 && rest.EndsWith(Suffix)) rest = rest[..^Suffix.Length];
        if (Prefix.Length > 0 && rest.StartsWith(Prefix)) rest = rest[Prefix.Length..];
        else if (Prefix.Length > 0 && rest.Length > Prefix.Length && (rest[0] == Minus || rest[0] == '+') && rest[1..].StartsWith(Prefix))
            return $"{(rest[0] == '+' ? '+' : '-')}{Invariant(rest[(1 + Prefix.Length)..])}";
        return Minus == '-' && Point == '.' && Thousands is null ? rest : Invariant(rest);
    }

    private string Invariant(ReadOnlySpan<char> text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (c == Thousands) continue;
            plain.Append(c == Minus ? '-' : c == Point ? '.' : c == '.' ? '?' : c); // a point that is no decimal separator is no part of a number
        }
        return plain.ToString();
    }
}
