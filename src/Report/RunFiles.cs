namespace GanPipeline.Report;

/// <summary>README.txt of a run folder: a line for each file that is there, so that nobody has to guess what it is.</summary>
internal static class RunFiles
{
    public const string Name = "README.txt";

    /// <summary>Files in the order in which people want them; a name that ends with a star is the beginning of one.</summary>
    private static readonly (string File, string Meaning)[] _known =
    [
        ("report.html", "what came of the run, to be opened in a browser"), ("report.json", "the same for programs, with every number"),
        ("generator.onnx", "the generator: all that gan generate and gan upsample need"), ("generated.csv", "a few generated rows"),
        ("generated.png", "a few generated samples"), ("upsampled.csv", "the training rows with generated rows of the rare classes behind them"),
        ("upsampled.png", "the training data before and after up-sampling"), ("train.csv", "the rows that were trained on"),
        ("test.csv", "the rows that were kept apart and measured on"), ("quality.csv", "every metric, with its interval and what it was measured on"),
        ("quality-metrics.csv", "what the metrics of quality.csv mean, and where they are defined"),
        ("columns.csv", "how the values of each column are spread, real and generated"), ("classes.csv", "rows of each class before and after up-sampling"),
        ("metrics.csv", "losses and speed, a row every few steps of training"), ("cost.csv", "time and memory of each stage"),
        ("options.yaml", "every option of the run, to run it again"), ("run.csv", "the command, the data and the machine"),
        ("last.ckpt", "the state of training, to go on from"), ("best.ckpt", "the state of training that was measured best"),
        ("finished.yaml", "a mark that nothing is left to be done"), ("pictures", "the charts of the page, as files"),
        ("samples", "pictures of samples while training went on"), ("events.out.tfevents.*", "the curves for TensorBoard"),
    ];

    public static void Write(string folder)
    {
        string[] there = [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        (string File, string Meaning)[] lines = [.. _known.SelectMany(k => there.Where(t => Matches(t, k.File)).Select(t => (t, k.Meaning)))];
        int width = lines.Select(l => l.File.Length).DefaultIfEmpty(0).Max();
        AtomicFile.WriteAllText(Path.Combine(folder, Name), "What the files of this run folder are; report.html is the one to begin with.\n\n" +
            string.Concat(lines.Select(l => $"{l.File.PadRight(width)}  {l.Meaning}\n")));
    }

    private static bool Matches(string name, string known) => known.EndsWith('*') ? name.StartsWith(known[..^1], StringComparison.Ordinal) : name == known;
}
