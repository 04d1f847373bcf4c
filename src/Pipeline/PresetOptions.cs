using System.Globalization;
using System.Text.Json;

namespace GanPipeline;

/// <summary>What makes a training run besides its preset: values that are null are the preset's.</summary>
public abstract record PresetOptions
{
    /// <summary>One of the preset's variants, for example <c>source</c> for the values of the system's source; null for its own values.</summary>
    public string? Variant { get; init; }

    /// <summary>The class column of a table; empty to train on all columns alike.</summary>
    public string? Label { get; init; }

    /// <summary>A YAML file that says what the columns of a table are, where that cannot be seen from their values.</summary>
    public string? Schema { get; init; }

    /// <summary>Columns of a table that are not trained on.</summary>
    public IReadOnlyList<string> Drop { get; init; } = [];

    /// <summary>Columns of a table that are trained on though they look like an ID, free text or an index, which are dropped otherwise.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>Texts that stand for a missing value of a table, beside the empty one.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>
    /// Whether columns of a table that follow from others in the rows that are trained on (sums, products, copies, a code and its name) are computed in
    /// generated rows; false generates them like any other.
    /// </summary>
    public bool? Dependences { get; init; }

    /// <summary>The one seed that makes the run: the same seed trains the same weights (on the CPU).</summary>
    public ulong? Seed { get; init; }

    /// <summary>Passes over the data, at least 1; where the steps are given, parts of them.</summary>
    public int? Epochs { get; init; }

    /// <summary>Steps of the whole run; 0 for as many as the epochs have.</summary>
    public int? Steps { get; init; }

    /// <summary>Samples a step, at least 2.</summary>
    public int? Batch { get; init; }

    /// <summary>Threads that libtorch uses; 0 for one a core.</summary>
    public int? Threads { get; init; }

    /// <summary>Epochs between two measurements of the samples' quality, which choose the best checkpoint; 0 measures none.</summary>
    public int? QualityEvery { get; init; }

    /// <summary>Measurements in a row without a better figure after which training ends; 0 never ends it early.</summary>
    public int? Patience { get; init; }

    /// <summary>Other values for any of the preset's keys, as the preset spells them: <c>generator.label_scale</c> → <c>1</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Where to compute: <c>cpu</c>, <c>cuda</c>, <c>cuda:N</c>, or <c>auto</c> (CUDA where there is one).</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Assignments of a command line, <c>key=value</c>; the last of a key counts.</summary>
    internal IReadOnlyList<string> Assignments { get; init; } = [];

    /// <summary>All of them as assignments, in the order in which they are merged over the preset.</summary>
    internal IReadOnlyList<string> AllAssignments()
    {
        (string Key, object? Value)[] given =
        [
            ("data.label", Quoted(Label)), ("data.schema", Quoted(Schema)), ("data.drop", Quoted(Drop)), ("data.keep", Quoted(Keep)),
            ("data.missing", Quoted(Missing)),
            ("data.dependences", Dependences is { } computed ? computed ? "true" : "false" : null),
            ("seed", Seed), ("epochs", Epochs), ("steps", Steps), ("batch", Batch),
            ("threads", Threads), ("quality_every", QualityEvery), ("patience", Patience),
        ];
        return
        [
            .. given.Where(g => g.Value is not null).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Key}={g.Value}")),
            .. Settings.Select(s => $"{s.Key}={s.Value}"), .. Assignments,
        ];
    }

    private static string? Quoted(IReadOnlyList<string> texts) => texts.Count == 0 ? null : JsonSerializer.Serialize(texts);

    private static string? Quoted(string? text) => text is null ? null : JsonSerializer.Serialize(text);
}
