namespace GanPipeline.Evaluation.Tables;

/// <summary>One number a column, and their mean, for metrics that look at one column at a time.</summary>
internal static class PerColumn
{
    private const int Draws = 50;

    /// <summary>A measure of generated and real numbers without the missing ones, each in ascending order.</summary>
    /// <param name="measure">From 0 on.</param>
    /// <param name="most">The largest that it can be, for its intervals; null for none.</param>
    public static Func<TableComparison, string, IEnumerable<Measurement>> Numbers(Func<double[], double[], double> measure, double? most)
    {
        return (input, purpose) => All(input, purpose, [.. input.Real.Columns.Where(c => c.IsNumeric)], Present, Measure, most);

        static double[] Present(TableColumn column) => [.. column.Numbers!.Where(v => !double.IsNaN(v)).Order()];
        double Measure(double[] generated, double[] real)
        {
            Array.Sort(generated); // drawn again, they are in disorder
            return generated.Length == 0 || real.Length == 0 ? double.NaN : measure(generated, real);
        }
    }

    /// <summary>A measure of generated and real categories, a missing one among them.</summary>
    /// <param name="measure">From 0 on.</param>
    /// <param name="most">The largest that it can be, for its intervals; null for none.</param>
    public static Func<TableComparison, string, IEnumerable<Measurement>> Words(Func<string[], string[], double> measure, double? most) =>
        (input, purpose) => All(input, purpose, [.. input.Real.Columns.Where(c => !c.IsNumeric)], column => [.. column.Words!.Select(w => w ?? "\0")], measure,
            most);

    private static IEnumerable<Measurement> All<T>(TableComparison input, string purpose, TableColumn[] columns, Func<TableColumn, T[]> values,
        Func<T[], T[], double> measure, double? most)
    {
        bool interval = input.HasIntervals && most is not null && input.Generated.Rows >= Bootstrap.FewestRows;
        var numbers = new List<Measurement>();
        var replicates = new double[Draws];
        int drawn = 0;
        foreach (TableColumn column in columns)
        {
            T[] generated = values(input.Generated[column.Name]), real = values(column);
            double value = measure(generated, real);
            var number = new Measurement(value, $"{generated.Length} {input.Name} against {real.Length} {input.RealName} values") { Class = column.Name };
            if (interval && double.IsFinite(value) && generated.Length >= Bootstrap.FewestRows)
            {
                RandomStream random = Bootstrap.Stream(input.Seed, $"{purpose} {column.Name}");
                double[] again = [.. Enumerable.Range(0, Draws).Select(_ =>
                    measure([.. generated.Select(_ => generated[random.Next(generated.Length)])], real))];
                for (int i = 0; i < Draws; i++) replicates[i] += again[i] / columns.Length;
                drawn++;
                number = number with { Interval = (_, _) => Bootstrap.Normal(value, again, most!.Value) };
            }
            numbers.Add(number);
        }
        double[] known = [.. numbers.Select(n => n.Value).Where(double.IsFinite)];
        double mean = known.Length > 0 ? known.Average() : double.NaN;
        var whole = new Measurement(mean, $"mean of {known.Length} of {columns.Length} columns, {input.Sizes}");
        if (interval && drawn == columns.Length) whole = whole with { Interval = (_, _) => Bootstrap.Normal(mean, replicates, most!.Value) };
        return numbers.Prepend(whole);
    }
}
