namespace GanPipeline.Report.Sections;

/// <summary>The training samples that are closest to generated ones: does it generalise, or copy?</summary>
internal static class NeighbourSection
{
    private const int MostRows = 50;

    public static Section? Of(RunData run)
    {
        var blocks = new List<Block>();
        string path = run.In("pictures/neighbours.png");
        if (File.Exists(path)) blocks.Add(new PictureBlock(Png.Read(path), "Generated samples, each with its nearest training samples to the right",
            "A row a generated sample: itself on the left, then the nearest training samples.", Small: false));
        if (run.Neighbours is { Rows.Count: > 0 } table)
        {
            int rank = table.Find("rank"); // the file has more of them; a page is to be read
            IEnumerable<string[]> nearest = table.Rows.Where(r => rank < 0 || r[rank] == "0");
            blocks.Add(new TableBlock("Distances to the nearest training sample of each", [.. table.Columns.Select(Words.Of)],
                [.. nearest.Take(MostRows).Select(r => (IReadOnlyList<Cell>)[.. r.Select(Cell.Parse)])]));
        }
        return blocks.Count == 0 ? null : new Section("neighbours", "Nearest neighbours",
            "Samples that are all but equal to a training sample would mean that the generator copies.", blocks);
    }
}
