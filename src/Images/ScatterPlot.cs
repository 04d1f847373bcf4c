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
    private const int Margin = 10, Radius = 2;

    /// <summary>Okabe and Ito's colours, which most people with a colour vision deficiency can tell apart, in an order that sets the first two apart
    /// best.</summary>
    private static readonly byte[][] Palette =
    [
        [0, 114, 178], [213, 94, 0], [0, 158, 115], [204, 121, 167], [230, 159, 0], [86, 180, 233], [100, 100, 100], [0, 0, 0],
    ];

    /// <summary>Draws the panels side by side, each <paramref name="size"/> pixels wide and high, on white.</summary>
    /// <exception cref="ArgumentException">No panel, no point, a label count that differs, or a coordinate that is not finite.</exception>
    public static Raster Draw(IReadOnlyList<ScatterPanel> panels, int size = 400)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 4 * Margin);
        var scale = Scale.Of(panels, size - 2 * Margin);
        var picture = new Raster(size * panels.Count, size, 3);
        Array.Fill(picture.Data, (byte)255);
        for (var i = 0; i < panels.Count; i++)
        {
            DrawAxes(picture, i * size, size, scale);
            DrawPoints(picture, i * size, panels[i], scale);
        }

        return picture;
    }

    private static void DrawAxes(Raster picture, int left, int size, Scale scale)
    {
        var (zeroX, zeroY) = scale.ToPixel(0, 0);
        var last = size - Margin;
        for (var k = Margin; k <= last; k++)
        {
            SetGrey(picture, left + k, Margin, 160);
            SetGrey(picture, left + k, last, 160);
            SetGrey(picture, left + Margin, k, 160);
            SetGrey(picture, left + last, k, 160);
            if (zeroX > Margin && zeroX < last)
            {
                SetGrey(picture, left + zeroX, k, 225);
            }

            if (zeroY > Margin && zeroY < last)
            {
                SetGrey(picture, left + k, zeroY, 225);
            }
        }
    }

    private static void SetGrey(Raster picture, int x, int y, byte value) => picture[x, y].Fill(value);

    private static void DrawPoints(Raster picture, int left, ScatterPanel panel, Scale scale)
    {
        var labels = panel.Labels.ToArray();
        var counts = labels.CountBy(label => label).ToDictionary();
        var order = Enumerable.Range(0, labels.Length).OrderByDescending(i => counts[labels[i]]).ThenBy(i => labels[i]);
        var points = panel.Points;
        foreach (var i in order)
        {
            var (x, y) = scale.ToPixel(points.Span[2 * i], points.Span[2 * i + 1]);
            var colour = Palette[(int)((uint)labels[i] % Palette.Length)];
            for (var dy = -Radius; dy <= Radius; dy++)
            {
                for (var dx = -Radius; dx <= Radius; dx++)
                {
                    if (dx * dx + dy * dy <= Radius * Radius)
                    {
                        colour.CopyTo(picture[left + x + dx, y + dy]);
                    }
                }
            }
        }
    }

    /// <summary>Maps data to the pixels of a panel: one unit is as long upwards as to the right, and all points lie inside the frame.</summary>
    private readonly record struct Scale(double MinX, double MinY, double PixelsPerUnit, int Frame)
    {
        public (int X, int Y) ToPixel(double x, double y)
        {
            var column = Margin + (x - MinX) * PixelsPerUnit;
            var row = Margin + Frame - (y - MinY) * PixelsPerUnit;
            return ((int)Math.Clamp(Math.Round(column), -1e6, 1e6), (int)Math.Clamp(Math.Round(row), -1e6, 1e6)); // zero may lie far outside the data
        }

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
