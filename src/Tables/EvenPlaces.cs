namespace GanPipeline.Tables;

/// <summary>A part of many places.</summary>
internal static class EvenPlaces
{
    /// <summary>So many places below <paramref name="count"/> at most, ascending and evenly spread.</summary>
    public static int[] Of(int count, int most) =>
        [.. Enumerable.Range(0, Math.Min(count, most)).Select(i => (int)((long)i * count / Math.Min(count, most)))];
}
