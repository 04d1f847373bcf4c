using Microsoft.ML;

namespace GanPipeline.MlNet;

/// <summary>What a resampler is told about the fit that opens it.</summary>
/// <param name="Context">The context of the pipeline.</param>
/// <param name="Additions">Rows that will be asked for, by class, in the order of <see cref="FittedRows.Classes"/>.</param>
/// <param name="Seed">Seed of the fit; whatever a resampler draws is derived from it.</param>
/// <param name="Log">Takes a line for ML.NET's log.</param>
internal sealed record FitContext(MLContext Context, IReadOnlyList<int> Additions, ulong Seed, Action<string> Log);
