using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanPipeline.Evaluation;

/// <summary>Columns brought to mean 0 and variance 1, two hidden layers of 64, one logit a class.</summary>
internal sealed class VectorNetwork : nn.Module<Tensor, Tensor>
{
    private const int Width = 64;
    private readonly Tensor _mean, _deviation;
    private readonly Sequential _body;

    /// <param name="mean">[D] subtracted from a row.</param>
    /// <param name="deviation">[D] a row is then divided by; none is 0.</param>
    /// <param name="classes">Number of classes.</param>
    public VectorNetwork(Tensor mean, Tensor deviation, int classes) : base(nameof(VectorNetwork))
    {
        (_mean, _deviation) = (mean.DetachFromDisposeScope(), deviation.DetachFromDisposeScope());
        _body = nn.Sequential(nn.Linear(mean.shape[0], Width), nn.ReLU(), nn.Linear(Width, Width), nn.ReLU(), nn.Linear(Width, classes));
        register_module("body", _body);
    }

    /// <summary>[N, D] rows to logits [N, classes].</summary>
    public override Tensor forward(Tensor rows) => _body.call((rows - _mean) / _deviation);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _mean.Dispose();
            _deviation.Dispose();
        }
        base.Dispose(disposing);
    }
}
