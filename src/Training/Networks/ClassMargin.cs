using System.Globalization;
using GanPipeline.Tables;
using GanPipeline.Training.Data;
using static TorchSharp.torch;

namespace GanPipeline.Training.Networks;

/// <summary>
/// How clearly a row belongs to its class among real rows: the squared distance to the nearest real row of another class over that to the nearest one of its
/// own. Above 1 the nearest neighbour (Cover and Hart 1967, "Nearest neighbor pattern classification") is of the row's class; the ratio is the margin by which.
/// Distances are Euclidean in numbers of deviation 1 (ranks for a quantile code) and a 1 for each category.
/// </summary>
/// <remarks>
/// A row's features are (slots · A + a) + (scalars · S) ∘ (slots · B + b): where each column's chosen mode has its middle, and how wide it is. Both squared
/// distances are |x|² + [x, class] · W + |real row|², of which the class's part puts the rows that do not count out of reach.
/// </remarks>
internal sealed class ClassMargin : nn.Module<Tensor, Tensor, Tensor>
{
    /// <summary>Added to both squared distances: rows nearer than its root are as good as equal.</summary>
    public const double Least = 1e-3;

    private const float OutOfReach = 1e6f;

    private readonly Tensor[] _constants;

    internal ClassMargin(TableCodec codec, AnchorRows landmarks, Device device) : base(nameof(ClassMargin))
    {
        (Scalars, Slots) = (codec.Scalars, codec.Slots);
        float[] rows = landmarks.Rows;
        (Tensor A, Tensor a, Tensor S, Tensor B, Tensor b) map = Features(codec, rows);
        using IDisposable noGradient = no_grad();
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        Tensor real = Seen(tensor(rows, [landmarks.Counts.Sum(), codec.Width]), map);
        long[] classes = [.. landmarks.Counts.SelectMany((n, c) => Enumerable.Repeat((long)c, n))];
        Tensor own = zeros(landmarks.Counts.Count, classes.Length).scatter(0, tensor(classes, [1, classes.Length]), ones(1, classes.Length));
        Tensor[] constants =
        [
            map.A, map.a, map.S, map.B, map.b, real.Squared().sum(dim: 1).unsqueeze(0),
            cat([real.t() * Held.MinusTwo, Held.One.Minus(own).Times(OutOfReach)], 0), cat([real.t() * Held.MinusTwo, own.Times(OutOfReach)], 0),
        ];
        _constants = [.. constants.Select(c => c.contiguous().to(device).DetachFromDisposeScope())];
        for (int i = 0; i < _constants.Length; i++) register_buffer(Names[i], _constants[i], persistent: false);
    }

    private static readonly string[] Names = ["slot_centers", "centers", "scalars", "slot_widths", "widths", "lengths", "own", "others"];

    /// <summary>Scalars of an encoded row.</summary>
    public int Scalars { get; }

    /// <summary>Slots of an encoded row.</summary>
    public int Slots { get; }

    /// <summary>Middle of each slot [slots, F] and of columns without [1, F]; which scalar each feature takes [scalars, F]; width of each slot [slots, F] and
    /// of columns without [1, F].</summary>
    public (Tensor SlotCenters, Tensor Centers, Tensor Scalars, Tensor SlotWidths, Tensor Widths) Map =>
        (_constants[0], _constants[1], _constants[2], _constants[3], _constants[4]);

    /// <summary>The real rows: their squared lengths [1, L], and what features and class are multiplied by, [F + classes, L], for the own class and for the
    /// others.</summary>
    public (Tensor Lengths, Tensor Own, Tensor Others) Real => (_constants[5], _constants[6], _constants[7]);

    /// <summary>[N, 1] margins: squared ratios.</summary>
    /// <param name="rows">[N, scalars + slots] encoded rows.</param>
    /// <param name="label">[N, classes], above 0 for the class alone.</param>
    public override Tensor forward(Tensor rows, Tensor label)
    {
        Tensor seen = Seen(rows, Map), length = seen.Squared().sum(dim: 1).unsqueeze(1), input = cat([seen, label], 1);
        Tensor own = Nearest(Real.Own), other = Nearest(Real.Others);
        return other / own;

        Tensor Nearest(Tensor weights) => input.matmul(weights).Plus(Real.Lengths).min(1, keepdim: true).values.Plus(length).clamp(min: Held.Zero).Plus(Least);
    }

    private Tensor Seen(Tensor rows, (Tensor A, Tensor a, Tensor S, Tensor B, Tensor b) map)
    {
        Tensor slots = rows.narrow(1, Scalars, Slots);
        return slots.matmul(map.A).Plus(map.a).Plus(rows.narrow(1, 0, Scalars).matmul(map.S) * slots.matmul(map.B).Plus(map.b));
    }

    private static (Tensor, Tensor, Tensor, Tensor, Tensor) Features(TableCodec codec, float[] rows)
    {
        int features = codec.Columns.Sum(c => c.Kind == CodeKind.Constant ? 0 : Measures(c) ? 1 + (c.MissingSlot >= 0 ? 1 : 0) : c.Slots);
        float[,] slotCenters = new float[codec.Slots, features], centers = new float[1, features], scalars = new float[codec.Scalars, features];
        float[,] slotWidths = new float[codec.Slots, features], widths = new float[1, features];
        int next = 0;
        foreach ((ColumnCode column, int scalar, int slot) in codec.Layout())
        {
            if (column.Kind == CodeKind.Constant) continue;
            int first = slot - codec.Scalars;
            if (!Measures(column))
            {
                for (int k = 0; k < column.Slots; k++) slotCenters[first + k, next++] = 1;
                continue;
            }
            (double mean, double deviation) = Moments(column, rows, codec.Width, scalar, slot);
            if (column.Scalars > 0) scalars[scalar, next] = 1;
            if (column.Slots == 0) (centers[0, next], widths[0, next]) =
                ((float)((Center(column, 0) - mean) / deviation), (float)(Width(column, 0) / deviation));
            for (int k = 0; k < column.Slots; k++)
            {
                if (k == column.MissingSlot) slotCenters[first + k, next + 1] = 1;
                else (slotCenters[first + k, next], slotWidths[first + k, next]) =
                    ((float)((Center(column, k) - mean) / deviation), (float)(Width(column, k) / deviation));
            }
            next += column.MissingSlot >= 0 ? 2 : 1;
        }
        return (tensor(slotCenters), tensor(centers), tensor(scalars), tensor(slotWidths), tensor(widths));
    }

    /// <summary>Whether there is a distance between a column's values; else they are equal or not.</summary>
    private static bool Measures(ColumnCode column) => column.Kind != CodeKind.OneHot || !column.IsText;

    private static double Center(ColumnCode column, int slot) => column.Kind switch
    {
        CodeKind.OneHot => column.NumberOf(slot),
        CodeKind.Mixture => column.Centers[slot],
        _ => 0,
    };

    private static double Width(ColumnCode column, int slot) =>
        column.Kind switch { CodeKind.OneHot => 0, CodeKind.Mixture => column.HalfWidths[slot], _ => 1 };

    private static (double Mean, double Deviation) Moments(ColumnCode column, float[] rows, int width, int scalar, int slot)
    {
        var values = new List<double>();
        for (int row = 0; row < rows.Length; row += width)
        {
            int chosen = column.Slots == 0 ? 0 : rows.AsSpan(row + slot, column.Slots).IndexOf(1f);
            if (chosen != column.MissingSlot) values.Add(Center(column, chosen) + Width(column, chosen) * (column.Scalars == 0 ? 0 : rows[row + scalar]));
        }
        double mean = values.DefaultIfEmpty(0).Average(), deviation = Math.Sqrt(values.Select(v => (v - mean) * (v - mean)).DefaultIfEmpty(0).Average());
        return (mean, deviation > 0 ? deviation : 1);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) foreach (Tensor constant in _constants) constant.Dispose();
        base.Dispose(disposing);
    }
}
