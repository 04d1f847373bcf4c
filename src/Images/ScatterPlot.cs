using SkiaSharp;

namespace GanPipeline.Images;

/// <summary>Points of one panel of a <see cref="ScatterPlot"/>.</summary>
/// <param name="Points">Row-major [N, 2]: x (to the right), y (upwards).</param>
/// <param name="Labels">The class of each point, which decides its colour.</param>
internal sealed record ScatterPanel(ReadOnlyMemory<float> Points, ReadOnlyMemory<int> Labels);

/// <summary>
/// Scatter pictures of two-dimensional data: panels side by side with the same scale, so that before and after, or real and generated, can be compared by eye.
/// Each panel has a frame and lines at x = 0 and y = 0. Points are coloured by class; of two that overlap, the one of the rarer class is on top, because it is
/// the one that the picture is about.
/// </summary>
internal static class ScatterPlot
{
    private const int Margin = 10;

    /// <summary>Okabe and Ito's colours, which most people with a colour vision deficiency can tell apart, in an order that sets the first two apart
    /// best.</summary>
    private static readonly SKColor[] Palette =
    [
        new(0, 114, 178), new(213, 94, 0), new(0, 158, 115), new(204, 121, 167), new(230, 159, 0), new(86, 180, 233), new(100, 100, 100), new(0, 0, 0),
    ];

    /// <summary>Draws the panels side by side, each <paramref name="size"/> pixels wide and high, on white.</summary>
    /// <exception cref="ArgumentException">No panel, no point, a label count that differs, or a coordinate that is not finite.</exception>
    public static SKBitmap Draw(IReadOnlyList<ScatterPanel> panels, int size = 400)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 4 * Margin);
        Scale scale = Scale.Of(panels, size - 2 * Margin);
        var picture = new SKBitmap(new SKImageInfo(checked(size * panels.Count), size, SKColorType.Rgb888x, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(picture);
        canvas.Clear(SKColors.White);
        foreach (ScatterPanel panel in panels)
        {
            DrawAxes(canvas, size, scale);
            DrawPoints(canvas, panel, scale);
            canvas.Translate(size, 0);
        }
        return picture;
    }

    private static void DrawAxes(SKCanvas canvas, int size, Scale scale)
    {
        using var paint = new SKPaint { Color = new SKColor(225, 225, 225), StrokeWidth = 1, IsStroke = true };
        SKPoint zero = scale.Place(0, 0);
        float last = size - Margin + 0.5f;
        if (zero.X > Margin && zero.X < last) canvas.DrawLine(zero.X, Margin, zero.X, last, paint);
        if (zero.Y > Margin && zero.Y < last) canvas.DrawLine(Margin, zero.Y, last, zero.Y, paint);
        paint.Color = new SKColor(160, 160, 160);
        canvas.DrawRect(Margin + 0.5f, Margin + 0.5f, last - Margin - 0.5f, last - Margin - 0.5f, paint);
    }

    private static void DrawPoints(SKCanvas canvas, ScatterPanel panel, Scale scale)
    {
        float[] points = panel.Points.ToArray();
        foreach (var group in panel.Labels.ToArray().Index().GroupBy(p => p.Item).OrderByDescending(g => g.Count()).ThenBy(g => g.Key))
        {
            using var paint = new SKPaint
            {
                Color = Palette[(int)((uint)group.Key % Palette.Length)],
                StrokeWidth = 4.5f,
                StrokeCap = SKStrokeCap.Round,
                IsAntialias = true,
            };
            canvas.DrawPoints(SKPointMode.Points, [.. group.Select(p => scale.Place(points[2 * p.Index], points[2 * p.Index + 1]))], paint);
        }
    }

    /// <summary>Maps data to the pixels of a panel: one unit is as long upwards as to the right, and all points lie inside the frame.</summary>
    private readonly record struct Scale(double MinX, double MinY, double PixelsPerUnit, int Frame)
    {
        /// <summary>The middle of a pixel.</summary>
        public SKPoint Place(double x, double y) => new(Middle(Margin + (x - MinX) * PixelsPerUnit), Middle(Margin + Frame - (y - MinY) * PixelsPerUnit));

        private static float Middle(double pixel) => (float)Math.Clamp(Math.Round(pixel), -1e6, 1e6) + 0.5f; // zero may lie far outside the data

        public static Scale Of(IReadOnlyList<ScatterPanel> panels, int frame)
        {
            double minX = double.MaxValue, minY = double.MaxValue, maxX = double.MinValue, maxY = double.MinValue;
            foreach (var panel in panels)
            {
                if (panel.Points.Length != 2 * panel.Labels.Length)
                {
                    throw new ArgumentException($"{panel.Points.Length} coordinates do not fit {panel.Labels.Length} labels: each point has two",
                        nameof(panels));
                }

                var points = panel.Points.Span;
                for (var i = 0; i < points.Length; i += 2)
                {
                    if (!float.IsFinite(points[i]) || !float.IsFinite(points[i + 1]))
                    {
                        throw new ArgumentException($"point {i / 2} is ({points[i]}, {points[i + 1]}); only finite points can be drawn", nameof(panels));
                    }

                    (minX, maxX) = (Math.Min(minX, points[i]), Math.Max(maxX, points[i]));
                    (minY, maxY) = (Math.Min(minY, points[i + 1]), Math.Max(maxY, points[i + 1]));
                }
            }

            if (minX > maxX)
            {
                throw new ArgumentException("there is no point to draw", nameof(panels));
            }

            var range = Math.Max(Math.Max(maxX - minX, maxY - minY), 1e-6) * 1.08; // a little air around the data
            var (middleX, middleY) = ((minX + maxX) / 2, (minY + maxY) / 2);
            return new Scale(middleX - range / 2, middleY - range / 2, frame / range, frame);
        }
    }
}
