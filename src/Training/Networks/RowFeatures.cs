using GanPipeline.Tables;
using TorchSharp;

namespace GanPipeline.Training.Networks;

/// <summary>
/// Features of encoded rows between which a distance means something: numbers of deviation 1 (ranks for a quantile code), and a 1 for each category. They are
/// (slots · SlotCenters + Centers) + (scalars · ScalarChoice) ∘ (slots · SlotWidths + Widths): where the chosen mode of each column has its middle, and how far
/// its scalar leads from there.
/// </summary>
/// <param name="Codec">The code of the columns.</param>
/// <param name="SlotCenters">Middle of each slot's mode, [slots, F].</param>
/// <param name="Centers">Middle of the mode of columns without slots, [1, F].</param>
/// <param name="ScalarChoice">1 where a feature takes a scalar, [scalars, F].</param>
/// <param name="SlotWidths">Width of each slot's mode, [slots, F].</param>
/// <param name="Widths">Width of the mode of columns without slots, [1, F].</param>
internal sealed record RowFeatures(TableCodec Codec, Tensor SlotCenters, Tensor Centers, Tensor ScalarChoice, Tensor SlotWidths, Tensor Widths) : IDisposable
{
    private readonly ColumnRange _scalars = ColumnRange.ScalarsOf(Codec), _slots = ColumnRange.SlotsOf(Codec);

    /// <summary>Number of features, F.</summary>
    public long Count => Centers.shape[1];

    /// <summary>The features by which a table's rows are compared: their means and deviations are those of these rows, [rows, width] row-major.</summary>
    internal static RowFeatures Fit(TableCodec codec, float[] rows)
    {
        int features = codec.Parts.Sum(FeaturesOf);
        float[,] slotCenters = new float[codec.Slots, features], centers = new float[1, features], scalarChoice = new float[codec.Scalars, features];
        float[,] slotWidths = new float[codec.Slots, features], widths = new float[1, features];
        int next = 0;
        foreach ((ColumnCode column, int scalar, int slot) in codec.Layout())
        {
            int first = slot - codec.Scalars;
            if (column.Kind == CodeKind.Constant) continue;
            if (!IsMeasured(column))
            {
                for (int k = 0; k < column.Slots; k++) slotCenters[first + k, next + k] = 1;
            }
            else
            {
                (double mean, double deviation) = Moments(column, rows, codec.Width, scalar, slot);
                if (column.Scalars > 0) scalarChoice[scalar, next] = 1;
                if (column.Slots == 0) (centers[0, next], widths[0, next]) = Mode(column, 0, mean, deviation);
                for (int k = 0; k < column.Slots; k++)
                {
                    if (k == column.MissingSlot) slotCenters[first + k, next + 1] = 1;
                    else (slotCenters[first + k, next], slotWidths[first + k, next]) = Mode(column, k, mean, deviation);
                }
            }
            next += FeaturesOf(column);
        }
        return new RowFeatures(codec, tensor(slotCenters), tensor(centers), tensor(scalarChoice), tensor(slotWidths), tensor(widths));
    }

    /// <summary>From encoded rows [N, width] to their features, [N, F].</summary>
    public Tensor Of(Tensor rows)
    {
        Tensor slots = _slots.Of(rows);
        return slots.matmul(SlotCenters).Plus(Centers).Plus(_scalars.Of(rows).matmul(ScalarChoice) * slots.matmul(SlotWidths).Plus(Widths));
    }

    /// <summary>The same on a device, for longer than a dispose scope.</summary>
    internal RowFeatures On(Device device)
    {
        return new RowFeatures(Codec, Moved(SlotCenters), Moved(Centers), Moved(ScalarChoice), Moved(SlotWidths), Moved(Widths));

        Tensor Moved(Tensor value) => value.contiguous().to(device).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor constant in (Tensor[])[SlotCenters, Centers, ScalarChoice, SlotWidths, Widths]) constant.Dispose();
    }

    /// <summary>How many features a column has: a number, and whether it is missing; or one for each category.</summary>
    private static int FeaturesOf(ColumnCode column) =>
        column.Kind == CodeKind.Constant ? 0 : !IsMeasured(column) ? column.Slots : column.MissingSlot >= 0 ? 2 : 1;

    /// <summary>Whether there is a distance between a column's values; else they are equal or not.</summary>
    private static bool IsMeasured(ColumnCode column) => column.Kind != CodeKind.OneHot || !column.IsText;

    /// <summary>Middle and width of a mode in numbers of mean 0 and deviation 1.</summary>
    private static (float Center, float Width) Mode(ColumnCode column, int slot, double mean, double deviation) =>
        ((float)((Center(column, slot) - mean) / deviation), (float)(Width(column, slot) / deviation));

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
            int chosen = column.ChosenSlot(rows.AsSpan(row), slot);
            if (chosen != column.MissingSlot) values.Add(Center(column, chosen) + Width(column, chosen) * (column.Scalars == 0 ? 0 : rows[row + scalar]));
        }
        double mean = values.DefaultIfEmpty(0).Average(), deviation = Math.Sqrt(values.Select(v => (v - mean) * (v - mean)).DefaultIfEmpty(0).Average());
        return (mean, deviation > 0 ? deviation : 1);
    }
}
