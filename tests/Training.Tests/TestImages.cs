using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using GanPipeline.Images;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;
using SkiaSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

/// <summary>Images for tests, as files and out of data sets.</summary>
internal static class TestImages
{
    /// <summary>A PNG file; <paramref name="value"/> gives each byte by its place, channels interleaved.</summary>
    public static byte[] PngBytes(int channels, int rows, int columns, Func<int, int> value)
    {
        using var stream = new MemoryStream();
        int area = rows * columns;
        byte[] planes = [.. Enumerable.Range(0, area * channels).Select(i => (byte)value(i % area * channels + i / area))];
        using SKBitmap picture = ImageGrid.Compose(planes, channels, rows, columns, columns: 1, padding: 0);
        PngFile.Write(stream, picture);
        return stream.ToArray();
    }

    public static void Png(TemporaryFolder folder, string name, int channels, int rows, int columns, Func<int, int> value)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        File.WriteAllBytes(folder[name], PngBytes(channels, rows, columns, value));
    }

    /// <summary>A grey PNG whose header says what it likes, with a few compressed zeros and right checksums.</summary>
    public static byte[] PngThatClaims(int width, int height, int pixels)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(new byte[pixels]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", compressed.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>A PNG file of any kind, with more chunks before the pixels.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="bits">Of a sample.</param>
    /// <param name="colourType">As PNG numbers them: 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA.</param>
    /// <param name="pixels">Bytes of the rows, without the filter bytes.</param>
    /// <param name="more">Names and contents of chunks.</param>
    public static byte[] PngOf(int width, int height, byte bits, byte colourType, byte[] pixels, params (string Type, byte[] Data)[] more) =>
        PngOf(width, height, bits, colourType, more, [.. pixels.Chunk(pixels.Length / height).SelectMany(row => row.Prepend((byte)0))], isInterlaced: false);

    /// <summary>An interlaced PNG file of the lines of the seven passes, each after its filter's number.</summary>
    public static byte[] PngOf(int width, int height, byte bits, byte colourType, (string Type, byte[] Data)[] more, byte[] lines, bool isInterlaced = true)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(lines);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (bits, colourType, (byte)(isInterlaced ? 1 : 0));
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", header), .. more.SelectMany(c => Chunk(c.Type, c.Data)), .. Chunk("IDAT", compressed.ToArray()),
            .. Chunk("IEND", [])];
    }

    /// <summary>Samples of 16 bits as a PNG has them.</summary>
    public static byte[] Deep(params IEnumerable<int> samples) => [.. samples.SelectMany(s => new[] { (byte)(s >> 8), (byte)s })];

    /// <summary>A JPEG file whose left half has one colour and whose right half may have another.</summary>
    public static byte[] Jpeg(int width, int height, SKColor left, SKColor? right = null)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(left);
        if (right is { } colour) bitmap.Erase(colour, new SKRectI(width / 2, 0, width, height));
        return bitmap.Encode(SKEncodedImageFormat.Jpeg, 95).ToArray();
    }

    /// <summary>A progressive JPEG of 16 x 16 pixels: red grows to the right, green downwards; by Pillow 9.4 (quality 50).</summary>
    public static byte[] ProgressiveJpeg => Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9j" +
        "QjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wgARCAAQABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAABAX/xAAVAQEBAAAA" +
        "AAAAAAAAAAAAAAAAAf/aAAwDAQACEAMQAAABnpUmv//EABUQAQEAAAAAAAAAAAAAAAAAAAIA/9oACAEBAAEFAiIiIiL/xAAWEQADAAAAAAAAAAAAAAAAAAAAAwT/2gAIAQMBAT8Bnef/" +
        "xAAWEQADAAAAAAAAAAAAAAAAAAAAAgP/2gAIAQIBAT8Bap//xAAUEAEAAAAAAAAAAAAAAAAAAAAg/9oACAEBAAY/Ah//xAAUEAEAAAAAAAAAAAAAAAAAAAAg/9oACAEBAAE/IQq//9oA" +
        "DAMBAAIAAwAAABBT/8QAFhEAAwAAAAAAAAAAAAAAAAAAACEx/9oACAEDAQE/EIM//8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAgBAgEBPxB//8QAFhAAAwAAAAAAAAAAAAAAAAAAACEx" +
        "/9oACAEBAAE/EIIgiCII/9k=");

    /// <summary>The APP1 segment with EXIF's orientation tag alone.</summary>
    public static byte[] Exif(byte orientation) =>
        [0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];

    public static byte[] Image(Dataset data, int index)
    {
        using Tensor image = data.Samples[index].contiguous();
        return image.data<byte>().ToArray();
    }

    public static byte[] Firsts(Dataset data) => [.. Enumerable.Range(0, (int)data.Count).Select(i => Image(data, i)[0])];

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] length = new byte[4], checksum = new byte[4], body = [.. Encoding.ASCII.GetBytes(type), .. data];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(checksum, Crc32.HashToUInt32(body));
        return [.. length, .. body, .. checksum];
    }
}
