using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>
/// Splits rows into those that something is trained on and those that it is scored on. Equal rows stay together wherever a row's values are known: a row that
/// scores and was also trained on would say nothing.
/// </summary>
internal static class RowSplit
{
    /// <summary>Stratified folds: each has its share of every class, and equal rows are in one.</summary>
    /// <param name="rows">[N, columns], row-major.</param>
    /// <param name="columns">Numbers in a row.</param>
    /// <param name="labels">[N] class indices.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="folds">Number of folds.</param>
    /// <param name="seed">Decides which rows go together.</param>
    /// <returns>[N] numbers from 0 to <paramref name="folds"/> - 1.</returns>
    public static int[] Folds(ReadOnlySpan<float> rows, int columns, ReadOnlySpan<long> labels, int classes, int folds, ulong seed)
    {
        int[] fold = new int[labels.Length], order = [.. Enumerable.Range(0, labels.Length)], next = new int[classes];
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        new RandomStream(SeedStream.Derive(seed, "folds")).Shuffle<int>(order);
        foreach (int row in order)
        {
            string key = Key(rows, columns, row);
            if (!known.TryGetValue(key, out fold[row])) known[key] = fold[row] = next[labels[row]]++ % folds;
        }
        return fold;
    }

    /// <summary>How many different rows there are at some places.</summary>
    public static int Different(ReadOnlySpan<float> rows, int columns, IEnumerable<int> places)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (int row in places) known.Add(Key(rows, columns, row));
        return known.Count;
    }

    /// <summary>A stratified part: a share of each class, in an order that depends on where the first of equal rows stands and on nothing else.</summary>
    /// <param name="keys">[N] equal for equal rows.</param>
    /// <param name="labels">[N] class indices.</param>
    /// <param name="share">Share of each class, above 0 and below 1; of each class some rows stay outside.</param>
    /// <returns>[N] whether a row is of the part.</returns>
    public static bool[] Part(IReadOnlyList<string> keys, long[] labels, double share)
    {
        bool[] part = new bool[labels.Length];
        foreach (IGrouping<long, int> group in Enumerable.Range(0, labels.Length).GroupBy(row => labels[row]))
        {
            int[][] equal = [.. group.GroupBy(row => keys[row], StringComparer.Ordinal).Select(g => g.ToArray()).OrderBy(g => Place(g[0]))];
            int wanted = (int)Math.Round(share * group.Count()), taken = 0;
            foreach (int[] rows in equal.SkipLast(1).TakeWhile(_ => taken < wanted))
            {
                foreach (int row in rows) part[row] = true;
                taken += rows.Length;
            }
        }
        return part;
    }

    /// <summary>Whether the row at a place is of a part of about a share of the rows, whatever they are: for files that are read a row at a time.</summary>
    public static bool IsInPart(int place, double share) => Place(place) < share * ulong.MaxValue;

    /// <summary>
    /// Whether a row is of a part that has about one in <paramref name="oneIn"/> rows: by its own values and the seed alone, so that a row more moves no other.
    /// </summary>
    /// <param name="key">The row as a text.</param>
    /// <param name="seed">Decides which rows they are.</param>
    /// <param name="oneIn">At least 1.</param>
    public static bool IsHeldOut(string key, ulong seed, int oneIn) => SeedStream.Derive(seed, "held out " + key) % (ulong)oneIn == 0;

    private static string Key(ReadOnlySpan<float> rows, int columns, int row) =>
        Convert.ToBase64String(SHA256.HashData(MemoryMarshal.AsBytes(rows.Slice(row * columns, columns))));

    private static ulong Place(int row) => SeedStream.Derive(0, "test part", (ulong)row);
}
