using System.Buffers.Binary;
using GanPipeline.Primitives;
using SkiaSharp;

namespace GanPipeline.Training.Data;

/// <summary>A decoded image.</summary>
/// <param name="Planes">[channels × rows × columns]; 1 channel for grey images, 3 (red, green, blue) for all others.</param>
/// <param name="Channels">1 or 3.</param>
/// <param name="Rows">Height.</param>
/// <param name="Columns">Width.</param>
internal sealed record DecodedImage(byte[] Planes, int Channels, int Rows, int Columns)
{
    /// <summary>The same image with one channel (luma of ITU-R BT.601, as JPEG has it) or three (grey three times).</summary>
    public DecodedImage WithChannels(int channels)
    {
        if (channels == Channels) return this;
        int area = Rows * Columns;
        byte[] planes = new byte[channels * area];
        for (int i = 0; i < area; i++)
        {
            if (channels == 3) planes[i] = planes[area + i] = planes[2 * area + i] = Planes[i];
            else planes[i] = (byte)((299 * Planes[i] + 587 * Planes[area + i] + 114 * Planes[2 * area + i] + 500) / 1000);
        }
        return new DecodedImage(planes, channels, Rows, Columns);
    }
}

/// <summary>
/// PNG and JPEG files to pixels, by Skia. The files are not trusted: their size and the dimensions that they claim are bounded before anything is decoded, a
/// PNG's checksums must hold, and an image that ends early is refused. Transparent parts become black; the orientation that a camera noted is applied.
/// </summary>
internal static class ImageDecoder
{
    private const long LargestFile = 256 << 20;
    private const int LargestSide = 16384, LargestArea = 1 << 25;

    /// <summary>Names that are taken for images.</summary>
    public static bool IsImage(string path) => Path.GetExtension(path).ToLowerInvariant() is ".png" or ".jpg" or ".jpeg";

    /// <summary>Reads a file.</summary>
    /// <exception cref="UserErrorException">It cannot be read, is too large, or ends early.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            if (file.Length > LargestFile) throw new UserErrorException(
                $"{path}: {file.Length >> 20} MB are too many for an image (at most {LargestFile >> 20}).");
            byte[] bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: cannot be read ({e.Message.TrimEnd('.')}).", e);
        }
    }

    /// <summary>Decodes the bytes of a file.</summary>
    /// <exception cref="UserErrorException">They are no PNG or JPEG, are damaged or cut short, or claim absurd dimensions.</exception>
    public static unsafe DecodedImage Decode(string path, byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith(PngSignature)) CheckPng(path, bytes);
        fixed (byte* start = bytes)
        {
            using SKData? data = bytes.Length == 0 ? null : SKData.Create((nint)start, bytes.Length);
            using SKCodec? codec = data is null ? null : SKCodec.Create(data);
            if (codec is not { EncodedFormat: SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg })
                throw new UserErrorException($"{path}: it is no readable PNG or JPEG image.");
            (int columns, int rows) = (codec.Info.Width, codec.Info.Height);
            if (columns > LargestSide || rows > LargestSide || (long)columns * rows > LargestArea)
                throw new UserErrorException($"{path}: it claims {columns}x{rows} pixels; at most {LargestSide} a side and {LargestArea} in all are read.");
            bool grey = codec.Info.ColorType == SKColorType.Gray8;
            var format = new SKImageInfo(columns, rows, grey ? SKColorType.Gray8 : SKColorType.Rgba8888, grey ? SKAlphaType.Opaque : SKAlphaType.Premul);
            byte[] pixels = new byte[format.BytesSize];
            fixed (byte* target = pixels)
            {
                SKCodecResult result = codec.GetPixels(format, (nint)target);
                if (result != SKCodecResult.Success)
                    throw new UserErrorException($"{path}: the image is damaged or cut short ({result}).");
            }
            return Turned(pixels, grey ? 1 : 3, rows, columns, codec.EncodedOrigin);
        }
    }

    /// <summary>Interleaved pixels to planes, turned and mirrored as the origin says (EXIF 2.3, tag 274).</summary>
    private static DecodedImage Turned(byte[] pixels, int channels, int rows, int columns, SKEncodedOrigin origin)
    {
        bool swapped = origin >= SKEncodedOrigin.LeftTop;
        bool fromRight = origin is SKEncodedOrigin.TopRight or SKEncodedOrigin.BottomRight or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        bool fromBottom = origin is SKEncodedOrigin.BottomRight or SKEncodedOrigin.BottomLeft or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom;
        (int height, int width) = swapped ? (columns, rows) : (rows, columns);
        int bytes = channels == 1 ? 1 : 4, area = rows * columns;
        byte[] planes = new byte[channels * area];
        for (int y = 0, place = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, place++)
            {
                (int row, int column) = swapped ? (x, y) : (y, x);
                int source = ((fromBottom ? rows - 1 - row : row) * columns + (fromRight ? columns - 1 - column : column)) * bytes;
                for (int c = 0; c < channels; c++) planes[c * area + place] = pixels[source + c];
            }
        }
        return new DecodedImage(planes, channels, height, width);
    }

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Walks a PNG's chunks (ISO/IEC 15948, section 5): Skia forgives wrong checksums and a missing end, but a data set must not.</summary>
    private static void CheckPng(string path, ReadOnlySpan<byte> bytes)
    {
        for (int place = PngSignature.Length; ;)
        {
            uint length = bytes.Length - place < 12 ? uint.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(bytes[place..]);
            if (length > bytes.Length - place - 12) throw new UserErrorException($"{path}: the PNG image is cut short at byte {place}.");
            ReadOnlySpan<byte> chunk = bytes.Slice(place + 4, (int)length + 4);
            if (PngFile.Checksum(chunk) != BinaryPrimitives.ReadUInt32BigEndian(bytes[(place + 8 + (int)length)..]))
                throw new UserErrorException($"{path}: the PNG image is damaged: a checksum at byte {place} does not hold.");
            if (chunk.StartsWith("IEND"u8)) return;
            place += 12 + (int)length;
        }
    }
}
