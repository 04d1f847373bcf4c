namespace GanPipeline.Report.Charts;

/// <summary>Values over steps, a line a series; where there are more points than the picture has room for, each place shows the range of its points.</summary>
internal sealed record LineChart(string Title, string Description, string XLabel, IReadOnlyList<Series> Lines) : Chart(Title, Description)
{
    private const int Left = 58, Right = 16, Bottom = 40, Top = 10, Plot = 200, Places = 330;

    public override int Height => Top + Legend.Rows(Names, Width - Left - Right) * Legend.RowHeight + Plot + Bottom;

    private IEnumerable<string> Names => Lines.Select(l => l.Name);

    public override void Draw(Svg svg)
    {
        double top = Top + Legend.Draw(svg, Names, Left, Top, Width - Left - Right), bottom = Height - Bottom;
        double[] xs = [.. Lines.SelectMany(l => l.X)], ys = [.. Lines.SelectMany(l => l.Y).Where(double.IsFinite)];
        var across = new Axis(xs.DefaultIfEmpty(0).Min(), xs.DefaultIfEmpty(1).Max(), Left, Width - Right, 5, widen: false);
        var up = new Axis(ys.DefaultIfEmpty(0).Min(), ys.DefaultIfEmpty(1).Max(), bottom, top, 5, widen: true);
        foreach ((double y, string text) in up.Marks)
        {
            svg.Line([(Left, y), (Width - Right, y)], ChartColour.Grid, 1);
            svg.Text(Left - 8, y + 4, text, Anchor.End, ChartColour.Muted, 12);
        }
        foreach ((double x, string text) in across.Marks)
        {
            svg.Line([(x, bottom), (x, bottom + 4)], ChartColour.Muted, 1);
            if (x < Width - Right - 12) svg.Text(x, bottom + 18, text, Anchor.Middle, ChartColour.Muted, 12);
            else svg.Text(Width - Right, bottom + 18, text, Anchor.End, ChartColour.Muted, 12);
        }
        svg.Text((Left + Width - Right) / 2.0, Height - 5, XLabel, Anchor.Middle, ChartColour.Muted, 12);
        for (int i = 0; i < Lines.Count; i++)
            foreach (List<(double X, double Y)> piece in Pieces(Lines[i], across, up)) svg.Line(piece, ChartColour.Of(i), 1.8);
    }

    /// <summary>The line without its gaps.</summary>
    private static IEnumerable<List<(double X, double Y)>> Pieces(Series series, Axis across, Axis up)
    {
        List<(double X, double Y)> piece = [];
        foreach ((double x, double y) in Thin(series))
        {
            if (double.IsFinite(y))
            {
                piece.Add((across.Place(x), up.Place(y)));
                continue;
            }
            if (piece.Count > 0) yield return piece;
            piece = [];
        }
        if (piece.Count > 0) yield return piece;
    }

    /// <summary>At most two points a place, its smallest and largest in their order, so that no spike is lost.</summary>
    private static IEnumerable<(double X, double Y)> Thin(Series series)
    {
        int count = series.X.Length;
        if (count <= 2 * Places) return series.X.Zip(series.Y);
        return Enumerable.Range(0, Places).SelectMany(place =>
        {
            int[] group = [.. Enumerable.Range((int)((long)count * place / Places), (int)((long)count * (place + 1) / Places - (long)count * place / Places))];
            int[] finite = [.. group.Where(i => double.IsFinite(series.Y[i]))];
            if (finite.Length == 0) return [(series.X[group[0]], double.NaN)];
            int low = finite.MinBy(i => series.Y[i]), high = finite.MaxBy(i => series.Y[i]);
            return new[] { Math.Min(low, high), Math.Max(low, high) }.Distinct().Select(i => (series.X[i], series.Y[i]));
        });
    }
}
