using GanPipeline.Primitives;
using SkiaSharp;

namespace GanPipeline.Images;

/// <summary>Writes pictures as PNG, by Skia: 8 bits a channel, grey or RGB.</summary>
internal static class PngFile
{
    // Without filters, for grids of samples and plots are mostly flat; a higher level takes half as long again for 2 % fewer bytes.
    private static readonly SKPngEncoderOptions Options = new(SKPngEncoderFilterFlags.None, zLibLevel: 3);

    /// <summary>Writes <paramref name="picture"/> to <paramref name="path"/>, at once or not at all.</summary>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public static void Write(string path, SKBitmap picture) => AtomicFile.Write(path, stream => Write(stream, picture));

    /// <summary>Writes <paramref name="picture"/> to <paramref name="stream"/>.</summary>
    public static void Write(Stream stream, SKBitmap picture)
    {
        // Not into the stream itself: what goes wrong with that would be lost between here and Skia.
        using SKPixmap pixels = picture.PeekPixels();
        using SKData png = pixels.Encode(Options) ?? throw new InvalidOperationException($"Skia writes no PNG of {pixels.ColorType}");
        png.SaveTo(stream);
    }
}
