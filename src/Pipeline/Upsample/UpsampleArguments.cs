namespace GanPipeline.Stages;

/// <summary>What to up-sample, with what, and where to.</summary>
internal sealed record UpsampleArguments(string Data, string Generator, string Out, string Balance, string Label, string? SyntheticColumn, ulong Seed,
    bool DryRun, bool SafeCsv, bool Force);
