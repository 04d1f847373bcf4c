using System.Globalization;
using System.Xml.Linq;
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
        XElement svg = Drawn(new LineChart("t", "d", "step", [new Series("s", x, y)]));
        double[] heights = [.. Lines(svg, "c0").Single().Attribute("points")!.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => double.Parse(p.Split(',')[1], CultureInfo.InvariantCulture))];
        Assert.InRange(heights.Length, 300, 700);
        double highest = Lines(svg, "rule").Min(l => double.Parse(l.Attribute("points")!.Value.Split(',', ' ')[1], CultureInfo.InvariantCulture));
        Assert.InRange(heights.Min(), highest, heights.Max() - 100); // y is downwards; the line of the highest mark is at 8
        Assert.Equal(1, heights.Count(h => h < heights.Max()));
    }

    [Fact]
    public void AGapInTheNumbersIsAGapInTheLine() =>
        Assert.Equal(2, Lines(Drawn(new LineChart("t", "d", "step", [new Series("s", [1, 2, 3, 4, 5], [1, 2, double.NaN, 4, 5])])), "c0").Count());

    [Fact]
    public void BarsAreAsLongAsTheirNumbers()
    {
        XElement svg = Drawn(new BarChart("t", "d", ["a", "b"], ["n"], [[new Bar(10), new Bar(5)]]));
        double[] widths = [.. svg.Elements().Where(e => e.Name.LocalName == "rect")
            .Select(e => double.Parse(e.Attribute("width")!.Value, CultureInfo.InvariantCulture))];
        Assert.Equal(2, widths.Length);
        Assert.InRange(widths[0] / widths[1], 1.99, 2.01);
    }

    [Fact]
    public void AFileHasItsTitleAboveTheChartAndItsOwnColours()
    {
        var chart = new BarChart("<Title> & more", "d", ["a"], ["n"], [[new Bar(10)]]);
        XElement inPage = Drawn(chart), file = XElement.Parse(Svg.File(chart));
        Assert.Equal("<Title> & more", file.Elements().First(e => e.Name.LocalName == "text").Value);
        Assert.Contains("prefers-color-scheme:dark", file.Elements().Single(e => e.Name.LocalName == "style").Value, StringComparison.Ordinal);
        Assert.DoesNotContain(inPage.Elements(), e => e.Name.LocalName == "style");
        XElement group = file.Elements().Single(e => e.Name.LocalName == "g");
        Assert.Equal("translate(0,30)", group.Attribute("transform")!.Value);
        Assert.Equal($"0 0 {Chart.Width} {chart.Height + 30}", file.Attribute("viewBox")!.Value);
    }

    private static XElement Drawn(Chart chart) => XElement.Parse(Svg.Element(chart, "x"));

    private static IEnumerable<XElement> Lines(XElement svg, string colour) =>
        svg.Elements().Where(e => e.Name.LocalName == "polyline" && e.Attribute("stroke")!.Value == $"var(--{colour})");
}
