namespace GanPipeline.Evaluation.Tables;

/// <summary>Pearson's correlation of two columns of numbers over the rows where neither is missing; 0 where one has no spread.</summary>
internal static class Correlation
{
    public static double Of(TableColumn a, TableColumn b)
    {
        (double X, double Y)[] rows = [.. a.Numbers!.Zip(b.Numbers!).Where(p => !double.IsNaN(p.First) && !double.IsNaN(p.Second))];
        if (rows.Length < 2) return 0;
        double meanX = rows.Average(r => r.X), meanY = rows.Average(r => r.Y);
        double xy = rows.Sum(r => (r.X - meanX) * (r.Y - meanY)), xx = rows.Sum(r => (r.X - meanX) * (r.X - meanX)),
            yy = rows.Sum(r => (r.Y - meanY) * (r.Y - meanY));
        return xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : 0;
    }
}
