using GanPipeline.Training.Imputation;

namespace GanPipeline.Stages;

/// <summary>What to fill, how, and where to.</summary>
internal sealed record ImputeArguments(string Table, string Out, string? Schema, ImputationOptions Options, bool Force);
