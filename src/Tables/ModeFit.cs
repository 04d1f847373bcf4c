namespace GanPipeline.Tables;

/// <summary>Learns the modes of a column of numbers: Gaussians of a mixture, and a mode of its own for each value that is frequent.</summary>
internal static class ModeFit
{
    /// <summary>Gaussians of a column at most.</summary>
    public const int MostComponents = 10;

    private const int FitRows = 10_000, LeastRepeats = 5;
    private const double LeastWeight = 0.005, FrequentValue = 0.05, Margin = 1.02;

    /// <summary>The code with its modes.</summary>
    /// <param name="code">The code of the column so far.</param>
    /// <param name="values">The distinct values in ascending order, and the rows that have each.</param>
    /// <param name="keepsValues">Whether its numbers may be listed.</param>
    public static ColumnCode Of(ColumnCode code, (double Value, int Count)[] values, bool keepsValues)
    {
        long rows = values.Sum(v => (long)v.Count);
        bool Frequent((double Value, int Count) v) => v.Count >= Math.Max(LeastRepeats, FrequentValue * rows) || (!code.IsTimeOfDay
            && v.Value >= code.Dates?.FirstApart);
        // A value that many rows share (a 0 for "none") is a mode of its own: no Gaussian makes it exactly.
        List<(double Center, double HalfWidth)> modes = [.. values.Where(Frequent).Select(v => (v.Value, 0.0))];
        (double Value, int Count)[] others = [.. values.Where(v => !Frequent(v))];
        if (others.Length > 0)
        {
            code = HeapFit.Of(code, others);
            if (keepsValues && ValueList.Of(code, others, [.. modes.Select(mode => mode.Center)]) is { } list) code = code with { Listed = list, Heaps = [] };
            GaussianMixture mixture = GaussianMixture.Fit(SortedValues.Spread(HeapFit.Levelled(code, others), FitRows), MostComponents).Pruned(LeastWeight);
            foreach (IGrouping<int, (double Value, int Count)> mode in others.GroupBy(v => mixture.Component(v.Value)).OrderBy(g => g.Key))
            {
                (double low, double high) = (mode.Min(v => v.Value), mode.Max(v => v.Value));
                if (code.Listed is { } listed) (low, high) = listed.Reach(low, high);
                modes.Add(((low + high) / 2, (high - low) / 2 * Margin));
            }
        }
        return code with { Kind = CodeKind.Mixture, Centers = [.. modes.Select(m => m.Center)], HalfWidths = [.. modes.Select(m => m.HalfWidth)] };
    }
}
