using GanPipeline.Images;
using GanPipeline.Primitives;
using GanPipeline.Report.Charts;

namespace GanPipeline.Report.Tests;

public sealed class ChartTests
{
    [Theory]
    [InlineData(0, 10, 5, "0 2 4 6 8 10")]
    [InlineData(0.48, 0.51, 5, "0.48 0.49 0.50 0.51")]
    [InlineData(-1e-6, 1e-6, 2, "-1e-6 0 1e-6")]
    [InlineData(-5e6, 0, 5, "-5e6 -4e6 -3e6 -2e6 -1e6 0")]
    [InlineData(3, 3, 4, "1 2 3 4 5")]
    [InlineData(double.NaN, 1, 2, "0.0 0.5 1.0")]
    public void AnAxisHasRoundNumbers(double low, double high, int steps, string marks)
        => Assert.Equal(marks.Replace("0.0 ", "0 ", StringComparison.Ordinal),
            string.Join(' ', new Axis(low, high, 0, 100, steps, widen: true).Marks.Select(m => m.Text)));

    [Fact]
    public void AnAxisMapsItsEndsToItsPlaces()
    {
        var axis = new Axis(0, 10, 50, 250, 5, widen: false);
        Assert.Equal((50, 150, 250), (axis.Place(0), axis.Place(5), axis.Place(10)));
    }

    [Fact]
    public void AThinnedCurveKeepsItsSpike()
    {
        double[] x = [.. Enumerable.Range(0, 100_000).Select(i => (double)i)], y = new double[100_000];
        y[54_321] = 7;
        var canvas = new Recorder();
        new LineChart("t", "d", "step", [new Series("s", x, y)]).Draw(canvas);
        List<(double X, double Y)> line = [.. canvas.Lines.MaxBy(l => l.Count)!];
        Assert.InRange(line.Count, 300, 700);
        Assert.Equal(canvas.Lines.SelectMany(l => l).Where(p => line.Contains(p)).Min(p => p.Y), line.Min(p => p.Y));
        Assert.True(line.Min(p => p.Y) < line.Max(p => p.Y) - 100);
    }

    [Fact]
    public void AGapInTheNumbersIsAGapInTheLine()
    {
        var canvas = new Recorder();
        new LineChart("t", "d", "step", [new Series("s", [1, 2, 3, 4, 5], [1, 2, double.NaN, 4, 5])]).Draw(canvas);
        Assert.Equal(2, canvas.Inks.Count(i => i == Ink.Of(0)));
    }

    [Fact]
    public void PixelsShowWhatTheVectorsSay()
    {
        Raster picture = RasterCanvas.Picture(new BarChart("t", "d", ["a", "b"], ["n"], [[new Bar(10), new Bar(5)]]));
        int Blue(int fromY, int toY) => Enumerable.Range(fromY, toY - fromY)
            .Sum(y => Enumerable.Range(0, picture.Width).Count(x => picture[x, y] is [0, 114, 178]));
        int split = (8 + 28) * 2;
        double ratio = (double)Blue(0, split) / Blue(split, picture.Height);
        Assert.InRange(ratio, 1.95, 2.05);
    }

    [Fact]
    public void EveryPrintableLetterHasAShapeOfItsOwn()
    {
        const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,-+=%/():;_'\"!?<>|[]*";
        string[] shapes = [.. Letters.Select(l => string.Join(' ', StrokeFont.Strokes($"{l}").Select(s => string.Join(',', s))))];
        Assert.Equal(Letters.Length - 1, shapes.Distinct().Count()); // 0 and O look the same
        Assert.NotEmpty(StrokeFont.Strokes("\u4e16")); // a box
    }

    private sealed class Recorder : ICanvas
    {
        public List<IReadOnlyList<(double X, double Y)>> Lines { get; } = [];

        public List<Ink> Inks { get; } = [];

        public void Rectangle(double x, double y, double width, double height, Ink ink) { }

        public void Line(IReadOnlyList<(double X, double Y)> points, Ink ink, double width)
        {
            Lines.Add(points);
            if (points.Count > 1 && width < 3) Inks.Add(ink);
        }

        public void Text(double x, double y, string text, Anchor anchor, Ink ink, double size) { }
    }
}
