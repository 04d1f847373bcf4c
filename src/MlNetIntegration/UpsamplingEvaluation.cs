using Microsoft.ML;

namespace GanPipeline.MlNet;

/// <summary>
/// What a fit finds out about the rows that it added, beyond their number. That takes a classifier, which this library has none of: the one that trains,
/// GanPipeline.MlNet.Training, has one, and sets this by its options.
/// </summary>
internal abstract record UpsamplingEvaluation
{
    /// <summary>Refuses rows that are too many for it, before a generator is trained on them.</summary>
    internal abstract void Check(FittedRows rows);

    /// <summary>The report with what was found out.</summary>
    internal abstract UpsamplingReport Complete(
        UpsamplingReport report, MLContext context, UpsamplingOptions options, FittedRows rows, GeneratedColumns added);
}
