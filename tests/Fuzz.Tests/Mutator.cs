using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace GanPipeline.Fuzz.Tests;

/// <summary>
/// Changes bytes as accidents and attackers do: bits, runs, cuts, pieces of other files, numbers at the edges of types, depth, and words that mean something.
/// </summary>
internal static class Mutator
{
    public const int LongestInput = 200_000;

    private static readonly long[] Numbers =
    [
        0, 1, -1, 2, 127, 128, 255, 256, 32767, 65535, 65536, 1 << 20, int.MaxValue, int.MinValue, 1L << 31, uint.MaxValue, 1L << 32, 1L << 40,
        long.MaxValue, long.MinValue,
    ];

    private static readonly string[] Texts =
    [
        "-1", "0", "1", "2147483647", "2147483648", "-2147483649", "4294967296", "9223372036854775807", "9223372036854775808", "99999999999999999999",
        "1e999", "-1e999", "1e-400", "1e38", "3.5e38", "NaN", "Infinity", "-Infinity", ".nan", ".inf", "nan", "inf", "-0", "05", "0x7f", "1_000", "1,5",
        "1.5", "+5", "null", "~", "true", "false", "yes", "", " ", "''", "\"\"", "\"", "'", "[", "]", "{", "}", ":", ": ", ",", "\n", "\r", "\r\n", "\t",
        "\0", "#", "- ", "? ", "|\n", ">\n", "&a ", "*a", "&a [*a]", "? *a\n: 1", "!!int ", "! ", "%TAG ! x\n", "---\n", "...\n", "<<: ", "@", "`",
        "\u001b[31m", "\u202e", "\u2028", "\ufeff", "\ud800", "\u00e9", "e\u0301", "\uffff", "2024-02-30", "31.12.2023", "0001-01-01",
        "9999-12-31T23:59:60Z", "12:00", "=1+2", "<b>&", "../../x", "/dev/zero", "\\u0000", "\\", "{\"a\":", "[[", "{a: ", "null,", ",,", "\"a\"\"b\"",
        "$type", "__proto__",
    ];

    private static readonly string[] Nesting =
    [
        "[", "{a: ", "{", "- ", "? ", "[[", "{\"a\":", "(", "\"", "''", ",", "\n ", "  ", "a.", "\\",
    ];

    /// <summary>One to eight changes to a copy.</summary>
    public static byte[] Mutate(FuzzRandom random, byte[] input, IReadOnlyList<byte[]> others)
    {
        byte[] bytes = input;
        for (int left = 1 + random.Below(random.Chance(0.5) ? 1 : 8); left > 0; left--) bytes = Once(random, bytes, others);
        return bytes.Length <= LongestInput ? bytes : bytes[..LongestInput];
    }

    private static byte[] Once(FuzzRandom random, byte[] bytes, IReadOnlyList<byte[]> others)
    {
        int at = random.Below(bytes.Length + 1), length = random.Below(Math.Min(bytes.Length - at, 1 << random.Below(12)) + 1);
        switch (random.Below(13))
        {
            case 0 when at < bytes.Length: return Changed(bytes, at, b => (byte)(b ^ (1 << random.Below(8))));
            case 1 when at < bytes.Length: return Changed(bytes, at, _ => random.Of<byte>([0, 1, 9, 10, 13, 32, 34, 39, 44, 0x7F, 0x80, 0xC0, 0xFE, 0xFF]));
            case 2: // a run of one value
                byte[] run = [.. bytes];
                run.AsSpan(at, length).Fill((byte)random.Below(256));
                return run;
            case 3: return [.. bytes[..at], .. bytes[(at + length)..]];
            case 4: return bytes[..at];
            case 5: return Inserted(bytes, random.Below(bytes.Length + 1), Repeated(bytes[at..(at + length)], 1 + random.Below(1 << random.Below(7))));
            case 6: // the beginning of this, the end of another
                byte[] other = random.Of(others);
                return [.. bytes[..at], .. other[random.Below(other.Length + 1)..]];
            case 7 or 8: return Inserted(bytes, at, Encoding.UTF8.GetBytes(random.Of(Texts)));
            case 9: return WithNumber(random, bytes, at);
            case 10: return WithText(random, bytes, at);
            case 11: return Inserted(bytes, at, Repeated(Encoding.UTF8.GetBytes(random.Of(Nesting)), 1 + random.Below(1 << random.Below(15))));
            default:
                byte[] noise = new byte[1 + random.Below(16)];
                for (int i = 0; i < noise.Length; i++) noise[i] = (byte)random.Next();
                return Inserted(bytes, at, noise);
        }
    }

    /// <summary>A binary number of 1, 2, 4 or 8 bytes is overwritten by one at the edge of some type.</summary>
    private static byte[] WithNumber(FuzzRandom random, byte[] bytes, int at)
    {
        Span<byte> number = stackalloc byte[8];
        long value = random.Chance(0.8) ? random.Of(Numbers) : (long)random.Next();
        int size = 1 << random.Below(4);
        if (random.Chance(0.5)) BinaryPrimitives.WriteInt64LittleEndian(number, value);
        else
        {
            BinaryPrimitives.WriteInt64BigEndian(number, value);
            number = number[(8 - size)..];
        }
        byte[] changed = [.. bytes];
        for (int i = 0; i < size && at + i < changed.Length; i++) changed[at + i] = number[i];
        return changed;
    }

    /// <summary>The number or word at a place of a text is replaced by another.</summary>
    private static byte[] WithText(FuzzRandom random, byte[] bytes, int at)
    {
        static bool IsWord(byte b) => b is (byte)'.' or (byte)'-' or (byte)'+' or (byte)'_' || char.IsAsciiLetterOrDigit((char)b);
        int from = at, to = at;
        while (from > 0 && IsWord(bytes[from - 1])) from--;
        while (to < bytes.Length && IsWord(bytes[to])) to++;
        string word = random.Chance(0.7) ? random.Of(Texts) : random.Of(Numbers).ToString(CultureInfo.InvariantCulture);
        return [.. bytes[..from], .. Encoding.UTF8.GetBytes(word), .. bytes[to..]];
    }

    private static byte[] Changed(byte[] bytes, int at, Func<byte, byte> change)
    {
        byte[] changed = [.. bytes];
        changed[at] = change(changed[at]);
        return changed;
    }

    private static byte[] Inserted(byte[] bytes, int at, byte[] piece) => [.. bytes[..at], .. piece, .. bytes[at..]];

    private static byte[] Repeated(byte[] piece, int times)
    {
        if (piece.Length == 0) return piece;
        byte[] all = new byte[piece.Length * (int)Math.Min(times, LongestInput / (long)piece.Length)];
        for (int i = 0; i < all.Length; i++) all[i] = piece[i % piece.Length];
        return all;
    }
}
