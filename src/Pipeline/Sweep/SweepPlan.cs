using System.Text.RegularExpressions;
using GanPipeline.Primitives;
using GanPipeline.Training.Config;

namespace GanPipeline.Stages;

/// <summary>One run of a sweep.</summary>
/// <param name="Name">Its name, and that of its folder.</param>
/// <param name="Factors">What makes it differ from the others: preset, variant, seed and the varied keys, with their values.</param>
/// <param name="Finished">What its folder's <see cref="FinishedRun"/> file holds: a run that was made with other options is another run.</param>
/// <param name="Arguments">The command line of its process, without the program.</param>
internal sealed record SweepRun(string Name, IReadOnlyList<(string Key, string Value)> Factors, string Finished, IReadOnlyList<string> Arguments);

/// <summary>Every combination of presets, variants, seeds and values, each checked before any is trained.</summary>
internal static partial class SweepPlan
{
    private const int MostRuns = 10_000;

    public static IReadOnlyList<SweepRun> Make(SweepOptions options)
    {
        IReadOnlyList<string?> variants = options.Variants.Count == 0 ? [null] : options.Variants;
        IEnumerable<string[]> combinations = options.Vary.Aggregate(
            (IEnumerable<string[]>)[[]], (some, v) => some.SelectMany(c => v.Values.Select(value => (string[])[.. c, $"{v.Key}={value}"])));
        var runs = new List<SweepRun>();
        foreach (string preset in options.Presets)
            foreach (string? variant in variants)
                foreach (string[] assignments in combinations)
                    foreach (ulong seed in options.Seeds)
                    {
                        runs.Add(Run(options, preset, variant, assignments, seed));
                        if (runs.Count > MostRuns) throw new UserErrorException($"the sweep has more than {MostRuns} runs; give fewer values.");
                    }
        return runs.GroupBy(r => r.Name).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? throw new UserErrorException($"the sweep has two runs of the name '{twice.Key}'; a preset, a seed or a value is given twice, " +
                "or two presets have one file name.") : runs;
    }

    private static SweepRun Run(SweepOptions sweep, string preset, string? variant, string[] assignments, ulong seed)
    {
        List<string> set = [.. AllSettings(sweep), .. assignments, $"seed={seed}"];
        string? given = Presets.Data(preset, sweep.Data);
        RunOptions options = Presets.For(preset, given, new TrainOptions(preset, "") { Variant = variant, Assignments = set }).Options;
        if (options.Data.NeedsPath && given is null) throw new UserErrorException($"{preset}: its data is read from files; name them with --data.");
        string command = sweep.TrainOnly ? FinishedRun.Train : FinishedRun.Run;
        string? data = options.Data.NeedsPath ? given : null;
        List<string> line = [command, preset, "--device", sweep.Device];
        if (data is not null && sweep.Data is not null) line.AddRange(["--data", data]);
        if (variant is not null) line.AddRange(["--variant", variant]);
        foreach (string assignment in set) line.AddRange(["--set", assignment]);
        string file = Path.GetFileNameWithoutExtension(preset);
        string name = string.Join("_", [file, .. variant is null ? [] : new[] { variant }, .. assignments, $"seed={seed}"]);
        return new SweepRun(Unsuitable().Replace(name, "-"), [("preset", file), ("variant", variant ?? ""), ("seed", $"{seed}"),
            .. assignments.Select(a => (a[..a.IndexOf('=')], a[(a.IndexOf('=') + 1)..]))], FinishedRun.Text(command, data, options), line);
    }

    private static IEnumerable<string> AllSettings(SweepOptions sweep) =>
        [.. new TrainOptions("", "") { Label = sweep.Label, Settings = sweep.Settings, Assignments = sweep.Assignments }.AllAssignments()];

    [GeneratedRegex("[^A-Za-z0-9._=+-]+")]
    private static partial Regex Unsuitable();
}
