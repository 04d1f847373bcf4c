namespace GanPipeline;

/// <summary>What to train, and where to write the run.</summary>
/// <param name="Preset">
/// The preset: the name of one of the project's (<c>mnist-cgan</c>) or a YAML file; or a table, a <c>.csv</c> file, for the preset for tables; or a folder with
/// a sub-folder of pictures a class, for the preset for these, whose size and colours they decide.
/// </param>
/// <param name="Out">The run folder, for everything that the run writes: new, empty, or with <see cref="Resume"/> the run's own.</param>
public sealed record TrainOptions(string Preset, string Out) : PresetOptions
{
    /// <summary>The most that <see cref="MaxTime"/> may be: a year.</summary>
    public static TimeSpan LongestTime { get; } = TimeSpan.FromDays(365);

    /// <summary>Folder or file with the data, for presets that read some; null where they make their own, or stand in the preset's place.</summary>
    public string? Data { get; init; }

    /// <summary>Whether to go on with the run that the folder holds, from its last checkpoint. The weights end as if it had never stopped (CPU).</summary>
    public bool Resume { get; init; }

    /// <summary>Whether to resume even where the options or the data are others than the checkpoint was made with.</summary>
    public bool Override { get; init; }

    /// <summary>Whether files of the data that cannot be read are left out, with a note; else the first such file is an error.</summary>
    public bool SkipBad { get; init; }

    /// <summary>
    /// The time that all of it may take, above 0 and at most <see cref="LongestTime"/>; null for as long as it takes. Training ends in time with a checkpoint;
    /// <see cref="Gan.Run"/> trains for at most four fifths of it.
    /// </summary>
    public TimeSpan? MaxTime { get; init; }
}

/// <summary>What came of training.</summary>
/// <param name="Folder">The run folder.</param>
/// <param name="Steps">Steps that its last checkpoint has behind it.</param>
/// <param name="Checkpoint">The last checkpoint.</param>
public sealed record TrainResult(string Folder, long Steps, string Checkpoint)
{
    /// <summary>Why it took fewer steps than its options say; null where it took them all.</summary>
    public string? EndedEarly { get; init; }

    /// <summary>Whether resuming it would take more steps: its time was over.</summary>
    public bool CanGoOn { get; init; }

    /// <summary>Whether the run was finished before, so that nothing was left to be done.</summary>
    public bool WasFinished { get; init; }
}

/// <summary>A class and how many samples it has.</summary>
/// <param name="Name">The class.</param>
/// <param name="Samples">How many.</param>
public sealed record ClassSize(string Name, long Samples);

/// <summary>What training would do.</summary>
/// <param name="System">The system's name.</param>
/// <param name="DataName">The data's.</param>
/// <param name="Samples">Samples that are trained on.</param>
/// <param name="SampleShape">Their shape.</param>
/// <param name="Classes">Their classes.</param>
/// <param name="Steps">Steps of the whole run.</param>
/// <param name="Epochs">Epochs of the whole run.</param>
/// <param name="Device">Where it computes.</param>
/// <param name="Out">Where it writes.</param>
internal sealed record TrainPlan(string System, string DataName, long Samples, IReadOnlyList<long> SampleShape, IReadOnlyList<ClassSize> Classes, long Steps,
    int Epochs, string Device, string Out);
