using GanPipeline.Primitives;
using GanPipeline.Tables;

namespace GanPipeline.Resampling;

/// <summary>
/// Synthetic minority over-sampling (Chawla, Bowyer, Hall and Kegelmeyer 2002): the numbers of a new row lie at random on the line from a row to one of its
/// nearest neighbours in the class (section 4.2). With categories it is SMOTE-NC (section 6.1): a category that differs counts, in distances, like a difference
/// of the median of the standard deviations of the class's numbers, and a new row has the category that most of the neighbours have.
/// </summary>
/// <param name="neighbours">Neighbours to choose from, at least 1; all others where a class has fewer, and a class of one row repeats it.</param>
internal sealed class Smote(int neighbours = 5) : IResampler
{
    /// <inheritdoc/>
    public INewRows Of(MixedRows rows) => new Interpolations(rows, neighbours);

    /// <summary>
    /// What a category that differs adds to a squared distance: the squared median of the standard deviations of the numbers, over the rows of the class. Where
    /// that is 0, or there are no numbers, 1, which the paper leaves open: at 0 rows of different categories would be as near as equal ones.
    /// </summary>
    internal static double SquaredPenalty(MixedRows rows)
    {
        double[] deviations = [.. Enumerable.Range(0, rows.NumberColumns).Select(column => Deviation(rows, column)).Order()];
        if (deviations.Length == 0) return 1;
        double median = (deviations[(deviations.Length - 1) / 2] + deviations[deviations.Length / 2]) / 2;
        return median > 0 ? median * median : 1;
    }

    private static double Deviation(MixedRows rows, int column)
    {
        (double mean, double squares) = (0, 0);
        for (int row = 0; row < rows.Count; row++)
        {
            double number = rows.Numbers(row)[column], step = number - mean;
            mean += step / (row + 1);
            squares += step * (number - mean);
        }
        return Math.Sqrt(squares / rows.Count);
    }

    private sealed class Interpolations(MixedRows rows, int neighbours) : INewRows
    {
        private readonly NearestRows _nearest = new(rows, neighbours, rows.CategoryColumns == 0 ? 0 : SquaredPenalty(rows));
        private readonly TakingTurns _turns = new(rows.Count);

        public string Method => (rows.CategoryColumns > 0 ? "SMOTE-NC" : "SMOTE") + $" with {neighbours} {(neighbours == 1 ? "neighbour" : "neighbours")}";

        public NewRow Row(ulong seed, long index)
        {
            int donor = _turns.Donor(seed, index);
            IReadOnlyList<int> near = _nearest.Of(donor);
            if (near.Count == 0) return NewRow.Again(donor);
            int neighbour = near[(int)(SeedStream.Derive(seed, "neighbour", (ulong)index) % (ulong)near.Count)];
            return NewRow.Between(donor, neighbour, (SeedStream.Derive(seed, "gap", (ulong)index) >> 40) * (1f / (1 << 24)), near);
        }
    }
}
