using GanPipeline.Primitives;
using GanPipeline.Training.Config;
using GanPipeline.Training.Runs;

namespace GanPipeline.Stages;

/// <summary>What is to be trained, with its preset read.</summary>
/// <param name="Options">The options.</param>
/// <param name="Data">Where the data are; null for those that are generated from the seed.</param>
/// <param name="Out">The run folder.</param>
/// <param name="Device">Where to compute.</param>
/// <param name="Mode">How to go about it.</param>
internal sealed record RunJob(RunOptions Options, string? Data, string Out, string Device, RunMode Mode)
{
    /// <summary>What the data decided of the options, as a sentence; null where they decided nothing.</summary>
    public string? Said { get; init; }

    /// <summary>Reads the preset.</summary>
    /// <exception cref="UserErrorException">There is no such preset, a value is out of its range, or the data are not what it is for.</exception>
    public static RunJob Of(TrainOptions options)
    {
        if (options.MaxTime is { } time && (time <= TimeSpan.Zero || time > TrainOptions.LongestTime))
            throw UserErrorException.Usage($"--max-time {time}: it must be above 0 and at most {TrainOptions.LongestTime.TotalDays:F0} days.");
        PresetOptions differing = options.SkipBad ? options with { Assignments = [.. options.Assignments, "data.skip_bad=true"] } : options;
        string? data = Presets.Data(options.Preset, options.Data);
        (RunOptions run, string? said) = Presets.For(options.Preset, data, differing);
        return new RunJob(run, data, options.Out, options.Device, new RunMode(options.Resume, options.Override, options.MaxTime)) { Said = said };
    }
}
