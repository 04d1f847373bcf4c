using System.Globalization;

namespace GanPipeline.Tables;

/// <summary>Finds the style of a column of numbers: of those that bring every text back the same, the narrowest that explains them.</summary>
internal static class NumberStyleSearch
{
    private const int LeastSingles = 4, MostAffix = 12, FewTexts = 12, SureDigitsOfSingle = 7, MostScientific = 20;

    /// <summary>See <see cref="NumberStyle.Of"/>.</summary>
    public static NumberStyle? Find(IReadOnlyList<string> texts, NumberHints hints)
    {
        if (texts.Count == 0 || Affixes(texts, hints) is not { } affixed) return null;
        var shapes = new List<NumberShape>(texts.Count);
        foreach (string text in texts)
        {
            if (NumberShape.Of(text, affixed) is not { } shape) return null;
            shapes.Add(shape);
        }
        NumberStyle common = affixed with
        {
            Thousands = shapes.Exists(s => s.HasGroups) ? hints.Thousands : null,
            BareFraction = shapes.Exists(s => s.IsBare),
            Plus = shapes.Exists(s => s is { HasPlus: true, IsZero: false }),
            PlusZero = shapes.Exists(s => s is { HasPlus: true, IsZero: true }),
            NegativeZero = shapes.Exists(s => s is { IsNegative: true, IsZero: true }),
            Zeros = ZerosOf(shapes),
        };
        IEnumerable<NumberStyle> fitting = Candidates(shapes, common).Where(style => texts.All(style.BringsBack));
        if (fitting.FirstOrDefault() is not { } first) return null;
        // Multiples of 1/1024, say, are float32s too, and more is known of them by their step.
        return first.Rounding != NumberRounding.Single ? first
            : fitting.FirstOrDefault(style => NumberGrid.Of(style, [.. texts.Select(style.Parse)]).Step > 1) ?? first;
    }

    /// <summary>The styles that may be it, the one that explains the texts best first.</summary>
    private static IEnumerable<NumberStyle> Candidates(List<NumberShape> shapes, NumberStyle common)
    {
        int decimals = shapes.Max(s => common.Zeros == NumberZeros.Padded ? s.WrittenDecimals : s.Decimals), significant = shapes.Max(s => s.Significant);
        if (shapes.TrueForAll(s => s.HasExponent))
        {
            bool upper = shapes[0].IsUpper;
            int digits = shapes.Max(s => s.MantissaDigits);
            if (digits <= MostScientific)
            {
                NumberStyle always = common with
                {
                    Rounding = NumberRounding.Significant,
                    Digits = digits,
                    Exponent = upper ? NumberExponent.AlwaysUpper : NumberExponent.Always,
                };
                yield return always with { Zeros = NumberZeros.Padded };
                yield return always with { Zeros = NumberZeros.Trimmed };
            }
        }
        NumberExponent[] spellings = [.. Spellings(shapes, common)];
        IEnumerable<NumberStyle> InAll(NumberRounding rounding, int digits, params IEnumerable<NumberExponent> exponents) =>
            exponents.Select(exponent => common with { Rounding = rounding, Digits = digits, Exponent = exponent });
        IEnumerable<NumberStyle> single = InAll(NumberRounding.Single, 0, spellings),
            byDecimals = decimals > NumberStyle.MostDigits ? [] : InAll(NumberRounding.Decimals, decimals, spellings),
            bySignificant = significant > NumberStyle.MostDigits || common.Zeros == NumberZeros.Padded || decimals == 0 && spellings[0] == NumberExponent.None
                ? []
                : InAll(NumberRounding.Significant, Math.Max(1, significant), [NumberExponent.C, .. spellings.Where(s => s != NumberExponent.C)]),
            both = shapes.Count(s => s.Significant == significant) > shapes.Count(s => s.Decimals == decimals)
                ? bySignificant.Concat(byDecimals) : byDecimals.Concat(bySignificant);
        // Of decimals of eight digits three in four are not the shortest text of a float32: several that all are, are no accident.
        if (shapes.Count(s => s is { Significant: > SureDigitsOfSingle, Decimals: > 0 }) >= LeastSingles) both = single.Concat(both);
        foreach (NumberStyle style in both.Concat(InAll(NumberRounding.Double, 0, spellings))) yield return style;
    }

    /// <summary>The spellings of exponents that the texts can be of; where none has one, that of programs that write whole numbers as 5.0.</summary>
    private static IEnumerable<NumberExponent> Spellings(List<NumberShape> shapes, NumberStyle common) => shapes.Exists(s => s.HasExponent)
        ? shapes.Exists(s => s.IsUpper) ? [NumberExponent.DotNet, NumberExponent.FormerDotNet, NumberExponent.Java]
            : [NumberExponent.Python, NumberExponent.JavaScript, NumberExponent.C, NumberExponent.R]
        : common.Zeros == NumberZeros.One ? [NumberExponent.Python, NumberExponent.Java, NumberExponent.None] : [NumberExponent.None];

    private static NumberZeros ZerosOf(List<NumberShape> shapes)
    {
        int decimals = shapes[0].WrittenDecimals;
        if (decimals > 0 && shapes.TrueForAll(s => s.WrittenDecimals == decimals && !s.HasExponent)) return NumberZeros.Padded;
        return shapes.Exists(s => s is { WrittenDecimals: 1, Decimals: 0 }) ? NumberZeros.One : NumberZeros.Trimmed;
    }

    /// <summary>What stands around the digits of all texts, with the separators and the minus sign; null where it is not the same around all.</summary>
    private static NumberStyle? Affixes(IReadOnlyList<string> texts, NumberHints hints)
    {
        string first = texts[0];
        int begin = first.AsSpan().IndexOfAnyInRange('0', '9'), end = first.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        if (begin < 0) return null;
        if (begin > 0 && first[begin - 1] == hints.Decimal) begin--;
        (string prefix, bool inside) = WithoutSign(first[..begin]);
        string suffix = first[end..];
        if (prefix.Length > MostAffix || suffix.Length > MostAffix || !prefix.All(IsPrefix) || !suffix.All(c => IsSuffix(c,
            texts.Count > FewTexts))) return null;
        int width = prefix.All(c => c == ' ') && texts.Any(text => text.Length - text.AsSpan().TrimStart(' ').Length != prefix.Length) ? first.Length : 0;
        bool Signed(string text) => prefix.Length > 0 && width == 0 && text.AsSpan().IndexOfAny("+-\u2212") >= prefix.Length;
        return new NumberStyle(NumberRounding.Double, 0)
        {
            Prefix = width > 0 ? "" : prefix,
            Suffix = suffix,
            Width = width,
            SignInside = inside || texts.Any(Signed),
            Point = hints.Decimal,
            Thousands = hints.Thousands,
            Minus = texts.Any(text => text.Contains('\u2212', StringComparison.Ordinal)) ? '\u2212' : '-',
        };
    }

    /// <summary>A sign is no part of what stands before the digits; whether it comes after it.</summary>
    private static (string Prefix, bool Inside) WithoutSign(string text) => text.AsSpan().IndexOfAny("+-\u2212") is >= 0 and var at
        ? (text.Remove(at, 1), at > 0) : (text, false);

    private static bool IsPrefix(char c) => c == ' ' || char.GetUnicodeCategory(c) == UnicodeCategory.CurrencySymbol || c is '\u00A0' or '\u202F' or '\t';

    /// <summary>Units may be names of few things, too ("5b"), which are as well told apart as categories.</summary>
    private static bool IsSuffix(char c, bool units) => IsPrefix(c) || c is '%' or '\u2030' or '\u00B0'
        || (units && (char.IsLetter(c) || c is '/' or '\u00B2' or '\u00B3' or '\u00B5'));
}

/// <summary>What the text of a number looks like.</summary>
internal readonly record struct NumberShape
{
    public bool IsNegative { get; private init; }

    public bool HasPlus { get; private init; }

    public bool IsZero { get; private init; }

    public bool HasGroups { get; private init; }

    /// <summary>Whether nothing stands before the decimal separator.</summary>
    public bool IsBare { get; private init; }

    public bool HasExponent { get; private init; }

    /// <summary>Whether the exponent's letter is a capital.</summary>
    public bool IsUpper { get; private init; }

    /// <summary>Digits after the decimal separator as written.</summary>
    public int WrittenDecimals { get; private init; }

    /// <summary>Digits after the decimal separator that the number needs when it is written without an exponent.</summary>
    public int Decimals { get; private init; }

    /// <summary>Digits from the first that is not 0 to the last that is not.</summary>
    public int Significant { get; private init; }

    /// <summary>Digits before the exponent.</summary>
    public int MantissaDigits { get; private init; }

    /// <summary>The shape of a text; null where it is no number.</summary>
    /// <param name="text">The text.</param>
    /// <param name="affixes">What stands around the digits, and the separators.</param>
    public static NumberShape? Of(string text, NumberStyle affixes)
    {
        ReadOnlySpan<char> rest = text;
        if (affixes.Width > 0) rest = rest.TrimStart(' ');
        if (affixes.SignInside && !Take(ref rest, affixes.Prefix)) return null;
        bool negative = rest.Length > 0 && rest[0] == affixes.Minus, plus = rest.Length > 0 && rest[0] == '+';
        if (negative || plus) rest = rest[1..];
        if (!affixes.SignInside && !Take(ref rest, affixes.Prefix)) return null;
        if (!rest.EndsWith(affixes.Suffix)) return null;
        rest = rest[..^affixes.Suffix.Length];
        int letter = rest.IndexOfAny('e', 'E'), exponent = 0;
        bool upper = letter >= 0 && rest[letter] == 'E';
        if (letter >= 0)
        {
            if (!int.TryParse(rest[(letter + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
                || Math.Abs(exponent) > 400) return null;
            rest = rest[..letter];
        }
        int point = rest.IndexOf(affixes.Point);
        ReadOnlySpan<char> whole = point < 0 ? rest : rest[..point], fraction = point < 0 ? [] : rest[(point + 1)..];
        bool groups = affixes.Thousands is { } separator && whole.Contains(separator);
        if ((whole.IsEmpty && fraction.IsEmpty) || (point >= 0 && fraction.IsEmpty) || !IsDigits(fraction)) return null;
        foreach (char c in whole) if (!char.IsAsciiDigit(c) && c != affixes.Thousands) return null;
        Span<char> digits = whole.Length + fraction.Length < 64 ? stackalloc char[64] : new char[whole.Length + fraction.Length];
        int count = 0;
        foreach (char c in whole) if (char.IsAsciiDigit(c)) digits[count++] = c;
        fraction.CopyTo(digits[count..]);
        digits = digits[..(count + fraction.Length)];
        ReadOnlySpan<char> needed = digits.TrimStart('0').TrimEnd('0');
        int zeros = digits.Length - digits.TrimEnd('0').Length;
        return new NumberShape
        {
            IsNegative = negative,
            HasPlus = plus,
            IsZero = needed.IsEmpty,
            HasGroups = groups,
            IsBare = whole.IsEmpty,
            HasExponent = letter >= 0,
            IsUpper = upper,
            WrittenDecimals = fraction.Length,
            Decimals = needed.IsEmpty ? 0 : Math.Max(0, fraction.Length - exponent - zeros),
            Significant = needed.Length,
            MantissaDigits = digits.Length,
        };
    }

    private static bool IsDigits(ReadOnlySpan<char> text)
    {
        foreach (char c in text) if (!char.IsAsciiDigit(c)) return false;
        return true;
    }

    private static bool Take(ref ReadOnlySpan<char> rest, string prefix)
    {
        if (!rest.StartsWith(prefix)) return false;
        rest = rest[prefix.Length..];
        return true;
    }
}
