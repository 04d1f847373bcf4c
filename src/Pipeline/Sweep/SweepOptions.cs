namespace GanPipeline;

/// <summary>What to train with several seeds, variants and values, each run in a process of its own.</summary>
/// <param name="Presets">The presets: names of the project's, or YAML files, tables, or folders of pictures.</param>
/// <param name="Out">
/// Folder for a run folder and a log a run, for sweep.csv, and for compare.html with the runs that have finished side by side. The same sweep again goes on
/// where an earlier one stopped.
/// </param>
public sealed record SweepOptions(IReadOnlyList<string> Presets, string Out)
{
    /// <summary>Variants of the presets; null stands for a preset's own values, which are also what is trained where none is given.</summary>
    public IReadOnlyList<string?> Variants { get; init; } = [];

    /// <summary>The seeds.</summary>
    public IReadOnlyList<ulong> Seeds { get; init; } = [1];

    /// <summary>Values to try for some of the presets' keys; every combination is trained.</summary>
    public IReadOnlyList<(string Key, IReadOnlyList<string> Values)> Vary { get; init; } = [];

    /// <summary>The class column of a table; null where the presets say it, or there is none.</summary>
    public string? Label { get; init; }

    /// <summary>Folder or file with the data, for presets that read some.</summary>
    public string? Data { get; init; }

    /// <summary>Other values for any of the presets' keys, in all runs.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Where to compute: <c>cpu</c>, <c>cuda</c>, <c>cuda:N</c>, or <c>auto</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Runs at once, at most 1024; 0 for as many as there are cores.</summary>
    public int Parallel { get; init; }

    /// <summary>Whether each run is only trained; else it is also exported, and its samples are measured.</summary>
    public bool TrainOnly { get; init; }

    /// <summary>The program that makes a run, with its first arguments: the command line <c>gan</c>.</summary>
    public IReadOnlyList<string> Program { get; init; } = ["gan"];

    /// <summary>Assignments of a command line, <c>key=value</c>.</summary>
    internal IReadOnlyList<string> Assignments { get; init; } = [];
}

/// <summary>How the runs of a sweep ended.</summary>
/// <param name="Table">sweep.csv: a row a run, with what makes it differ and its figures.</param>
/// <param name="Runs">The runs.</param>
public sealed record SweepResult(string Table, IReadOnlyList<SweptRun> Runs)
{
    /// <summary>How many runs have finished, now or before.</summary>
    public int Finished => Runs.Count(r => r.Status == SweepStatus.Finished);

    /// <summary>Which runs failed, in a sentence; null where none did.</summary>
    public string? Problem
    {
        get
        {
            string[] failed = [.. Runs.Where(r => r.Status == SweepStatus.Failed).Select(r => r.Name)];
            return failed.Length == 0 ? null : $"{failed.Length} of {Runs.Count} runs failed: " +
                $"{string.Join(", ", failed.Take(10))}{(failed.Length > 10 ? ", ..." : "")}; {Table} says why, and so do the logs beside it.";
        }
    }
}

/// <summary>How a run of a sweep ended, if it has.</summary>
/// <param name="Name">Its name, and that of its folder.</param>
/// <param name="Status">Whether it has finished.</param>
/// <param name="Seconds">How long its process took this time; null where it took none.</param>
/// <param name="Message">What it said when it failed.</param>
public sealed record SweptRun(string Name, SweepStatus Status, double? Seconds = null, string Message = "");

/// <summary>How a run of a sweep ended, if it has.</summary>
public enum SweepStatus
{
    /// <summary>It has not begun, or was not begun this time.</summary>
    Waiting,

    /// <summary>All that it makes is there.</summary>
    Finished,

    /// <summary>It ended with an error.</summary>
    Failed,

    /// <summary>It was stopped, and goes on when the sweep does.</summary>
    Stopped,
}

/// <summary>What a sweep would do.</summary>
/// <param name="Runs">The runs: finished ones, and those that wait.</param>
/// <param name="Parallel">Runs at once.</param>
/// <param name="Out">Where it writes.</param>
internal sealed record SweepDryRun(IReadOnlyList<SweptRun> Runs, int Parallel, string Out);
