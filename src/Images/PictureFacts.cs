using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using GanPipeline.Primitives;
using SkiaSharp;

namespace GanPipeline.Images;

/// <summary>
/// What a picture's file holds about its pixels and Skia keeps to itself: from the chunks of a PNG (ISO/IEC 15948, section 11; eXIf and acTL of its third
/// edition) and the segments of a JPEG (ITU-R T.81, annex B).
/// </summary>
internal sealed record PictureFacts
{
    private const int LargestProfile = 4 << 20;

    /// <summary>Bits of a sample.</summary>
    public int Bits { get; private init; } = 8;

    /// <summary>Bytes of a PNG's compressed pixels; null for other pictures.</summary>
    public long? PixelBytes { get; private init; }

    /// <summary>
    /// Whether the file can hold so many pixels: deflate shrinks no more than 1032 times, so that a small PNG takes no memory for a large one.
    /// </summary>
    public bool CanHold(long pixels) => PixelBytes is not { } bytes || pixels * Math.Max(Bits, 1) <= bytes * 8 * 1032;

    /// <summary>Whether it is a PNG whose samples are grey, with or without transparency.</summary>
    public bool IsGreyPng { get; private init; }

    /// <summary>Whether it is a JPEG of four inks.</summary>
    public bool IsCmyk { get; private init; }

    /// <summary>Pictures of an animated PNG, of which the first is what every program shows; 1 for all others.</summary>
    public int Frames { get; private init; } = 1;

    /// <summary>How a PNG is to be turned, by its EXIF data. Skia knows it of a JPEG.</summary>
    public SKEncodedOrigin Origin { get; private init; } = SKEncodedOrigin.TopLeft;

    /// <summary>Name of a colour space that is not sRGB; null for sRGB and for files that name none, which are taken for it.</summary>
    public string? Profile { get; private init; }

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads the bytes of a file.</summary>
    /// <exception cref="UserErrorException">It is damaged or cut short.</exception>
    public static PictureFacts Of(string path, ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(PngSignature) ? OfPng(path, bytes) : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]) ? OfJpeg(path, bytes) : new PictureFacts();

    /// <summary>Walks all chunks: Skia forgives wrong checksums and a missing end, but a data set must not.</summary>
    private static PictureFacts OfPng(string path, ReadOnlySpan<byte> bytes)
    {
        var facts = new PictureFacts();
        bool saysSrgb = false;
        string? named = null, measured = null;
        for (int place = PngSignature.Length; ;)
        {
            uint length = bytes.Length - place < 12 ? uint.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(bytes[place..]);
            if (length > bytes.Length - place - 12) throw new UserErrorException($"{path}: the PNG image is cut short at byte {place}.");
            ReadOnlySpan<byte> chunk = bytes.Slice(place + 4, (int)length + 4), body = chunk[4..];
            if (Crc32.HashToUInt32(chunk) != BinaryPrimitives.ReadUInt32BigEndian(bytes[(place + 8 + (int)length)..]))
                throw new UserErrorException($"{path}: the PNG image is damaged: a checksum at byte {place} does not hold.");
            switch (Encoding.Latin1.GetString(chunk[..4]))
            {
                case "IHDR" when body.Length == 13:
                    facts = facts with { Bits = body[8], IsGreyPng = body[9] is 0 or 4 };
                    break;
                case "IDAT":
                    facts = facts with { PixelBytes = (facts.PixelBytes ?? 0) + body.Length };
                    break;
                case "sRGB":
                    saysSrgb = true;
                    break;
                case "iCCP" when body.IndexOf((byte)0) is > 0 and var end && end + 2 < body.Length:
                    facts = facts.WithProfile(Inflated(body[(end + 2)..]));
                    break;
                case "cICP" when body.Length == 4 && (body[0], body[1]) != (1, 13):
                    named = $"cICP {body[0]}/{body[1]}";
                    break;
                case "gAMA" when body.Length == 4 && BinaryPrimitives.ReadUInt32BigEndian(body) / 1e5 is > 0 and var gamma && Math.Abs(gamma - 1 / 2.2) > 0.02:
                    measured = FormattableString.Invariant($"gamma {1 / gamma:F1}");
                    break;
                case "cHRM" when body.Length == 32 && !HasPrimariesOfSrgb(body):
                    measured ??= "other primaries (cHRM)";
                    break;
                case "eXIf":
                    facts = facts with { Origin = Orientation(body) };
                    break;
                case "acTL" when body.Length == 8:
                    facts = facts with { Frames = (int)Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(body), 1, int.MaxValue) };
                    break;
                case "IEND":
                    return named is null && (saysSrgb || facts.Profile is not null || measured is null) ? facts
                        : facts with { Profile = named ?? measured };
            }
            place += 12 + (int)length;
        }
    }

    /// <summary>Chromaticities in units of 0.00001: white, red, green, blue.</summary>
    private static bool HasPrimariesOfSrgb(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<int> wanted = [31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000];
        for (int i = 0; i < wanted.Length; i++)
            if (Math.Abs(BinaryPrimitives.ReadUInt32BigEndian(body[(4 * i)..]) - (long)wanted[i]) > 500) return false;
        return true;
    }

    /// <summary>
    /// Walks the segments to the end, without which Skia takes a progressive image that is cut short for a whole one. What is damaged before the pixels, the
    /// decoder will say.
    /// </summary>
    private static PictureFacts OfJpeg(string path, ReadOnlySpan<byte> bytes)
    {
        const byte Start = 0xDA, End = 0xD9, Fill = 0xFF, FirstFrame = 0xC0, LastFrame = 0xCF, Profile = 0xE2;
        var facts = new PictureFacts();
        var parts = new SortedDictionary<int, byte[]>();
        bool hasPixels = false;
        for (int place = 2; place + 2 <= bytes.Length && bytes[place] == 0xFF;)
        {
            byte marker = bytes[place + 1];
            if (marker == End) return parts.Count > 0 ? facts.WithProfile([.. parts.Values.SelectMany(p => p)]) : facts;
            int length = marker == Fill ? -1 : place + 4 > bytes.Length ? int.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(bytes[(place + 2)..]);
            if (length > bytes.Length - place - 2 || length is 0 or 1) break;
            ReadOnlySpan<byte> body = marker == Fill ? [] : bytes.Slice(place + 4, length - 2);
            // C4, C8 and CC are no frames but tables and arithmetic coding's.
            if (marker is >= FirstFrame and <= LastFrame and not (0xC4 or 0xC8 or 0xCC) && body.Length > 5) facts = facts with { IsCmyk = body[5] == 4 };
            if (marker == Profile && body.StartsWith("ICC_PROFILE\0"u8) && body.Length > 14) parts[body[12]] = body[14..].ToArray(); // at most 255 of 64 kB
            place += 2 + length;
            if (marker != Start) continue;
            hasPixels = true;
            // Among pixels, FF is followed by 00, or by the number of a restart, D0 to D7.
            while (place + 1 < bytes.Length && (bytes[place] != 0xFF || bytes[place + 1] is 0 or (>= 0xD0 and <= 0xD7)))
            {
                int next = bytes[(place + 1)..].IndexOf((byte)0xFF);
                place = next < 0 ? bytes.Length : place + 1 + next;
            }
        }
        return hasPixels ? throw new UserErrorException($"{path}: the JPEG image is damaged or cut short: it has no end.") : facts;
    }

    private PictureFacts WithProfile(byte[] profile)
    {
        using SKColorSpaceIccProfile? icc = SKColorSpaceIccProfile.Create(profile);
        using SKColorSpace? space = icc is null ? null : SKColorSpace.CreateIcc(icc);
        return space is { IsSrgb: true } ? this : this with { Profile = NameOf(profile) };
    }

    /// <summary>At most so much as a profile may be; damaged data are no profile.</summary>
    private static byte[] Inflated(ReadOnlySpan<byte> compressed)
    {
        using var source = new ZLibStream(new MemoryStream(compressed.ToArray()), CompressionMode.Decompress);
        using var profile = new MemoryStream();
        byte[] some = new byte[8192];
        try
        {
            while (profile.Length < LargestProfile && source.Read(some) is > 0 and var read) profile.Write(some, 0, read);
            return profile.ToArray();
        }
        catch (Exception e) when (e is InvalidDataException or IOException) { return []; }
    }

    /// <summary>The description of an ICC profile (ICC.1:2022, sections 7.3 and 9.2.41; text as versions 2 and 4 have it), made fit to be shown.</summary>
    private static string NameOf(ReadOnlySpan<byte> profile)
    {
        const int Tags = 128, Longest = 60;
        string name = "";
        int count = profile.Length < Tags + 4 ? 0 : (int)Math.Min(100, BinaryPrimitives.ReadUInt32BigEndian(profile[Tags..]));
        for (int place = Tags + 4; count > 0 && place + 12 <= profile.Length; count--, place += 12)
        {
            if (!profile[place..].StartsWith("desc"u8)) continue;
            ReadOnlySpan<byte> text = Part(profile, BinaryPrimitives.ReadUInt32BigEndian(profile[(place + 4)..]),
                BinaryPrimitives.ReadUInt32BigEndian(profile[(place + 8)..]));
            name = text.StartsWith("desc"u8) && text.Length > 12
                ? Encoding.Latin1.GetString(Part(text, 12, BinaryPrimitives.ReadUInt32BigEndian(text[8..])))
                : text.StartsWith("mluc"u8) && text.Length >= 28 ? Encoding.BigEndianUnicode.GetString(Part(text,
                    BinaryPrimitives.ReadUInt32BigEndian(text[24..]), BinaryPrimitives.ReadUInt32BigEndian(text[20..]))) : "";
        }
        name = string.Concat(name.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(Longest)).Trim();
        return name.Length > 0 ? name : "an ICC profile without a name";
    }

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> bytes, uint start, uint length) =>
        start > bytes.Length ? [] : bytes.Slice((int)start, (int)Math.Min(length, (uint)bytes.Length - start));

    /// <summary>Tag 274 of the first directory of EXIF data (EXIF 2.3, section 4.6.2: a TIFF file of either byte order).</summary>
    private static SKEncodedOrigin Orientation(ReadOnlySpan<byte> exif)
    {
        bool big = exif.StartsWith("MM"u8);
        if (exif.Length < 8) return SKEncodedOrigin.TopLeft;
        ReadOnlySpan<byte> directory = Part(exif, Number(exif[4..], 4), uint.MaxValue);
        int count = directory.Length < 2 ? 0 : (int)Number(directory, 2);
        for (int place = 2; count > 0 && place + 12 <= directory.Length; count--, place += 12)
            if (Number(directory[place..], 2) == 274 && Number(directory[(place + 8)..], 2) is >= 1 and <= 8 and var origin) return (SKEncodedOrigin)origin;
        return SKEncodedOrigin.TopLeft;

        uint Number(ReadOnlySpan<byte> at, int bytes) => (big, bytes) switch
        {
            (true, 2) => BinaryPrimitives.ReadUInt16BigEndian(at),
            (false, 2) => BinaryPrimitives.ReadUInt16LittleEndian(at),
            (true, _) => BinaryPrimitives.ReadUInt32BigEndian(at),
            _ => BinaryPrimitives.ReadUInt32LittleEndian(at),
        };
    }
}
