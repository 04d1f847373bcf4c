using SkiaSharp;

namespace GanPipeline.Images;

/// <summary>Puts images of one size, as networks have them, into one picture, row by row.</summary>
internal static class ImageGrid
{
    /// <summary>Composes a grid; places that the last row does not fill keep the background.</summary>
    /// <param name="pixels">Row-major [images, channels, height, width], as networks have them.</param>
    /// <param name="channels">1 (grey) or 3 (RGB).</param>
    /// <param name="height">Height of an image.</param>
    /// <param name="width">Width of an image.</param>
    /// <param name="columns">Images in a row of the grid.</param>
    /// <param name="padding">Pixels between images and around them.</param>
    /// <param name="background">Grey value of padding and empty places.</param>
    /// <returns>A picture of <see cref="SKColorType.Gray8"/> or <see cref="SKColorType.Rgb888x"/>.</returns>
    public static SKBitmap Compose(ReadOnlySpan<byte> pixels, int channels, int height, int width, int columns, int padding = 2, byte background = 128)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        if (channels is not (1 or 3)) throw new ArgumentOutOfRangeException(nameof(channels), channels, "a picture has 1 channel (grey) or 3 (RGB)");
        int size = checked(channels * height * width);
        if (size < 1 || pixels.Length == 0 || pixels.Length % size != 0)
            throw new ArgumentException($"{pixels.Length} bytes are no whole number of images of {channels} x {height} x {width}", nameof(pixels));
        int count = pixels.Length / size;
        columns = Math.Min(columns, count);
        int rows = (count + columns - 1) / columns;
        var grid = new SKBitmap(new SKImageInfo(checked(padding + columns * (width + padding)), checked(padding + rows * (height + padding)),
            channels == 1 ? SKColorType.Gray8 : SKColorType.Rgb888x, SKAlphaType.Opaque));
        Span<byte> all = grid.GetPixelSpan();
        all.Fill(background);
        for (int image = 0; image < count; image++)
        {
            int left = padding + image % columns * (width + padding), top = padding + image / columns * (height + padding);
            ReadOnlySpan<byte> planes = pixels.Slice(image * size, size);
            for (int y = 0; y < height; y++)
            {
                Span<byte> row = all.Slice((top + y) * grid.RowBytes + left * grid.BytesPerPixel, width * grid.BytesPerPixel);
                if (channels == 1) planes.Slice(y * width, width).CopyTo(row);
                else Interleave(planes, height * width, y * width, row);
            }
        }
        return grid;
    }

    private static void Interleave(ReadOnlySpan<byte> planes, int plane, int first, Span<byte> row)
    {
        for (int x = 0; 4 * x < row.Length; x++)
            (row[4 * x], row[4 * x + 1], row[4 * x + 2]) = (planes[first + x], planes[plane + first + x], planes[2 * plane + first + x]);
    }
}
