namespace GanPipeline.Stages;

/// <summary>How many samples, and of which classes; at most one of the last four says which.</summary>
internal sealed record ClassChoice(long? Count, IReadOnlyList<string> Names, string? Counts, string? Ratio, string? ListFile);

/// <summary>What to generate, and where to.</summary>
internal sealed record GenerateArguments(
    string Generator, string Out, string? Format, ClassChoice Classes, int? Steps, ulong Seed, string? Shard, bool Resume, int? BatchSize, string Device,
        bool DryRun, bool SafeCsv, bool Force);
