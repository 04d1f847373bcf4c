namespace GanPipeline.Report.Charts;

/// <summary>The names of a chart's colours, in as many rows as they need. One name alone needs no legend: the title says it.</summary>
internal static class Legend
{
    public const int RowHeight = 22;
    private const double Letter = 7.4, Mark = 26, Between = 18;
    private const int MostLetters = 40;

    public static int Rows(IEnumerable<string> names, double width) => Place(names, width).Select(p => p.Row + 1).DefaultIfEmpty(0).Max();

    /// <summary>Draws it and returns its height.</summary>
    public static double Draw(Svg svg, IEnumerable<string> names, double left, double top, double width)
    {
        string[] all = [.. names];
        foreach ((int index, double x, int row) in Place(all, width))
        {
            double y = top + row * RowHeight + RowHeight / 2.0 - 2;
            svg.Line([(left + x, y), (left + x + Mark - 8, y)], ChartColour.Of(index), 4);
            svg.Text(left + x + Mark, y + 4.5, Cut(all[index]), Anchor.Start, ChartColour.Text);
        }
        return Rows(all, width) * RowHeight;
    }

    private static IEnumerable<(int Index, double X, int Row)> Place(IEnumerable<string> names, double width)
    {
        string[] all = [.. names];
        double x = 0;
        int row = 0;
        for (int i = 0; all.Length > 1 && i < all.Length; i++)
        {
            double size = Mark + Cut(all[i]).Length * Letter;
            if (x > 0 && x + size > width) (x, row) = (0, row + 1);
            yield return (i, x, row);
            x += size + Between;
        }
    }

    private static string Cut(string name) => name.Length <= MostLetters ? name : name[..(MostLetters - 3)] + "...";
}
