namespace GanPipeline.Stages;

/// <summary>What to judge, against what, and how.</summary>
internal sealed record EvaluateArguments(string Source, string? Data, string? Preset, string Against, IReadOnlyList<string> Metrics, int Count, string? Out,
    ulong Seed)
{
    public string? Test { get; init; }

    public string? Label { get; init; }

    public string? Features { get; init; }

    public string FeaturesRange { get; init; } = "0,255";

    public string? Pictures { get; init; }

    public bool Force { get; init; }
}
