using System.Globalization;
using System.Runtime.InteropServices;
using CsvHelper;
using CsvHelper.Configuration;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;
using GanPipeline.Training.Runs;
using TorchSharp;

namespace GanPipeline.Stages;

/// <summary>How far a run is.</summary>
/// <param name="Name"><c>training</c>, <c>finished</c>, <c>stopped</c>, ...</param>
/// <param name="Training">Time since this process began to train.</param>
/// <param name="Pages">How much of it went into pages and the event file.</param>
/// <param name="Warnings">What looked wrong on the way.</param>
internal sealed record RunState(string Name, TimeSpan Training, TimeSpan Pages, IReadOnlyList<string> Warnings)
{
    /// <summary>What is measured between epochs; null where nothing is.</summary>
    public QualityProbe? Probe { get; init; }

    /// <summary>Processor time since this process began to train.</summary>
    public TimeSpan ProcessorTime { get; init; }

    /// <summary>The command line that trains; null where a program does.</summary>
    public IReadOnlyList<string>? CommandLine { get; init; }
}

/// <summary>What the run folder notes about the run for its report: run.csv (state, command, data, machine) and classes.csv.</summary>
internal static class RunNotes
{
    private static readonly CsvConfiguration Format = CsvFormat.Written();

    /// <summary>Writes run.csv.</summary>
    /// <param name="job">What was asked for.</param>
    /// <param name="data">What it is trained on.</param>
    /// <param name="device">Where.</param>
    /// <param name="state">How far it is.</param>
    public static void Write(RunJob job, Dataset data, torch.Device device, RunState state)
    {
        (string Section, string Name, string Value)[] notes =
        [
            ("run", "state", state.Name), ("run", "command", Command(state)), ("run", "again", Again(job, state)),
            .. Quality(state),
            ("cost", "seconds of training since it was last started, all in all", Seconds(state.Training)),
            ("cost", "seconds of it for pages", Seconds(state.Pages)),
            ("data", "name", data.Name), ("data", "kind", data.Format.Kind), ("data", "samples", $"{data.Count}"),
            ("data", "classes", $"{data.ClassNames.Count}"),
            ("data", "sample shape", string.Join(" x ", data.Format.Shape)), ("data", "SHA-256", data.Sha256),
            ("environment", "GanPipeline", PackageVersions.Own), .. PackageVersions.Used.Select(used => ("environment", used.Name, used.Version)),
            ("environment", "operating system", RuntimeInformation.OSDescription), ("environment", "processor", Processor()),
            ("environment", "cores", $"{Environment.ProcessorCount}"),
            ("environment", "memory in MiB", $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20}"), ("environment", "device", device.ToString()),
            ("environment", "threads in training", $"{torch.get_num_threads()}"),
            .. data.Notes.Select((n, i) => ("data notes", $"{i + 1}", n)), .. state.Warnings.Select((w, i) => ("warnings", $"{i + 1}", w)),
        ];
        WriteCsv(new RunFolder(job.Out).In("run.csv"), ["section", "name", "value"], notes.Select(n => new[] { n.Section, n.Name, n.Value }));
    }

    /// <summary>Adds to run.csv what the generator file holds of real rows.</summary>
    public static void AddGenerator(RunFolder folder, GeneratorInfo generator)
    {
        const string Section = "generator";
        string path = folder.In("run.csv");
        IEnumerable<string[]> before = (Report.Runs.CsvTable.Read(path)?.Rows ?? []).Where(row => row[0] != Section);
        WriteCsv(path, ["section", "name", "value"], before.Append([Section, "training rows in the file", $"{generator.StoredRows}"]));
    }

    /// <summary>Writes classes.csv; <paramref name="after"/> is null before anything was up-sampled.</summary>
    public static void WriteClasses(string folder, IReadOnlyList<string> names, IEnumerable<long> before, IEnumerable<long>? after)
    {
        string[] added = after is null ? [.. names.Select(_ => "")] : [.. after.Select(a => $"{a}")];
        WriteCsv(new RunFolder(folder).In("classes.csv"), ["class", "before", "after"], before.Select((b, i) => new[] { names[i], $"{b}", added[i] }));
    }

    /// <summary>Writes classes.csv of data before and after up-sampling.</summary>
    public static void WriteClasses(RunFolder folder, LabelledRows before, LabelledRows after) =>
        WriteClasses(folder.Path, before.ClassNames, before.ClassCounts().Select(n => (long)n), after.ClassCounts().Select(n => (long)n));

    public static void WriteCsv(string path, string[] header, IEnumerable<string[]> rows) => AtomicFile.Write(path, stream =>
    {
        using var csv = new CsvWriter(new StreamWriter(stream, leaveOpen: true), Format);
        foreach (string[] row in rows.Prepend(header))
        {
            foreach (string field in row) csv.WriteField(field);
            csv.NextRecord();
        }
    });

    /// <summary>What measuring quality between epochs takes, as processor time, which other work on the machine changes least.</summary>
    private static (string Section, string Name, string Value)[] Quality(RunState state) => state.Probe is not { } probe ? [] :
    [
        ("run", "quality", probe.Metric), ("cost", "seconds of preparing to measure quality (once for a data set, a classifier is trained)",
        Seconds(probe.Preparing)),
        ("cost", "processor seconds of training, all in all", Seconds(state.ProcessorTime)),
        ("cost", "processor seconds of it for measuring quality", Seconds(probe.ProcessorTime)),
    ];

    private static string Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3).ToString(CultureInfo.InvariantCulture);

    private static string Command(RunState state) =>
        state.CommandLine is { } words ? "gan " + string.Join(' ', words.Select(Quote)) : "# none: a .NET program called the library";

    /// <summary>The same run from the folder's own options, into another folder.</summary>
    private static string Again(RunJob job, RunState state)
    {
        string folder = Path.TrimEndingDirectorySeparator(job.Out);
        List<string> words = [state.CommandLine is ["train", ..] ? "train" : "run", Path.Combine(folder, "options.yaml"), "--out", folder + "-again"];
        if (job.Data is not null) words.AddRange(["--data", job.Data]);
        if (job.Device != "cpu") words.AddRange(["--device", job.Device]);
        return "gan " + string.Join(' ', words.Select(Quote));
    }

    /// <summary>As a shell wants it.</summary>
    private static string Quote(string word) => word.Length > 0
        && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./=:,+@".Contains(c, StringComparison.Ordinal)) ? word
        : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static string Processor()
    {
        const string Key = "model name";
        try
        {
            return File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith(Key, StringComparison.Ordinal))?.Split(':', 2)[^1].Trim()
            ?? $"{RuntimeInformation.ProcessArchitecture}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return $"{RuntimeInformation.ProcessArchitecture}"; } // not Linux
    }
}
