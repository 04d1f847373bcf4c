namespace GanPipeline.Report.Charts;

/// <summary>Bars to the right, a group of them for each category, with intervals where they are known.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Description">The same in words.</param>
/// <param name="Categories">Names of the groups, from the top.</param>
/// <param name="Groups">Names of the bars in each group.</param>
/// <param name="Bars">[groups][categories].</param>
internal sealed record BarChart(string Title, string Description, IReadOnlyList<string> Categories, IReadOnlyList<string> Groups,
    IReadOnlyList<IReadOnlyList<Bar>> Bars)
    : Chart(Title, Description)
{
    private const int Left = 124, Right = 52, Top = 8, Bottom = 26, MostLetters = 17;
    private const double GroupGap = 10;

    private double Thickness => Groups.Count == 1 ? 18 : 14;

    private double GroupHeight => Groups.Count * Thickness + GroupGap;

    public override int Height => (int)(Top + Legend.Rows(Groups, Width - 40) * Legend.RowHeight + Categories.Count * GroupHeight + Bottom);

    public override void Draw(Svg svg)
    {
        double top = Top + Legend.Draw(svg, Groups, 20, Top, Width - 40), bottom = Height - Bottom;
        double[] values = [.. Bars.SelectMany(g => g).SelectMany(b => new[] { b.Value, b.Low, b.High }).Where(double.IsFinite)];
        var across = new Axis(Math.Min(0, values.DefaultIfEmpty(0).Min()), Math.Max(0, values.DefaultIfEmpty(1).Max()), Left, Width - Right, 4, widen: true);
        foreach ((double x, string text) in across.Marks)
        {
            svg.Line([(x, top), (x, bottom)], ChartColour.Grid, 1);
            svg.Text(x, bottom + 17, text, Anchor.Middle, ChartColour.Muted, 12);
        }
        for (int c = 0; c < Categories.Count; c++)
        {
            double y = top + c * GroupHeight + GroupGap / 2;
            string name = Categories[c].Length <= MostLetters ? Categories[c] : Categories[c][..(MostLetters - 3)] + "...";
            svg.Text(Left - 8, y + Groups.Count * Thickness / 2 + 4.5, name, Anchor.End, ChartColour.Text);
            for (int g = 0; g < Groups.Count; g++) DrawBar(svg, Bars[g][c], across, y + g * Thickness, ChartColour.Of(g));
        }
    }

    private void DrawBar(Svg svg, Bar bar, Axis across, double y, ChartColour colour)
    {
        if (!double.IsFinite(bar.Value)) return;
        double zero = across.Place(0), end = across.Place(bar.Value), middle = y + Thickness / 2 - 1, last = end;
        svg.Rectangle(Math.Min(zero, end), y, Math.Max(Math.Abs(end - zero), 1), Thickness - 2, colour);
        if (double.IsFinite(bar.Low) && double.IsFinite(bar.High))
        {
            (double from, double to) = (across.Place(bar.Low), across.Place(bar.High));
            svg.Line([(from, middle), (to, middle)], ChartColour.Text, 1.2);
            svg.Line([(from, middle - 3), (from, middle + 3)], ChartColour.Text, 1.2);
            svg.Line([(to, middle - 3), (to, middle + 3)], ChartColour.Text, 1.2);
            last = Math.Max(end, to);
        }
        svg.Text(Math.Max(last, zero) + 6, middle + 4, Figure.Short(bar.Value), Anchor.Start, ChartColour.Muted, 11);
    }
}
