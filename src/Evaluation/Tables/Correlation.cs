namespace GanPipeline.Evaluation.Tables;

/// <summary>Pearson's correlation of two columns of numbers over the rows where neither is missing; 0 where one has no spread.</summary>
internal static class Correlation
{
    public static double Of(TableColumn a, TableColumn b)
    {
        (double X, double Y)[] rows = [.. a.Numbers!.Zip(b.Numbers!).Where(p => !double.IsNaN(p.First) && !double.IsNaN(p.Second))];
        if (rows.Length < 2) return 0;
        ColumnSpread x = ColumnSpread.Of([.. rows.Select(r => r.X)]), y = ColumnSpread.Of([.. rows.Select(r => r.Y)]);
        return x.Deviation > 0 && y.Deviation > 0 ? rows.Average(r => (r.X - x.Mean) / x.Deviation * ((r.Y - y.Mean) / y.Deviation)) : 0;
    }
}
