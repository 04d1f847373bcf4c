using GanPipeline.Tables;

namespace GanPipeline.Training.Data;

/// <summary>A column of numbers in units of mean 0 and deviation 1; of a quantile code it is the rank that is standardised.</summary>
/// <param name="Mean">Mean of the numbers that are not missing.</param>
/// <param name="Deviation">Their standard deviation; 1 where there is none.</param>
/// <param name="Modes">Standardised values that are modes of their own, and that several rows have.</param>
internal sealed record NumberScale(double Mean, double Deviation, IReadOnlySet<float> Modes)
{
    private const int Several = 5; // fewer have it since nothing else is near it, not since it is a value of its own

    /// <summary>The scales of the columns with a scalar, in their order.</summary>
    /// <param name="codec">The code.</param>
    /// <param name="rows">[N, width] encoded rows.</param>
    public static IReadOnlyList<NumberScale> Of(TableCodec codec, float[] rows) => [.. codec.Layout().Where(c => c.Column.Scalars > 0).Select(c =>
    {
        var plain = new NumberScale(0, 1, new HashSet<float>());
        (double mean, double squares, int count) = (0, 0, 0);
        int width = codec.Width;
        int[] rowsOf = new int[Math.Max(1, c.Column.Slots)];
        for (int first = 0; first < rows.Length; first += width)
        {
            int chosen = c.Column.ChosenSlot(rows.AsSpan(first, width), c.Slot);
            rowsOf[chosen]++;
            if (chosen == c.Column.MissingSlot) continue;
            double number = plain.Center(c.Column, chosen) + plain.HalfWidth(c.Column, chosen) * rows[first + c.Scalar], step = number - mean;
            mean += step / ++count;
            squares += step * (number - mean);
        }
        double deviation = count == 0 ? 0 : Math.Sqrt(squares / count);
        var scale = new NumberScale(mean, deviation > 0 ? deviation : 1, new HashSet<float>());
        int modes = c.Column.Kind == CodeKind.Quantile ? 0 : c.Column.Centers.Count;
        return scale with
        {
            Modes = Enumerable.Range(0, modes).Where(k => c.Column.HalfWidths[k] == 0 && rowsOf[k] >= Several)
                .Select(k => (float)scale.Center(c.Column, k)).ToHashSet(),
        };
    })];

    /// <summary>Whether a standardised number is a mode of its own.</summary>
    public bool IsMode(float number) => Modes.Contains(number);

    /// <summary>Middle of a slot's mode.</summary>
    public double Center(ColumnCode column, int slot) => ((column.Kind == CodeKind.Quantile ? 0 : column.Centers[slot]) - Mean) / Deviation;

    /// <summary>Half the width of a slot's mode.</summary>
    public double HalfWidth(ColumnCode column, int slot) => (column.Kind == CodeKind.Quantile ? 1 : column.HalfWidths[slot]) / Deviation;
}
