namespace GanPipeline.Resampling;

/// <summary>Rows of a matrix.</summary>
internal static class RowsOf
{
    /// <summary>The rows at some places, in that order; a place may come more than once.</summary>
    /// <param name="values">[N, columns], row-major.</param>
    /// <param name="columns">Numbers in a row.</param>
    /// <param name="places">Which rows.</param>
    public static float[] Pick(float[] values, int columns, IReadOnlyList<int> places)
    {
        float[] picked = new float[LabelledRows.Length(places.Count, columns, "the rows that are picked")];
        for (int i = 0; i < places.Count; i++) values.AsSpan(places[i] * columns, columns).CopyTo(picked.AsSpan(i * columns));
        return picked;
    }
}
