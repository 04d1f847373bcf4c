namespace GanPipeline;

/// <summary>
/// What to generate, and where to; at most one of <see cref="Classes"/>, <see cref="Counts"/>, <see cref="Ratio"/> and <see cref="ClassList"/>.
/// </summary>
/// <param name="Generator">The generator file (<c>.onnx</c>).</param>
/// <param name="Out">
/// FILE.csv (a row a sample, class names in the column <c>class</c>), FILE.npy (and FILE.labels.npy), FILE.png (a grid of images, or a scatter of points), or a
/// folder (images as IDX files with their labels).
/// </param>
public sealed record GenerateOptions(string Generator, string Out)
{
    /// <summary>
    /// The format, where the name does not say it: <c>csv</c>, <c>npy</c>, <c>idx</c>, <c>grid</c>, or <c>png</c> (a folder with a picture a sample).
    /// </summary>
    public string? Format { get; init; }

    /// <summary>Samples in all, 1 to 10^12, whose classes take turns; null for 100, or as many as the classes say.</summary>
    public long? Count { get; init; }

    /// <summary>Only these classes; empty for all.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>So many samples of each class, one class after the other.</summary>
    public IReadOnlyList<(string Class, ulong Count)> Counts { get; init; } = [];

    /// <summary>Shares of <see cref="Count"/> for each class, one class after the other.</summary>
    public IReadOnlyList<(string Class, double Share)> Ratio { get; init; } = [];

    /// <summary>A text file with the class of each sample, one a line.</summary>
    public string? ClassList { get; init; }

    /// <summary>
    /// A picture of walks through the latent space instead: <see cref="Count"/> rows, each from one sample to another in so many steps, at least 2.
    /// </summary>
    public int? Interpolate { get; init; }

    /// <summary>Seed of the noise: the same seed gives the same samples, whatever the batch size.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Only part i of n (from 0), into a file with that part's name, as <c>i/n</c>; <c>slurm</c> and <c>kubernetes</c> take i and n from the environment of an
    /// array or of an indexed job. Null for all.
    /// </summary>
    public string? Shard { get; init; }

    /// <summary>Whether to go on where an earlier, interrupted run with the same options stopped; the file ends the same.</summary>
    public bool Resume { get; init; }

    /// <summary>Samples that are computed at once, 1 to 65536; null for a number that suits the network. It changes no sample.</summary>
    public int? Batch { get; init; }

    /// <summary>Where to compute: <c>cpu</c>, <c>cuda</c>, <c>cuda:N</c>, or <c>auto</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Whether texts that a spreadsheet would run as formulas get an apostrophe before them.</summary>
    public bool SafeCsv { get; init; }

    /// <summary>Whether files that are there already may be replaced.</summary>
    public bool Force { get; init; }
}

/// <summary>What was generated.</summary>
/// <param name="Files">The files, or the folder of pictures.</param>
/// <param name="Count">Samples that were generated.</param>
/// <param name="Total">Samples of all parts together.</param>
/// <param name="Part">Which part it is, from 0.</param>
/// <param name="Parts">How many parts there are.</param>
public sealed record GenerateResult(IReadOnlyList<string> Files, ulong Count, ulong Total, int Part, int Parts);

/// <summary>What generating would do.</summary>
/// <param name="System">The generator's system.</param>
/// <param name="SampleShape">The samples' shape.</param>
/// <param name="Total">Samples of all parts together.</param>
/// <param name="Files">The files that would be written.</param>
internal sealed record GeneratePlan(string System, IReadOnlyList<int> SampleShape, ulong Total, IReadOnlyList<string> Files);
