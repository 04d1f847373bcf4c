namespace GanPipeline.Report.Sections;

/// <summary>What the generator draws: over time, at the end, and by class.</summary>
internal static class SampleSection
{
    /// <summary>So many moments of the training are in the page; more would make it heavy.</summary>
    private const int MostFrames = 25;
    private const int MostClasses = 40, MostRows = 8;
    private const string Points = "Real points on the left, generated ones on the right; a colour a class.";
    private const string Images = "One row a class (or ten rows without classes), the same latent vectors in every row and at every time.";

    public static Section? Of(RunData run)
    {
        var blocks = new List<Block>();
        bool points = run.Note("data", "kind") == "points";
        SamplePicture[] frames = Choose(run.Samples);
        if (frames.Length > 0)
        {
            blocks.Add(new SliderBlock(points ? "Real and generated points" : "Generated samples",
                [.. frames.Select(f => ($"epoch {f.Epoch}", Png.Read(f.Path)))]));
            if (frames.Length < run.Samples.Count)
                blocks.Add(new NoteBlock($"{frames.Length} of {run.Samples.Count} moments are shown; the folder samples holds all."));
        }
        string upsampled = run.In("upsampled.png");
        if (File.Exists(upsampled))
            blocks.Add(new PictureBlock(Png.Read(upsampled), "Scatter plot of the training data before and after up-sampling",
                "The training data as they are (left) and up-sampled by the generator (right).", Small: false));
        CsvTable? classes = CsvTable.Read(run.In("pictures/classes.csv"));
        if (classes is not null)
        {
            int file = classes.Require("file"), name = classes.Require("class");
            foreach (string[] row in classes.Rows.Take(MostClasses))
            {
                // The name is from a file: it must stay in the folder.
                string path = run.In(Path.Combine("pictures", Path.GetFileName(row[file])));
                if (File.Exists(path)) blocks.Add(new PictureBlock(Png.Read(path), $"Generated samples of class {row[name]}", $"Class {row[name]}",
                    Small: true));
            }
        }
        if (run.Examples is { Rows.Count: > 0 } rows)
            blocks.Add(new TableBlock("Generated rows, as they come", [.. rows.Columns],
                [.. rows.Rows.Take(MostRows).Select(r => (IReadOnlyList<Cell>)[.. r.Select(Cell.Parse)])])
            { Named = false });
        return blocks.Count == 0 ? null : new Section("samples", "Samples", frames.Length == 0 ? "" : points ? Points : Images, blocks);
    }

    /// <summary>The first, the last, and others evenly between.</summary>
    private static SamplePicture[] Choose(IReadOnlyList<SamplePicture> all) => all.Count <= MostFrames ? [.. all]
        : [.. Enumerable.Range(0, MostFrames).Select(i => all[(int)Math.Round(i * (all.Count - 1) / (MostFrames - 1.0))])];
}
