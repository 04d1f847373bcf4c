using static TorchSharp.torch;

namespace GanPipeline.Training.Imputation;

/// <summary>The column's mean, or its categories as often as they are: what every other method has to beat.</summary>
/// <param name="layout">How the cells lie.</param>
internal sealed class MeanImputer(CellLayout layout) : CellImputer
{
    public override string Name => "mean";

    public override Tensor Guess(Tensor values, Tensor visible) =>
        values.sum(0, keepdim: true).div(layout.Spread(visible).sum(0, keepdim: true).clamp_min(Held.One)).expand(values.shape);
}
