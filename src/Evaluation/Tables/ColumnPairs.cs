namespace GanPipeline.Evaluation.Tables;

/// <summary>How much a measure of two columns differs between generated and real rows, over all pairs.</summary>
internal static class ColumnPairs
{
    private const int Draws = 20;

    /// <summary>Mean absolute difference over the pairs, its interval (generated rows drawn again), and what it was measured on.</summary>
    /// <param name="input">The tables.</param>
    /// <param name="purpose">Name of the metric.</param>
    /// <param name="columns">Columns of the real table.</param>
    /// <param name="most">The largest difference that there can be.</param>
    /// <param name="measure">Takes two columns of one table.</param>
    public static Measurement Compare(TableComparison input, string purpose, IEnumerable<TableColumn> columns, double most,
        Func<TableColumn, TableColumn, double> measure)
    {
        TableColumn[] real = [.. columns];
        (int I, int J)[] pairs = [.. Enumerable.Range(0, real.Length).SelectMany(i => Enumerable.Range(i + 1, real.Length - i - 1).Select(j => (i, j)))];
        double[] ofReal = Array.ConvertAll(pairs, p => measure(real[p.I], real[p.J]));
        double[] differences = Differences(input.Generated);
        RandomStream random = Bootstrap.Stream(input.Seed, purpose);
        int rows = input.Generated.Rows;
        double[] replicates = [.. Enumerable.Range(0, input.HasIntervals ? Draws : 0).Select(_ =>
            Differences(input.Generated.Pick([.. Enumerable.Range(0, rows).Select(_ => random.Next(rows))])).Average())];
        (int I, int J) worst = pairs[Array.IndexOf(differences, differences.Max())];
        string sample = $"{pairs.Length} {(pairs.Length == 1 ? "pair" : "pairs")} of columns, {input.Sizes}; most for {real[worst.I].Name} and " +
            $"{real[worst.J].Name}";
        return new Measurement(differences.Average(), sample)
        {
            Interval = (_, _) => !input.HasIntervals || rows < Bootstrap.FewestRows ? null : Bootstrap.Normal(differences.Average(), replicates, most),
        };

        double[] Differences(Table table)
        {
            TableColumn[] generated = Array.ConvertAll(real, c => table[c.Name]);
            return [.. pairs.Select((p, n) => Math.Abs(measure(generated[p.I], generated[p.J]) - ofReal[n]))];
        }
    }
}
