using GanPipeline.Images;
using GanPipeline.Primitives;

namespace GanPipeline.Report.Charts;

/// <summary>Draws into pixels on white, with smoothed edges, and with letters of its own: a server often has no fonts.</summary>
internal sealed class RasterCanvas : ICanvas
{
    /// <summary>Pixels per unit.</summary>
    private const double Scale = 2;
    private readonly Raster _picture;

    private RasterCanvas(Raster picture) => _picture = picture;

    public static Raster Picture(Chart chart)
    {
        var picture = new Raster((int)(Chart.Width * Scale), (int)(chart.Height * Scale), 3);
        Array.Fill(picture.Data, (byte)255);
        chart.Draw(new RasterCanvas(picture));
        return picture;
    }

    public void Rectangle(double x, double y, double width, double height, Ink ink)
    {
        (int left, int right) = Range(x * Scale, (x + width) * Scale, _picture.Width);
        (int top, int bottom) = Range(y * Scale, (y + height) * Scale, _picture.Height);
        for (int row = top; row < bottom; row++)
            for (int column = left; column < right; column++)
                Blend(column, row, ink, Overlap(column, x * Scale, (x + width) * Scale) * Overlap(row, y * Scale, (y + height) * Scale));
    }

    public void Line(IReadOnlyList<(double X, double Y)> points, Ink ink, double width)
    {
        if (points.Count == 1) Stroke(points[0], points[0], ink, width);
        for (int i = 1; i < points.Count; i++) Stroke(points[i - 1], points[i], ink, width);
    }

    public void Text(double x, double y, string text, Anchor anchor, Ink ink, double size)
    {
        double unit = size / StrokeFont.Height, left = x - anchor switch
        {
            Anchor.Start => 0,
            Anchor.Middle => StrokeFont.Width(text) * unit / 2,
            _ => StrokeFont.Width(text) * unit
        };
        foreach ((double X, double Y)[] stroke in StrokeFont.Strokes(text))
            Line([.. stroke.Select(p => (left + p.X * unit, y + p.Y * unit))], ink, size / 11);
    }

    private void Stroke((double X, double Y) from, (double X, double Y) to, Ink ink, double width)
    {
        double x1 = from.X * Scale, y1 = from.Y * Scale, dx = to.X * Scale - x1, dy = to.Y * Scale - y1, half = Math.Max(width * Scale, 1) / 2,
            length = dx * dx + dy * dy;
        (int left, int right) = Range(Math.Min(x1, x1 + dx) - half - 1, Math.Max(x1, x1 + dx) + half + 1, _picture.Width);
        (int top, int bottom) = Range(Math.Min(y1, y1 + dy) - half - 1, Math.Max(y1, y1 + dy) + half + 1, _picture.Height);
        for (int row = top; row < bottom; row++)
        {
            for (int column = left; column < right; column++)
            {
                double px = column + 0.5 - x1, py = row + 0.5 - y1, along = length > 0 ? Math.Clamp((px * dx + py * dy) / length, 0, 1) : 0;
                Blend(column, row, ink, Math.Clamp(half + 0.5 - Math.Sqrt(Math.Pow(px - along * dx, 2) + Math.Pow(py - along * dy, 2)), 0, 1));
            }
        }
    }

    private static (int From, int To) Range(double from, double to, int limit) =>
        ((int)Math.Clamp(Math.Floor(from), 0, limit), (int)Math.Clamp(Math.Ceiling(to), 0, limit));

    private static double Overlap(int pixel, double from, double to) => Math.Clamp(Math.Min(pixel + 1, to) - Math.Max(pixel, from), 0, 1);

    private void Blend(int x, int y, Ink ink, double cover)
    {
        if (cover <= 0) return;
        Span<byte> pixel = _picture[x, y];
        pixel[0] = Mix(pixel[0], ink.Light.R, cover);
        pixel[1] = Mix(pixel[1], ink.Light.G, cover);
        pixel[2] = Mix(pixel[2], ink.Light.B, cover);
    }

    private static byte Mix(byte below, byte above, double cover) => (byte)Math.Round(below + (above - below) * cover);
}
