namespace GanPipeline.Primitives;

/// <summary>A rectangle of an image, in pixels; its edges may lie inside pixels.</summary>
/// <param name="Top">Distance of the upper edge from the image's.</param>
/// <param name="Left">Distance of the left edge from the image's.</param>
/// <param name="Height">Height, above 0.</param>
/// <param name="Width">Width, above 0.</param>
public readonly record struct PixelBox(double Top, double Left, double Height, double Width);

/// <summary>
/// Changes the size of 8-bit images with a triangle filter: bilinear interpolation where an image grows; where it shrinks the triangle is as much wider as the
/// image gets smaller, so that every pixel counts and nothing aliases (what Pillow calls BILINEAR).
/// </summary>
public static class Resampling
{
    /// <summary>Scales one channel.</summary>
    /// <param name="plane">[rows × columns] row-major.</param>
    /// <param name="rows">Height of the image.</param>
    /// <param name="columns">Width of the image.</param>
    /// <param name="box">The part of the image that becomes the result; it must lie inside.</param>
    /// <param name="newRows">Height of the result.</param>
    /// <param name="newColumns">Width of the result.</param>
    /// <param name="result">[newRows × newColumns] row-major, rounded to the nearest value.</param>
    public static void Bilinear(ReadOnlySpan<byte> plane, int rows, int columns, PixelBox box, int newRows, int newColumns, Span<byte> result)
    {
        Tap[] across = Taps(columns, box.Left, box.Width, newColumns), down = Taps(rows, box.Top, box.Height, newRows);
        int first = down.Min(t => t.First), last = down.Max(t => t.First + t.Weights.Length);
        var narrowed = new float[(last - first) * newColumns];
        for (var row = first; row < last; row++)
        {
            var line = plane.Slice(row * columns, columns);
            for (var column = 0; column < newColumns; column++)
            {
                var tap = across[column];
                var sum = 0f;
                for (var k = 0; k < tap.Weights.Length; k++)
                {
                    sum += tap.Weights[k] * line[tap.First + k];
                }

                narrowed[(row - first) * newColumns + column] = sum;
            }
        }

        for (var row = 0; row < newRows; row++)
        {
            var tap = down[row];
            for (var column = 0; column < newColumns; column++)
            {
                var sum = 0.5f;
                for (var k = 0; k < tap.Weights.Length; k++)
                {
                    sum += tap.Weights[k] * narrowed[(tap.First - first + k) * newColumns + column];
                }

                result[row * newColumns + column] = (byte)Math.Clamp(sum, 0, 255);
            }
        }
    }

    private static Tap[] Taps(int pixels, double start, double length, int results)
    {
        double scale = length / results, reach = Math.Max(1, scale);
        var taps = new Tap[results];
        for (var i = 0; i < results; i++)
        {
            var centre = start + (i + 0.5) * scale;
            int first = Math.Max(0, (int)Math.Floor(centre - reach + 0.5)), end = Math.Min(pixels, (int)Math.Floor(centre + reach + 0.5));
            var weights = new double[end - first];
            for (var k = 0; k < weights.Length; k++)
            {
                weights[k] = Math.Max(0, 1 - Math.Abs(first + k + 0.5 - centre) / reach);
            }

            var sum = weights.Sum();
            taps[i] = new Tap(first, Array.ConvertAll(weights, w => (float)(w / sum)));
        }

        return taps;
    }

    private readonly record struct Tap(int First, float[] Weights);
}
