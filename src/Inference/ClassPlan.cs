namespace GanPipeline.Inference;

/// <summary>How many samples are generated, and of which class each is. The class depends on the sample's index alone, so any part can stand alone.</summary>
public sealed class ClassPlan
{
    private ClassPlan(ulong count, Func<ulong, long>? labelOf) => (Count, LabelOf) = (count, labelOf);

    /// <summary>Samples in all.</summary>
    public ulong Count { get; }

    /// <summary>The class of the sample with a given index; null for a generator without classes.</summary>
    public Func<ulong, long>? LabelOf { get; }

    /// <summary>The classes take turns: sample i is of class i modulo their number.</summary>
    /// <param name="classes">Class indices; empty for a generator without classes.</param>
    /// <param name="count">Samples in all.</param>
    public static ClassPlan Turns(IReadOnlyList<long> classes, ulong count)
    {
        long[] turn = [.. classes];
        return new ClassPlan(count, turn.Length == 0 ? null : i => turn[i % (ulong)turn.Length]);
    }

    /// <summary>A class for each sample.</summary>
    public static ClassPlan List(IReadOnlyList<long> labels) => Turns(labels, (ulong)labels.Count);

    /// <summary>So many samples of one class, then so many of the next.</summary>
    public static ClassPlan Counts(IReadOnlyList<(long Class, ulong Count)> blocks)
    {
        var ends = new ulong[blocks.Count];
        var end = 0UL;
        for (var i = 0; i < ends.Length; i++)
        {
            ends[i] = end = checked(end + blocks[i].Count);
        }

        long[] classes = [.. blocks.Select(block => block.Class)];
        return new ClassPlan(end, sample =>
        {
            var block = 0;
            while (sample >= ends[block])
            {
                block++;
            }

            return classes[block];
        });
    }

    /// <summary>Shares of <paramref name="count"/> in proportion to the weights; what rounding down leaves goes to the largest remainders.</summary>
    /// <param name="weights">A class and a finite weight above 0 each.</param>
    /// <param name="count">Samples in all.</param>
    public static ClassPlan Ratio(IReadOnlyList<(long Class, double Weight)> weights, ulong count)
    {
        var sum = weights.Sum(w => w.Weight);
        double[] shares = [.. weights.Select(w => w.Weight / sum * count)];
        ulong[] counts = [.. shares.Select(share => (ulong)Math.Floor(share))];
        var left = (int)(count - counts.Aggregate(0UL, (a, b) => a + b));
        foreach (var i in Enumerable.Range(0, shares.Length).OrderByDescending(i => shares[i] - Math.Floor(shares[i])).ThenBy(i => i).Take(left))
        {
            counts[i]++;
        }

        return Counts([.. weights.Zip(counts, (w, n) => (w.Class, n))]);
    }
}
