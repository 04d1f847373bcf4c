using System.Numerics;

namespace GanPipeline.Tables;

/// <summary>
/// Finds the multiples that a column's numbers are heaped at. Numbers are seen as a mixture: so many rows are multiples of 1 (in units of the last decimal), so
/// many of 5, of 100, all of which are equally likely within a neighbourhood; the shares are estimated by expectation and maximisation, so that a multiple of
/// 5 that is one of 100, too, counts for both as it should.
/// </summary>
internal static class HeapFit
{
    private const int LeastRows = 100, Iterations = 300, MostCandidates = 62, MultiplesWithin = 3, MostEndings = 6, LongestEnding = 3, Spread = 8;
    private const double Doubt = 3, LeastExcess = 0.03, LeastShare = 0.04;

    private static readonly double[] Steps = [1, 2, 2.5, 5], Counted = [12, 15, 30, 60]; // months, minutes

    /// <summary>The code with the heaps of its numbers.</summary>
    /// <param name="code">The code of the column so far.</param>
    /// <param name="values">The distinct values in ascending order that are no modes of their own, and the rows that have each.</param>
    public static ColumnCode Of(ColumnCode code, (double Value, int Count)[] values)
    {
        if (code.Decimals < 0) return code;
        // 0 is a multiple of everything, and often one of a kind.
        (double Unit, int Count)[] others = [.. values.Where(v => v.Value != 0).Select(v => (Math.Round(v.Value * code.Power), v.Count))];
        double rows = others.Sum(v => (double)v.Count);
        if (rows < LeastRows) return code;
        // Multiples that are further apart than the bulk of the values tell of where the values are, not of how they were rounded.
        double widest = (At(0.75) - At(0.25)) / MultiplesWithin;
        var counts = new Counts(others, rows, code.Grid.Step);
        NumberGrid[] levels = [.. Candidates(code.Grid, widest).Where(counts.Stands)];
        // What ends in 5 is no ending of its own among multiples of 5.
        IEnumerable<NumberGrid> endings = Endings(code.Grid, widest, counts)
            .Where(ending => !levels.Any(level => ending.Step % level.Step == 0 && ending.Start % level.Step == 0));
        NumberGrid[] grids = [code.Grid, .. levels.Concat(endings).Take(MostCandidates)];
        double[] shares = counts.Shares(ref grids);
        NumberHeap[] heaps = [.. grids.Zip(shares).Skip(1).Select(g => new NumberHeap(g.First, (int)Math.Round(g.Second * NumberHeap.Shares)))
            .Where(heap => heap.Share > 0)];
        // Rounded shares may be one too many.
        while (heaps.Sum(heap => heap.Share) > NumberHeap.Shares)
        {
            int most = Array.FindIndex(heaps, heap => heap.Share == heaps.Max(h => h.Share));
            heaps[most] = heaps[most] with { Share = heaps[most].Share - 1 };
        }
        return code with { Heaps = heaps };

        double At(double share)
        {
            double seen = 0;
            foreach ((double unit, int count) in others) if ((seen += count) >= share * rows) return unit;
            return others[^1].Unit;
        }
    }

    /// <summary>
    /// The values with those of heaps spread over what is rounded to them, in ascending order: Gaussians are to follow where the values are, and not each heap.
    /// </summary>
    /// <param name="code">The code with the heaps of its numbers.</param>
    /// <param name="values">The distinct values in ascending order, and the rows that have each.</param>
    public static (double Value, int Count)[] Levelled(ColumnCode code, (double Value, int Count)[] values)
    {
        if (code.Heaps.Count == 0) return values;
        double rest = NumberHeap.Shares - code.Heaps.Sum(heap => heap.Share);
        return [.. values.SelectMany(v => Parts(v.Value, v.Count)).OrderBy(v => v.Value)];

        IEnumerable<(double Value, int Count)> Parts(double value, int count)
        {
            NumberHeap[] on = [.. code.Heaps.Where(heap => heap.Grid.Has(Math.Round(value * code.Power)))];
            double all = on.Sum(Density) + rest * code.Grid.Step;
            foreach (NumberHeap heap in on)
            {
                int part = (int)(count * Density(heap) / all / Spread);
                for (int i = 0; i < Spread && part > 0; i++) yield return (value + ((i + 0.5) / Spread - 0.5) * heap.Grid.Step / code.Power, part);
                count -= part * Spread;
            }
            if (count > 0) yield return (value, count);
        }

        static double Density(NumberHeap heap) => heap.Share * heap.Grid.Step;
    }

    private static IEnumerable<NumberGrid> Candidates(NumberGrid all, double widest) => all.Start != 0 ? []
        : Enumerable.Range(0, NumberStyle.MostDigits).SelectMany(power => Steps.Select(step => step * NumberStyle.Power(power))).Concat(Counted)
            .Where(step => step > all.Step && step <= widest && step % all.Step == 0).Select(step => new NumberGrid(0, step));

    /// <summary>The most frequent last digits, of one to three digits.</summary>
    private static IEnumerable<NumberGrid> Endings(NumberGrid all, double widest, Counts counts) => Enumerable.Range(1, LongestEnding).Select(NumberStyle.Power)
        .Where(step => step > all.Step && step <= widest && step % all.Step == 0)
        .SelectMany(step => counts.Endings(step).Where(grid => grid.Start != 0).Take(MostEndings));

    /// <summary>The rows of each number.</summary>
    private sealed class Counts((double Unit, int Count)[] values, double rows, double step)
    {
        // The number of values counts, not of rows alone: few values that many rows have are multiples of something by chance.
        private readonly double _noise = values.Sum(v => (double)v.Count * v.Count) / (rows * rows);

        /// <summary>Whether so many more rows are on a grid than would be by chance that it is none.</summary>
        public bool Stands(NumberGrid grid) => IsMore(values.Where(v => grid.Has(v.Unit)).Sum(v => (double)v.Count) / rows, step / grid.Step);

        /// <summary>The remainders that stand out, the most frequent first.</summary>
        public IEnumerable<NumberGrid> Endings(double modulus) => values
            .GroupBy(v => (v.Unit % modulus + modulus) % modulus, v => (double)v.Count)
            .Select(rest => (Start: rest.Key, Share: rest.Sum() / rows)).Where(rest => IsMore(rest.Share, step / modulus))
            .OrderByDescending(rest => rest.Share).Select(rest => new NumberGrid(rest.Start, modulus));

        private bool IsMore(double share, double chance) => share - chance is var excess && excess > LeastExcess
            && excess > Doubt * Math.Sqrt(_noise * chance * (1 - chance));

        /// <summary>The share of each grid, of which those that have next to none are left out; the first, which has all numbers, stays.</summary>
        public double[] Shares(ref NumberGrid[] grids)
        {
            for (; ; )
            {
                double[] shares = Shares(grids);
                int least = Enumerable.Range(1, grids.Length - 1).DefaultIfEmpty(0).MinBy(i => shares[i]);
                if (least == 0 || shares[least] >= LeastShare) return shares;
                grids = [.. grids.Where((_, i) => i != least)];
            }
        }

        private double[] Shares(NumberGrid[] grids)
        {
            var patterns = new Dictionary<ulong, double>();
            foreach ((double unit, int count) in values)
            {
                ulong on = 0;
                for (int i = 0; i < grids.Length; i++) if (i == 0 || grids[i].Has(unit)) on |= 1UL << i;
                patterns[on] = patterns.GetValueOrDefault(on) + count / rows;
            }
            double[] shares = [.. Enumerable.Repeat(1.0 / grids.Length, grids.Length)];
            for (int round = 0; round < Iterations; round++)
            {
                double[] next = new double[grids.Length];
                foreach ((ulong on, double part) in patterns)
                {
                    double sum = 0;
                    for (ulong rest = on; rest != 0; rest &= rest - 1) sum += Density(BitOperations.TrailingZeroCount(rest));
                    for (ulong rest = on; rest != 0; rest &= rest - 1)
                    {
                        int i = BitOperations.TrailingZeroCount(rest);
                        next[i] += part * Density(i) / sum;
                    }
                }
                shares = next;
            }
            return shares;

            double Density(int i) => shares[i] * grids[i].Step; // the fewer numbers a grid has, the more each of them is likely
        }
    }
}
