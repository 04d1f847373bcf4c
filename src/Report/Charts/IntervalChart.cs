namespace GanPipeline.Report.Charts;

/// <summary>Scores as dots on their intervals, several a row, with their figures written beside them; a row may be marked as the one that is chosen.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Description">The same in words.</param>
/// <param name="Rows">Names of the rows, from the top.</param>
/// <param name="Scores">Names of the scores of each row.</param>
/// <param name="Values">[scores][rows]; a value that is not finite is left out.</param>
/// <param name="Chosen">Place of the marked row; -1 for none.</param>
internal sealed record IntervalChart(string Title, string Description, IReadOnlyList<string> Rows, IReadOnlyList<string> Scores,
    IReadOnlyList<IReadOnlyList<Bar>> Values, int Chosen) : Chart(Title, Description)
{
    private const int Left = 150, Right = 122, Top = 8, Bottom = 26, MostLetters = 20, Line = 22, Between = 12;
    private const double Radius = 5, Cap = 5;

    private double RowHeight => Scores.Count * Line + Between;

    public override int Height => (int)(Top + Legend.Rows(Scores, Width - 40) * Legend.RowHeight + Rows.Count * RowHeight + Bottom);

    public override void Draw(Svg svg)
    {
        double top = Top + Legend.Draw(svg, Scores, 20, Top, Width - 40), bottom = Height - Bottom;
        double[] values = [.. Values.SelectMany(s => s).SelectMany(b => new[] { b.Value, b.Low, b.High }).Where(double.IsFinite)];
        var across = new Axis(values.DefaultIfEmpty(0).Min(), values.DefaultIfEmpty(1).Max(), Left, Width - Right, 4, widen: true);
        if (Chosen >= 0) svg.Rectangle(0, top + Chosen * RowHeight, Width, RowHeight, ChartColour.Chosen);
        foreach ((double x, string text) in across.Marks)
        {
            svg.Line([(x, top), (x, bottom)], ChartColour.Grid, 1);
            svg.Text(x, bottom + 17, text, Anchor.Middle, ChartColour.Muted, 12);
        }
        for (int row = 0; row < Rows.Count; row++)
        {
            double y = top + row * RowHeight + Between / 2.0, middle = y + Scores.Count * Line / 2.0;
            string name = Rows[row].Length <= MostLetters ? Rows[row] : Rows[row][..(MostLetters - 3)] + "...";
            svg.Text(Left - 12, middle + (row == Chosen ? -3 : 5), name, Anchor.End, ChartColour.Text, 12);
            if (row == Chosen) svg.Text(Left - 12, middle + 13, "\u2605 use this", Anchor.End, ChartColour.Text, 12);
            for (int score = 0; score < Scores.Count; score++) DrawScore(svg, Values[score][row], across, y + (score + 0.5) * Line, ChartColour.Of(score));
        }
    }

    private static void DrawScore(Svg svg, Bar score, Axis across, double y, ChartColour colour)
    {
        if (!double.IsFinite(score.Value)) return;
        string figures = FormattableString.Invariant($"{score.Value:F2}");
        if (double.IsFinite(score.Low) && double.IsFinite(score.High))
        {
            (double from, double to) = (across.Place(score.Low), across.Place(score.High));
            svg.Line([(from, y), (to, y)], colour, 3);
            svg.Line([(from, y - Cap), (from, y + Cap)], colour, 2);
            svg.Line([(to, y - Cap), (to, y + Cap)], colour, 2);
            figures += FormattableString.Invariant($" ({score.Low:F2}\u2013{score.High:F2})");
        }
        svg.Dot(across.Place(score.Value), y, Radius, colour);
        svg.Text(Width - Right + 10, y + 4.5, figures, Anchor.Start, ChartColour.Text, 12);
    }
}
