namespace GanPipeline.Evaluation.Tables;

/// <summary>Whether generated values are such as real rows have: a known category, a number within the known range. All should be.</summary>
internal static class ValidValues
{
    public const string Name = "valid-values";

    /// <summary>The share of all values, and of each column's; a value that is missing is valid where some real one is.</summary>
    public static IEnumerable<Measurement> Shares(TableComparison tables)
    {
        string sample = tables.Sizes + (tables.Training is null ? "" : " and the training rows");
        Table[] known = [.. new[] { tables.Real, tables.Training }.OfType<Table>()];
        Measurement[] columns = [.. tables.Real.Columns.Select(real =>
            new Measurement(Share(tables.Generated[real.Name], [.. known.Select(t => t[real.Name])]), sample) { Class = real.Name })];
        return columns.Prepend(new Measurement(columns.Average(c => c.Value), $"mean of {columns.Length} columns, {sample}"));
    }

    private static double Share(TableColumn generated, TableColumn[] known)
    {
        bool gaps = known.Any(column => column.MissingShare > 0);
        if (generated.Words is { } words)
        {
            HashSet<string> categories = [.. known.SelectMany(column => column.Words!).OfType<string>()];
            return words.Average(word => (word is null ? gaps : categories.Contains(word)) ? 1.0 : 0);
        }
        double[] numbers = [.. known.SelectMany(column => column.Numbers!).Where(v => !double.IsNaN(v))];
        (double low, double high) = (numbers.DefaultIfEmpty(double.NaN).Min(), numbers.DefaultIfEmpty(double.NaN).Max());
        return generated.Numbers!.Average(value => (double.IsNaN(value) ? gaps : value >= low && value <= high) ? 1.0 : 0);
    }
}
