namespace GanPipeline.Tables;

/// <summary>Squared distances to the nearest of some rows, as <see cref="NearestRows"/> measures them. Not for use by several threads at once.</summary>
/// <param name="rows">The rows.</param>
/// <param name="others">Places of those among which the nearest is looked for; at least one.</param>
/// <param name="squaredPenalty">What a category that differs adds.</param>
internal sealed class NearestDistance(MixedRows rows, int[] others, double squaredPenalty = NearestRows.OneHotPenalty)
{
    private readonly RowDistances _distances = new([.. others.SelectMany(other => rows.Numbers(other, 1).ToArray())], others.Length, rows.NumberColumns);
    private readonly float[] _found = new float[others.Length];

    /// <summary>Of a row, which need not be among them.</summary>
    /// <param name="numbers">Its numbers.</param>
    /// <param name="categories">Its categories.</param>
    /// <param name="except">Place of a row that is not looked at: the row itself; null for none.</param>
    public double Of(ReadOnlySpan<float> numbers, ReadOnlySpan<int> categories, int? except)
    {
        _distances.Of(numbers, 1, _found);
        double least = double.PositiveInfinity;
        for (int i = 0; i < others.Length; i++)
        {
            if (others[i] == except) continue;
            double distance = _found[i];
            if (rows.CategoryColumns > 0 && distance < least) distance += squaredPenalty * NearestRows.Differing(categories, rows.Categories(others[i]));
            least = Math.Min(least, distance);
        }
        return least;
    }
}
