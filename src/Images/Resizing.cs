namespace GanPipeline.Images;

/// <summary>A rectangle of an image, in pixels; its edges may lie inside pixels.</summary>
/// <param name="Top">Distance of the upper edge from the image's.</param>
/// <param name="Left">Distance of the left edge from the image's.</param>
/// <param name="Height">Height, above 0.</param>
/// <param name="Width">Width, above 0.</param>
internal readonly record struct PixelBox(double Top, double Left, double Height, double Width);

/// <summary>
/// Changes the size of 8-bit images with a filter that is as much wider as an image gets smaller, so that every pixel counts and nothing aliases; where the
/// image grows, it interpolates. What Pillow calls BILINEAR (a triangle) and BICUBIC (Keys 1981, a = -0.5).
/// </summary>
internal static class Resizing
{
    /// <summary>Scales one channel by the triangle.</summary>
    /// <param name="plane">[rows × columns] row-major.</param>
    /// <param name="rows">Height of the image.</param>
    /// <param name="columns">Width of the image.</param>
    /// <param name="box">The part of the image that becomes the result; it must lie inside.</param>
    /// <param name="newRows">Height of the result.</param>
    /// <param name="newColumns">Width of the result.</param>
    /// <param name="result">[newRows × newColumns] row-major, rounded to the nearest value.</param>
    public static void Bilinear(ReadOnlySpan<byte> plane, int rows, int columns, PixelBox box, int newRows, int newColumns, Span<byte> result)
    {
        var exact = new float[newRows * newColumns];
        Scale(plane, columns, Taps(columns, box.Left, box.Width, newColumns, Triangle, 1), Taps(rows, box.Top, box.Height, newRows, Triangle, 1), 0.5f, exact);
        for (var i = 0; i < exact.Length; i++)
        {
            result[i] = (byte)Math.Clamp(exact[i], 0, 255);
        }
    }

    /// <summary>Scales one channel by the bicubic filter. Beside edges the result may lie below 0 or above 255.</summary>
    /// <param name="plane">[rows × columns] row-major.</param>
    /// <param name="rows">Height of the image.</param>
    /// <param name="columns">Width of the image.</param>
    /// <param name="newRows">Height of the result.</param>
    /// <param name="newColumns">Width of the result.</param>
    /// <param name="result">[newRows × newColumns] row-major, neither rounded nor clamped.</param>
    public static void Bicubic(ReadOnlySpan<byte> plane, int rows, int columns, int newRows, int newColumns, Span<float> result) =>
        Scale(plane, columns, Taps(columns, 0, columns, newColumns, Cubic, 2), Taps(rows, 0, rows, newRows, Cubic, 2), 0, result);

    private static double Triangle(double x) => Math.Max(0, 1 - Math.Abs(x));

    private static double Cubic(double x)
    {
        x = Math.Abs(x);
        return x < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
    }

    private static void Scale(ReadOnlySpan<byte> plane, int columns, Tap[] across, Tap[] down, float start, Span<float> result)
    {
        int newColumns = across.Length, first = down.Min(t => t.First), last = down.Max(t => t.First + t.Weights.Length);
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

        for (var row = 0; row < down.Length; row++)
        {
            var tap = down[row];
            for (var column = 0; column < newColumns; column++)
            {
                var sum = start;
                for (var k = 0; k < tap.Weights.Length; k++)
                {
                    sum += tap.Weights[k] * narrowed[(tap.First - first + k) * newColumns + column];
                }

                result[row * newColumns + column] = sum;
            }
        }
    }

    /// <param name="pixels">Pixels of the image in this direction.</param>
    /// <param name="start">Where the part begins that is scaled.</param>
    /// <param name="length">Its length.</param>
    /// <param name="results">Pixels of the result.</param>
    /// <param name="filter">Weight by the distance from the centre.</param>
    /// <param name="support">The distance from which on it is 0.</param>
    private static Tap[] Taps(int pixels, double start, double length, int results, Func<double, double> filter, double support)
    {
        double scale = length / results, wider = Math.Max(1, scale), reach = support * wider;
        var taps = new Tap[results];
        for (var i = 0; i < results; i++)
        {
            var centre = start + (i + 0.5) * scale;
            int first = Math.Max(0, (int)Math.Floor(centre - reach + 0.5)), end = Math.Min(pixels, (int)Math.Floor(centre + reach + 0.5));
            var weights = new double[end - first];
            for (var k = 0; k < weights.Length; k++)
            {
                weights[k] = filter((first + k + 0.5 - centre) / wider);
            }

            var sum = weights.Sum();
            taps[i] = new Tap(first, Array.ConvertAll(weights, w => (float)(w / sum)));
        }

        return taps;
    }

    private readonly record struct Tap(int First, float[] Weights);
}
