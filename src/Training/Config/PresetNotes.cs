namespace GanPipeline.Training.Config;

/// <summary>What a preset says of itself under <c>about</c>, for people: nothing of it changes a run. Empty where it says nothing.</summary>
internal sealed record PresetNotes
{
    /// <summary>The system in a line.</summary>
    public string Title { get; init; } = "";

    /// <summary>The data that it reads, and where they are to be had.</summary>
    public string Needs { get; init; } = "";

    /// <summary>Quality that was measured, and on what.</summary>
    public string Reaches { get; init; } = "";

    /// <summary>Time and memory that were measured, and on what.</summary>
    public string Costs { get; init; } = "";

    /// <exception cref="UserErrorException">It is no mapping of these four to texts.</exception>
    internal static PresetNotes Of(YamlValue? about) => about switch
    {
        null => new PresetNotes(),
        YamlMap map => Kinds.Binder.Bind<PresetNotes>(map, "about"),
        _ => throw about.Error("'about' must be a mapping of title, needs, reaches and costs"),
    };
}
