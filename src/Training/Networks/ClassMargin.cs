using GanPipeline.Tables;
using GanPipeline.Training.Data;
using TorchSharp;

namespace GanPipeline.Training.Networks;

/// <summary>
/// How clearly a row belongs to its class among real rows: the squared distance to the nearest real row of another class over that to the nearest one of its
/// own. Above 1 the nearest neighbour (Cover and Hart 1967, "Nearest neighbor pattern classification") is of the row's class; the ratio is the margin by which.
/// Distances are Euclidean in the rows' <see cref="RowFeatures"/>.
/// </summary>
/// <remarks>
/// A squared distance is |x|² + [x, class] · W + |real row|²: W holds -2 times the real rows, and below them for each class a large number at the rows that do
/// not count, which puts them out of reach.
/// </remarks>
internal sealed class ClassMargin : nn.Module<Tensor, Tensor, Tensor>
{
    /// <summary>Added to both squared distances: rows nearer than its root are as good as equal.</summary>
    public const double Least = 1e-3;

    private const float OutOfReach = 1e6f;

    /// <summary>The real rows. Constants stand in objects that are no modules: TorchSharp takes a module's own tensors for parameters or running
    /// statistics.</summary>
    /// <param name="SquaredLengths">Squared lengths of their features, [1, R].</param>
    /// <param name="OwnWeights">What features and class of a row are multiplied by for the distances to the real rows of its class, [F + classes, R].</param>
    /// <param name="OtherWeights">The same for the other classes.</param>
    internal sealed record RealRows(Tensor SquaredLengths, Tensor OwnWeights, Tensor OtherWeights);

    internal ClassMargin(TableCodec codec, AnchorRows landmarks, Device device) : base(nameof(ClassMargin))
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        RowFeatures features = RowFeatures.Fit(codec, landmarks.Rows);
        Tensor real = features.Of(tensor(landmarks.Rows, [landmarks.Counts.Sum(), codec.Width]));
        long[] classes = [.. landmarks.Counts.SelectMany((n, c) => Enumerable.Repeat((long)c, n))];
        Tensor own = zeros(landmarks.Counts.Count, classes.Length).scatter(0, tensor(classes, [1, classes.Length]), ones(1, classes.Length));
        Features = features.On(device);
        Real = new RealRows(Constant(real.Squared().sum(dim: 1).unsqueeze(0)),
            Constant(cat([real.t() * Held.MinusTwo, Held.One.Minus(own).Times(OutOfReach)], 0)),
            Constant(cat([real.t() * Held.MinusTwo, own.Times(OutOfReach)], 0)));

        Tensor Constant(Tensor value) => value.contiguous().to(device).DetachFromDisposeScope();
    }

    /// <summary>What distances are measured in: F features of a row.</summary>
    public RowFeatures Features { get; }

    /// <summary>What distances are measured to.</summary>
    public RealRows Real { get; }

    /// <summary>[N, 1] margins: squared ratios.</summary>
    /// <param name="rows">[N, scalars + slots] encoded rows.</param>
    /// <param name="label">[N, classes], above 0 for the class alone.</param>
    public override Tensor forward(Tensor rows, Tensor label)
    {
        Tensor features = Features.Of(rows), length = features.Squared().sum(dim: 1).unsqueeze(1), input = cat([features, label], 1);
        Tensor own = Nearest(Real.OwnWeights), other = Nearest(Real.OtherWeights);
        return other / own;

        Tensor Nearest(Tensor weights) =>
            input.matmul(weights).Plus(Real.SquaredLengths).min(1, keepdim: true).values.Plus(length).clamp(min: Held.Zero).Plus(Least);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Features.Dispose();
            foreach (Tensor constant in (Tensor[])[Real.SquaredLengths, Real.OwnWeights, Real.OtherWeights]) constant.Dispose();
        }
        base.Dispose(disposing);
    }
}
