namespace GanPipeline.Images;

/// <summary>Puts many small images of one size into one picture, row by row.</summary>
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
    public static Raster Compose(ReadOnlySpan<byte> pixels, int channels, int height, int width, int columns, int padding = 2, byte background = 128)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        var size = checked(channels * height * width);
        if (size < 1 || pixels.Length == 0 || pixels.Length % size != 0)
        {
            throw new ArgumentException($"{pixels.Length} bytes are no whole number of images of {channels} x {height} x {width}", nameof(pixels));
        }

        var count = pixels.Length / size;
        columns = Math.Min(columns, count);
        var rows = (count + columns - 1) / columns;
        var grid = new Raster(checked(padding + columns * (width + padding)), checked(padding + rows * (height + padding)), channels);
        Array.Fill(grid.Data, background);
        for (var image = 0; image < count; image++)
        {
            var left = padding + image % columns * (width + padding);
            var top = padding + image / columns * (height + padding);
            Copy(pixels.Slice(image * size, size), grid, left, top, height, width);
        }

        return grid;
    }

    private static void Copy(ReadOnlySpan<byte> image, Raster grid, int left, int top, int height, int width)
    {
        for (var channel = 0; channel < grid.Channels; channel++)
        {
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    grid[left + x, top + y][channel] = image[(channel * height + y) * width + x];
                }
            }
        }
    }
}
