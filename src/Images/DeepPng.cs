using System.Buffers.Binary;
using System.IO.Compression;
using GanPipeline.Primitives;

namespace GanPipeline.Images;

/// <summary>
/// The samples of a PNG of 16 bits a sample as they are in the file (ISO/IEC 15948, sections 7 to 9). Skia gives 8 bits of grey, and of colours half-precision
/// numbers (11 bits; it refuses its own formats of 16 and 32 bits), of which it cannot be told whether a file holds 12 bits of a camera or a dark picture.
/// </summary>
internal static class DeepPng
{
    private static readonly (int X, int Y, int StepX, int StepY)[] Whole = [(0, 0, 1, 1)],
        Interlaced = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>[rows × columns × channels], 1 or 3 channels: without an alpha channel.</summary>
    /// <param name="path">For messages.</param>
    /// <param name="bytes">A file that Skia has decoded and whose chunks have been checked.</param>
    /// <exception cref="UserErrorException">The pixels are damaged.</exception>
    public static ushort[] Samples(string path, ReadOnlySpan<byte> bytes)
    {
        const int Header = 16; // signature, and length and name of the first chunk
        int columns = BinaryPrimitives.ReadInt32BigEndian(bytes[Header..]), rows = BinaryPrimitives.ReadInt32BigEndian(bytes[(Header + 4)..]);
        int channels = bytes[Header + 9] is 0 or 4 ? 1 : 3, step = 2 * (channels + (bytes[Header + 9] >= 4 ? 1 : 0));
        ushort[] samples = new ushort[rows * columns * channels];
        using var pixels = new ZLibStream(Compressed(bytes), CompressionMode.Decompress);
        try
        {
            foreach ((int left, int top, int stepX, int stepY) in bytes[Header + 12] == 0 ? Whole : Interlaced)
            {
                int width = (columns - left + stepX - 1) / stepX;
                byte[] line = new byte[1 + width * step], above = new byte[1 + width * step];
                for (int y = top; y < rows && width > 0; y += stepY, (line, above) = (above, line))
                {
                    pixels.ReadExactly(line);
                    Unfilter(line, above, step);
                    for (int i = 0; i < width; i++)
                        for (int c = 0; c < channels; c++)
                            samples[(y * columns + left + i * stepX) * channels + c] = BinaryPrimitives.ReadUInt16BigEndian(line.AsSpan(1 + i * step + 2 * c));
                }
            }
            return samples;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new UserErrorException($"{path}: the pixels of the PNG image are damaged.", e);
        }
    }

    private static MemoryStream Compressed(ReadOnlySpan<byte> bytes)
    {
        var all = new MemoryStream();
        for (int place = 8; place < bytes.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(bytes[place..]);
            ReadOnlySpan<byte> name = bytes.Slice(place + 4, 4);
            if (name.SequenceEqual("IDAT"u8)) all.Write(bytes.Slice(place + 8, length));
            if (name.SequenceEqual("IEND"u8)) break;
            place += length + 12;
        }
        all.Position = 0;
        return all;
    }

    /// <summary>Takes the filter off a line, whose first byte names it.</summary>
    private static void Unfilter(Span<byte> line, ReadOnlySpan<byte> above, int step)
    {
        for (int i = 1; i < line.Length; i++)
        {
            int left = i > step ? line[i - step] : 0, up = above[i], corner = i > step ? above[i - step] : 0;
            line[i] += (byte)(line[0] switch { 1 => left, 2 => up, 3 => (left + up) / 2, 4 => Paeth(left, up, corner), _ => 0 });
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        int sum = left + up - corner, toLeft = Math.Abs(sum - left), toUp = Math.Abs(sum - up), toCorner = Math.Abs(sum - corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
}
