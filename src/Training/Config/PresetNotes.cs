using GanPipeline.Primitives;

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
    internal static PresetNotes Of(YamlValue? about)
    {
        var notes = new PresetNotes();
        if (about is null) return notes;
        if (about is not YamlMap map) throw about.Error("'about' must be a mapping of title, needs, reaches and costs");
        foreach ((YamlText key, YamlValue value) in map.Entries)
        {
            string text = value is YamlText given ? given.Value : throw value.Error($"'about.{key.Excerpt}' must be a text");
            notes = key.Value switch
            {
                "title" => notes with { Title = text },
                "needs" => notes with { Needs = text },
                "reaches" => notes with { Reaches = text },
                "costs" => notes with { Costs = text },
                _ => throw key.Error($"unknown key '{key.Excerpt}' in 'about'{Nearest.Hint(key.Value, ["title", "needs", "reaches", "costs"])}"),
            };
        }
        return notes;
    }
}
