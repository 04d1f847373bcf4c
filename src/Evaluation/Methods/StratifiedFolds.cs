using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace GanPipeline.Evaluation.Methods;

/// <summary>Parts of a set of rows, each with its share of every class, of which one scores what is trained on the others.</summary>
internal static class StratifiedFolds
{
    /// <summary>The fold of each row. Equal rows are in one fold: a row that scores was not among those trained on.</summary>
    /// <param name="rows">[N, columns], row-major.</param>
    /// <param name="columns">Numbers in a row.</param>
    /// <param name="labels">[N] class indices.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="folds">Number of folds.</param>
    /// <param name="seed">Decides which rows go together.</param>
    /// <returns>[N] numbers from 0 to <paramref name="folds"/> - 1.</returns>
    public static int[] Of(ReadOnlySpan<float> rows, int columns, ReadOnlySpan<long> labels, int classes, int folds, ulong seed)
    {
        int[] fold = new int[labels.Length], order = [.. Enumerable.Range(0, labels.Length)], next = new int[classes];
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        new RandomStream(SeedStream.Derive(seed, "folds")).Shuffle<int>(order);
        foreach (int row in order)
        {
            string key = Convert.ToBase64String(SHA256.HashData(MemoryMarshal.AsBytes(rows.Slice(row * columns, columns))));
            if (!known.TryGetValue(key, out fold[row])) known[key] = fold[row] = next[labels[row]]++ % folds;
        }
        return fold;
    }
}
