using System.Runtime.InteropServices;
using GanPipeline.Resampling;
using static TorchSharp.torch;

namespace GanPipeline.Evaluation.Features;

/// <summary>Vectors of numbers that describe samples, one a row: what a network sees in images, or the coordinates of points.</summary>
internal sealed class FeatureSet
{
    /// <summary>A set over an array that the caller no longer changes.</summary>
    /// <param name="values">[N, columns], row-major.</param>
    /// <param name="columns">Numbers in a row, at least 1.</param>
    /// <param name="labels">[N] class indices, or null.</param>
    /// <exception cref="UserErrorException">A number is not finite.</exception>
    /// <exception cref="ArgumentException">The numbers are no whole rows, or the labels are not one a row.</exception>
    public FeatureSet(float[] values, int columns, long[]? labels = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.Length % columns != 0) throw new ArgumentException($"{values.Length} values are no whole rows of {columns}.", nameof(values));
        (Values, Columns, Labels) = (values, columns, labels);
        if (labels is not null) ClassLabels.CheckCount(labels.Length, Count);
        int broken = Array.FindIndex(values, v => !float.IsFinite(v));
        if (broken >= 0)
            throw new UserErrorException($"feature {broken % columns} of sample {broken / columns} is not a finite number, so nothing can be compared; " +
                "the samples may come from a diverged run.");
    }

    /// <summary>A set of the rows of an array, without labels.</summary>
    public FeatureSet(float[,] rows) : this(Flat(rows), rows.GetLength(1))
    {
    }

    /// <summary>[N, columns], row-major.</summary>
    public float[] Values { get; }

    /// <summary>Numbers in a row.</summary>
    public int Columns { get; }

    /// <summary>[N] class indices, or null.</summary>
    public long[]? Labels { get; }

    /// <summary>Number of rows.</summary>
    public int Count => Values.Length / Columns;

    /// <summary>One row.</summary>
    public ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * Columns, Columns);

    /// <summary>The rows at some places, in that order.</summary>
    public FeatureSet Pick(IReadOnlyList<int> places)
    {
        float[] values = new float[places.Count * Columns];
        for (int i = 0; i < places.Count; i++) Row(places[i]).CopyTo(values.AsSpan(i * Columns));
        return new FeatureSet(values, Columns, Labels is null ? null : [.. places.Select(p => Labels[p])]);
    }

    /// <summary>So many rows drawn without replacement, or all, in random order: sets are often sorted, or their classes take turns.</summary>
    /// <param name="seed">Seed of the evaluation.</param>
    /// <param name="purpose">What for, so that each use has an order of its own.</param>
    /// <param name="count">How many rows; all where there are no more.</param>
    public FeatureSet Shuffled(ulong seed, string purpose, int count = int.MaxValue) =>
        Pick(Metrics.Bootstrap.Order(Count, seed, purpose)[..Math.Min(count, Count)]);

    /// <summary>The rows of one class; the set must have labels.</summary>
    public FeatureSet OfClass(long label) => Pick([.. Enumerable.Range(0, Count).Where(i => Labels![i] == label)]);

    private static float[] Flat(float[,] rows) => rows.Length == 0 ? [] : MemoryMarshal.CreateReadOnlySpan(ref rows[0, 0], rows.Length).ToArray();

    /// <summary>These rows for a classifier; the set must have labels.</summary>
    public LabelledRows ToRows(IReadOnlyList<string> classNames) => new(Values, Columns, Labels!, classNames);

    /// <summary>[N, columns] float32, left to the caller's dispose scope.</summary>
    internal Tensor ToTensor() => tensor(Values, [Count, Columns]);
}
