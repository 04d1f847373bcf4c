using System.Globalization;
using System.Text;

namespace GanPipeline.Tables;

/// <summary>Writes numbers in their style.</summary>
internal sealed partial record NumberStyle
{
    /// <summary>Writes the text of a number in UTF-8 and gives its length; 0 for NaN.</summary>
    public int Write(double value, Span<byte> text)
    {
        if (double.IsNaN(value)) return 0;
        double size = Math.Abs(value);
        Span<byte> digits = stackalloc byte[32];
        int count, power;
        if (Rounding == NumberRounding.Decimals && size * Power(Digits) is < WholeLimit and var scaled)
        {
            ulong whole = (ulong)Math.Round(scaled);
            whole.TryFormat(digits, out count, default, CultureInfo.InvariantCulture);
            if (Exponent == NumberExponent.None) return Surround(Sign(value, whole == 0), text, Fixed(digits[..count], text));
            (count, power) = whole == 0 ? (0, 0) : (digits[..count].TrimEnd((byte)'0').Length, count - 1 - Digits);
        }
        else
        {
            (count, power) = Shorten(size, digits);
        }
        return Surround(Sign(value, count == 0), text, IsScientific(count, power) ? Scientific(digits[..count], power, text) : Plain(digits[..count], power,
            text));
    }

    /// <summary>Writes the text of a whole number in UTF-8 and gives its length.</summary>
    public int Write(long value, Span<byte> text)
    {
        Span<byte> digits = stackalloc byte[32];
        ulong size = value < 0 ? (ulong)-(value + 1) + 1 : (ulong)value;
        size.TryFormat(digits, out int count, default, CultureInfo.InvariantCulture);
        return Surround(value < 0 ? Minus : Plus && (value > 0 || PlusZero) ? '+' : '\0', text, Fixed(digits[..count], text));
    }

    private char Sign(double value, bool zero) => zero
        ? double.IsNegative(value) && NegativeZero ? Minus : PlusZero ? '+' : '\0'
        : value < 0 ? Minus : Plus ? '+' : '\0';

    /// <summary>The significant digits of a number, without zeros at the end, and the power of ten of the first; none for 0.</summary>
    private (int Count, int Power) Shorten(double size, Span<byte> digits)
    {
        if (size == 0) return (0, 0);
        Span<byte> text = stackalloc byte[64];
        int written;
        if (Rounding == NumberRounding.Single) ((float)size).TryFormat(text, out written, "R", CultureInfo.InvariantCulture);
        else if (Rounding == NumberRounding.Significant) size.TryFormat(text, out written, $"E{Digits - 1}", CultureInfo.InvariantCulture);
        else size.TryFormat(text, out written, "R", CultureInfo.InvariantCulture);
        ReadOnlySpan<byte> shortest = text[..written];
        int exponent = 0;
        if (shortest.IndexOf((byte)'E') is >= 0 and var e)
        {
            exponent = int.Parse(shortest[(e + 1)..], CultureInfo.InvariantCulture);
            shortest = shortest[..e];
        }
        int point = shortest.IndexOf((byte)'.'), before = point < 0 ? shortest.Length : point, count = 0, leading = 0;
        foreach (byte c in shortest)
        {
            if (c == '.') continue;
            if (count == 0 && c == '0') leading++;
            else digits[count++] = c;
        }
        return (digits[..count].TrimEnd((byte)'0').Length, before - 1 - leading + exponent);
    }

    private bool IsScientific(int count, int power)
    {
        if (Exponent == NumberExponent.None || (count == 0 && Exponent is not (NumberExponent.Always or NumberExponent.AlwaysUpper))) return false;
        if (Exponent == NumberExponent.R)
        {
            int plain = power < 0 ? 1 - power + count : Math.Max(power + 1, count) + (count > power + 1 ? 1 : 0);
            return plain > count + (count > 1 ? 1 : 0) + 2 + Math.Max(2, Math.Abs(power).ToString(CultureInfo.InvariantCulture).Length);
        }
        ExponentSpelling spelling = ExponentSpelling.Of(this);
        return power < spelling.Low || power >= spelling.High;
    }

    /// <summary>The digits of a whole number of units in the last place, with the point where it belongs.</summary>
    private int Fixed(ReadOnlySpan<byte> digits, Span<byte> text)
    {
        Span<byte> room = stackalloc byte[64];
        int zeros = Math.Max(0, Digits + 1 - digits.Length), size = zeros + digits.Length;
        room[..zeros].Fill((byte)'0');
        digits.CopyTo(room[zeros..]);
        int length = Groups(room[..(size - Digits)], text);
        return Fraction(room[(size - Digits)..size], text, length);
    }

    private int Plain(ReadOnlySpan<byte> digits, int power, Span<byte> text)
    {
        Span<byte> room = stackalloc byte[Room];
        int before = Math.Max(1, power + 1), size = Math.Max(before, before + digits.Length - 1 - power);
        if (digits.IsEmpty) (before, size) = (1, 1);
        room[..size].Fill((byte)'0');
        if (!digits.IsEmpty) digits.CopyTo(room[(before - 1 - power)..]);
        int length = Groups(room[..before], text);
        return Fraction(room[before..size], text, length);
    }

    private int Scientific(ReadOnlySpan<byte> digits, int power, Span<byte> text)
    {
        Span<byte> fraction = stackalloc byte[32];
        int places = Zeros == NumberZeros.Padded ? Math.Max(0, Digits - 1) : Math.Max(0, digits.Length - 1);
        fraction[..places].Fill((byte)'0');
        if (digits.Length > 1) digits[1..].CopyTo(fraction);
        text[0] = digits.IsEmpty ? (byte)'0' : digits[0];
        // Python writes 1e-05, where Java writes 1.0E-5.
        int length = places == 0 && (Zeros != NumberZeros.One || Exponent != NumberExponent.Java) ? 1 : Fraction(fraction[..places], text, 1);
        ExponentSpelling spelling = ExponentSpelling.Of(this);
        text[length++] = (byte)spelling.Letter;
        if (power < 0) text[length++] = (byte)'-';
        else if (spelling.Plus) text[length++] = (byte)'+';
        int size = Math.Abs(power);
        for (int left = spelling.Digits - size.ToString(CultureInfo.InvariantCulture).Length; left > 0; left--) text[length++] = (byte)'0';
        size.TryFormat(text[length..], out int written, default, CultureInfo.InvariantCulture);
        return length + written;
    }

    private int Groups(ReadOnlySpan<byte> digits, Span<byte> text)
    {
        if (Thousands is not { } separator || digits.Length <= 3)
        {
            digits.CopyTo(text);
            return digits.Length;
        }
        int length = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            if (i > 0 && (digits.Length - i) % 3 == 0) length += Put(separator, text[length..]);
            text[length++] = digits[i];
        }
        return length;
    }

    private int Fraction(ReadOnlySpan<byte> digits, Span<byte> text, int length)
    {
        ReadOnlySpan<byte> kept = Zeros == NumberZeros.Padded ? digits : digits.TrimEnd((byte)'0');
        if (kept.IsEmpty && Zeros == NumberZeros.One) kept = "0"u8;
        if (kept.IsEmpty) return length;
        if (BareFraction && length == 1 && text[0] == '0') length = 0;
        length += Put(Point, text[length..]);
        kept.CopyTo(text[length..]);
        return length + kept.Length;
    }

    /// <summary>Puts sign, prefix, suffix and blanks around digits that stand at the beginning of a text.</summary>
    private int Surround(char sign, Span<byte> text, int length)
    {
        if (sign == '\0' && Prefix.Length == 0 && Suffix.Length == 0 && Width == 0) return length;
        int signBytes = sign switch { '\0' => 0, < '\u0080' => 1, _ => 3 }, prefix = Encoding.UTF8.GetByteCount(Prefix);
        int blanks = Math.Max(0, Width - length - signBytes - prefix - Suffix.Length), before = blanks + signBytes + prefix;
        text[..length].CopyTo(text[before..]);
        text[..blanks].Fill((byte)' ');
        Encoding.UTF8.GetBytes(Prefix, text[(blanks + (SignInside ? 0 : signBytes))..]);
        if (sign != '\0') Put(sign, text[(blanks + (SignInside ? prefix : 0))..]);
        return before + length + Encoding.UTF8.GetBytes(Suffix, text[(before + length)..]);
    }

    private static int Put(char c, Span<byte> text) => new Rune(c).EncodeToUtf8(text);
}
