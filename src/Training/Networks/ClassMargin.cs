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
/// A squared distance is |x|² - 2 x · r + |r|² for a real row r. The real rows stand in groups of one class each, of which the nearest is taken first: which
/// class
/// a group is of then matters for a few numbers and not for every row.
/// </remarks>
internal sealed class ClassMargin : nn.Module<Tensor, Tensor, Tensor>
{
    /// <summary>Added to both squared distances: rows nearer than its root are as good as equal.</summary>
    public const double Least = 1e-3;

    /// <summary>Real rows of a group, all of one class; where a class has no more, places without a row fill its last group.</summary>
    public const int GroupSize = 32;

    private const float OutOfReach = 1e6f;

    /// <summary>The real rows. Constants stand in objects that are no modules: TorchSharp takes a module's own tensors for parameters or running
    /// statistics.</summary>
    /// <param name="Rows">-2 times their features, [F, groups · size].</param>
    /// <param name="SquaredLengths">Squared lengths of their features, [1, groups · size]; a large number where there is no row.</param>
    /// <param name="OtherGroups">[classes, groups]: a large number for groups of other classes, else 0.</param>
    /// <param name="OwnGroups">[classes, groups]: a large number for the groups of the class, else 0.</param>
    internal sealed record RealRows(Tensor Rows, Tensor SquaredLengths, Tensor OtherGroups, Tensor OwnGroups);

    internal ClassMargin(TableCodec codec, AnchorRows landmarks, Device device) : base(nameof(ClassMargin))
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        RowFeatures features = RowFeatures.Fit(codec, landmarks.Rows);
        Tensor real = features.Of(tensor(landmarks.Rows, [landmarks.Counts.Sum(), codec.Width]));
        int[] groups = [.. landmarks.Counts.Select(count => (count + GroupSize - 1) / GroupSize)];
        long[] classes = [.. groups.SelectMany((n, c) => Enumerable.Repeat((long)c, n))];
        long[] places = [.. landmarks.Counts.SelectMany((count, c) =>
            Enumerable.Range(groups.Take(c).Sum() * GroupSize, count).Select(place => (long)place))];
        Tensor place = tensor(places), own = zeros(groups.Length, classes.Length).scatter(0, tensor(classes, [1, classes.Length]), ones(1, classes.Length));
        Features = features.On(device);
        Real = new RealRows(
            Constant(zeros(classes.Length * GroupSize, features.Count).index_copy(0, place, real * Held.MinusTwo).t()),
            Constant(ones(classes.Length * GroupSize).Times(OutOfReach).index_copy(0, place, real.Squared().sum(dim: 1)).unsqueeze(0)),
            Constant(Held.One.Minus(own).Times(OutOfReach)), Constant(own.Times(OutOfReach)));

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
        Tensor features = Features.Of(rows), length = features.Squared().sum(dim: 1).unsqueeze(1);
        Tensor nearest = features.matmul(Real.Rows).Plus(Real.SquaredLengths).view(rows.shape[0], -1, GroupSize).min(2).values;
        return Nearest(Real.OwnGroups) / Nearest(Real.OtherGroups);

        Tensor Nearest(Tensor outOfReach) =>
            nearest.Plus(label.matmul(outOfReach)).min(1, keepdim: true).values.Plus(length).clamp(min: Held.Zero).Plus(Least);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Features.Dispose();
            foreach (Tensor constant in (Tensor[])[Real.Rows, Real.SquaredLengths, Real.OtherGroups, Real.OwnGroups]) constant.Dispose();
        }
        base.Dispose(disposing);
    }
}
