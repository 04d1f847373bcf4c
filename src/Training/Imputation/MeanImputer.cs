using static TorchSharp.torch;

namespace GanPipeline.Training.Imputation;

/// <summary>The column's mean, or its categories as often as they are: what every other method has to beat.</summary>
internal sealed class MeanImputer : CellImputer
{
    private readonly Tensor _means;

    /// <param name="layout">How the cells lie.</param>
    /// <param name="values">[N, width] the rows to train on, 0 where nothing can be seen.</param>
    /// <param name="visible">[N, columns].</param>
    public MeanImputer(CellLayout layout, Tensor values, Tensor visible) =>
        _means = values.sum(0, keepdim: true).div(layout.Spread(visible).sum(0, keepdim: true).clamp_min(Held.One)).DetachFromDisposeScope();

    public override string Name => "mean";

    public override Tensor Guess(Tensor values, Tensor visible) => _means.expand(values.shape);

    public override void Dispose() => _means.Dispose();
}
