using GanPipeline.Evaluation.Metrics;
using GanPipeline.Primitives;

namespace GanPipeline.Evaluation.Tables;

/// <summary>One number a column, and their mean, for metrics that look at one column at a time.</summary>
internal static class PerColumn
{
    private const int Draws = 50;

    public sealed record Number(string Column, double Value, Interval? Interval, string Sample);

    public static string? NoNumbers(TableComparison input) => input.Real.Columns.Any(c => c.IsNumeric) ? null : "there is no numeric column";

    public static string? NoWords(TableComparison input) => input.Real.Columns.Any(c => !c.IsNumeric) ? null : "there is no column of categories";

    /// <summary>A measure of generated and real numbers without the missing ones, each in ascending order.</summary>
    public static IReadOnlyList<Number> Numbers(TableComparison input, string metric, Func<double[], double[], double> measure, bool interval = true)
    {
        return All(input, metric, [.. input.Real.Columns.Where(c => c.IsNumeric)], Present, Measure, interval);

        static double[] Present(TableColumn column) => [.. column.Numbers!.Where(v => !double.IsNaN(v)).Order()];
        double Measure(double[] generated, double[] real)
        {
            Array.Sort(generated); // drawn again, they are in disorder
            return generated.Length == 0 || real.Length == 0 ? double.NaN : measure(generated, real);
        }
    }

    /// <summary>A measure of generated and real categories, a missing one among them.</summary>
    public static IReadOnlyList<Number> Words(TableComparison input, string metric, Func<string[], string[], double> measure, bool interval = true) =>
        All(input, metric, [.. input.Real.Columns.Where(c => !c.IsNumeric)], column => [.. column.Words!.Select(w => w ?? "\0")], measure, interval);

    private static List<Number> All<T>(TableComparison input, string metric, TableColumn[] columns, Func<TableColumn, T[]> values, Func<T[], T[],
        double> measure, bool interval)
    {
        var numbers = new List<Number>();
        var replicates = new double[Draws];
        foreach (TableColumn column in columns)
        {
            T[] generated = values(input.Generated[column.Name]), real = values(column);
            double value = measure(generated, real);
            Interval? spread = null;
            if (interval && double.IsFinite(value))
            {
                RandomStream random = Bootstrap.Stream(input.Seed, $"{metric} {column.Name}");
                double[] again = [.. Enumerable.Range(0, Draws).Select(_ => measure([.. generated.Select(_ => generated[random.Next(generated.Length)])], real))];
                for (int i = 0; i < Draws; i++) replicates[i] += again[i] / columns.Length;
                spread = Bootstrap.Normal(value, again);
            }
            numbers.Add(new Number(column.Name, value, spread, $"{generated.Length} generated against {real.Length} {input.RealName} values"));
        }
        double[] known = [.. numbers.Select(n => n.Value).Where(double.IsFinite)];
        double mean = known.Length > 0 ? known.Average() : double.NaN;
        Interval? whole = interval && known.Length == columns.Length ? Bootstrap.Normal(mean, replicates) : null;
        return [new Number("", mean, whole, $"mean of {known.Length} of {columns.Length} columns, {input.Sizes}"), .. numbers];
    }
}
