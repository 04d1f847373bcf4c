namespace GanPipeline.Evaluation.Tables;

/// <summary>How much more or less often values lack in generated rows than in real ones.</summary>
internal static class MissingValues
{
    /// <summary>The mean of the columns, each column, and each column in each class.</summary>
    public static IEnumerable<Measurement> Shares(TableComparison tables)
    {
        Measurement[] columns = [.. tables.Real.Columns.Select(real =>
            new Measurement(Math.Abs(tables.Generated[real.Name].MissingShare - real.MissingShare), tables.Sizes) { Class = real.Name })];
        return [new Measurement(columns.Average(c => c.Value), $"mean of {columns.Length} columns, {tables.Sizes}"), .. columns, .. OfClasses(tables)];
    }

    /// <summary>Columns in which some value lacks; classes of which there are rows on both sides.</summary>
    private static IEnumerable<Measurement> OfClasses(TableComparison tables)
    {
        Table real = tables.Training ?? tables.Real, generated = tables.Generated;
        string name = tables.Training is null ? tables.RealName : "training";
        if (tables.Target is not { } target || real.Find(target)?.Words is not { } classes) yield break;
        ILookup<string?, int> ofReal = Rows(classes), ofGenerated = Rows(generated[target].Words!);
        foreach (string label in ofReal.Select(rows => rows.Key).OfType<string>().Order(StringComparer.Ordinal))
        {
            int[] own = [.. ofReal[label]], made = [.. ofGenerated[label]];
            if (made.Length == 0) continue;
            string sample = $"{made.Length} generated against {own.Length} {name} rows of the class";
            foreach (TableColumn column in real.Columns.Where(c => c.Name != target && (c.MissingShare > 0 || generated[c.Name].MissingShare > 0)))
                yield return new Measurement(Math.Abs(Share(generated[column.Name], made) - Share(column, own)), sample)
                {
                    Class = column.Name,
                    Data = $"class {label}",
                };
        }
    }

    private static ILookup<string?, int> Rows(string?[] classes) => Enumerable.Range(0, classes.Length).ToLookup(row => classes[row]);

    private static double Share(TableColumn column, int[] rows) => rows.Average(row => column.IsMissing(row) ? 1.0 : 0);
}
