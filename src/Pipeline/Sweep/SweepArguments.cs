namespace GanPipeline.Stages;

/// <summary>What to sweep over.</summary>
internal sealed record SweepArguments(IReadOnlyList<string> Presets, string? Data, string Out, IReadOnlyList<string> Variants, string Seeds,
    IReadOnlyList<string> Vary, IReadOnlyList<string> Set, string Device, int Parallel, bool TrainOnly, bool DryRun);
