using System.Buffers.Binary;

namespace GanPipeline.Report.Pages;

/// <summary>A PNG file's bytes and size, as far as a page needs them.</summary>
internal sealed record Png(byte[] Bytes, int Width, int Height)
{
    private const int MostBytes = 16 << 20, MostPixels = 20_000, HeaderEnd = 26; // signature, IHDR up to the colour type

    private static ReadOnlySpan<byte> Beginning => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D',
        (byte)'R'];

    /// <exception cref="UserErrorException">It is no PNG file, or too large for a page.</exception>
    public static Png Read(string path)
    {
        byte[] bytes = InputFile.ReadBytes(path, "move the picture out of the folder.", MostBytes);
        if (bytes.Length < HeaderEnd || !bytes.AsSpan().StartsWith(Beginning))
            throw new UserErrorException($"{path}: is no PNG picture; move it out of the folder.");
        int width = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), height = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20));
        if (width is < 1 or > MostPixels || height is < 1 or > MostPixels)
            throw new UserErrorException($"{path}: a picture of {width} x {height} pixels is damaged or too large; move it out of the folder.");
        return new Png(bytes, width, height);
    }
}
