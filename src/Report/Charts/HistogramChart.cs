namespace GanPipeline.Report.Charts;

/// <summary>Shares of several groups in the same ranges of numbers, as outlines over each other.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Description">The same in words.</param>
/// <param name="Edges">Ends of the ranges, ascending: one more than there are ranges.</param>
/// <param name="Groups">A name and a share in per cent for each range.</param>
internal sealed record HistogramChart(string Title, string Description, double[] Edges, IReadOnlyList<(string Name, double[] Shares)> Groups)
    : Chart(Title, Description)
{
    private const int Left = 58, Right = 16, Bottom = 26, Top = 10, Plot = 150;

    public override int Height => Top + Legend.Rows(Names, Width - Left - Right) * Legend.RowHeight + Plot + Bottom;

    private IEnumerable<string> Names => Groups.Select(g => g.Name);

    public override void Draw(Svg svg)
    {
        double top = Top + Legend.Draw(svg, Names, Left, Top, Width - Left - Right), bottom = Height - Bottom;
        var across = new Axis(Edges[0], Edges[^1], Left, Width - Right, 5, widen: false);
        var up = new Axis(0, Groups.SelectMany(g => g.Shares).Where(double.IsFinite).DefaultIfEmpty(1).Max(), bottom, top, 4, widen: true);
        foreach ((double y, string text) in up.Marks)
        {
            svg.Line([(Left, y), (Width - Right, y)], ChartColour.Grid, 1);
            svg.Text(Left - 8, y + 4, text + " %", Anchor.End, ChartColour.Muted, 12);
        }
        foreach ((double x, string text) in across.Marks)
        {
            svg.Line([(x, bottom), (x, bottom + 4)], ChartColour.Muted, 1);
            if (x < Width - Right - 12) svg.Text(x, bottom + 18, text, Anchor.Middle, ChartColour.Muted, 12);
            else svg.Text(Width - Right, bottom + 18, text, Anchor.End, ChartColour.Muted, 12);
        }
        for (int g = 0; g < Groups.Count; g++)
        {
            double[] shares = Groups[g].Shares;
            svg.Line([(across.Place(Edges[0]), bottom), .. shares.SelectMany((share, i) =>
                new[] { (across.Place(Edges[i]), up.Place(share)), (across.Place(Edges[i + 1]), up.Place(share)) }), (across.Place(Edges[^1]), bottom)],
                ChartColour.Of(g), 2);
        }
    }
}
