using System.Globalization;
using GanPipeline.Cli.Commands;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Evaluation.Tables;
using GanPipeline.Primitives;
using GanPipeline.Tables;

namespace GanPipeline.Cli.Stages;

/// <summary>
/// Tables: CSV files. A column is of numbers where every value of the real rows is one or missing (empty), and of categories otherwise.
/// </summary>
internal static class TableEvaluation
{
    public static IReadOnlyList<MetricResult> Measure(EvaluateArguments arguments, CancellationToken stop)
    {
        if (arguments.Data is null) throw new UserErrorException("name the real table with --data.");
        if (arguments.Test is null && arguments.Against == "test") Screen.Note("no --test rows: generated rows are compared with the training rows, and some metrics cannot be measured");
        TextTable real = TableReader.Read(arguments.Data), generated = TableReader.Read(arguments.Source);
        TextTable? test = arguments.Test is null ? null : TableReader.Read(arguments.Test);
        HashSet<string> numeric = [.. real.Columns.Where(c => c.Name != arguments.Label && IsNumeric(c) && (test?.Find(c.Name) is not { } t || IsNumeric(t))).Select(c => c.Name)];
        Table training = Convert(real, numeric), made = Convert(generated, numeric);
        Table? heldOut = test is null ? null : Convert(test, numeric);
        bool againstTest = heldOut is not null && arguments.Against == "test";
        var comparison = new TableComparison(made, againstTest ? heldOut! : training)
        {
            RealName = againstTest ? "test" : "training", Training = training, HeldOut = heldOut, Target = arguments.Label, Seed = arguments.Seed,
        };
        IReadOnlyList<Metric<TableComparison>> metrics = arguments.Metrics.Count == 0 ? Metric<TableComparison>.All : Metric<TableComparison>.Named(arguments.Metrics);
        return Metric<TableComparison>.MeasureAll(metrics, comparison,
            arguments.Metrics.Count == 0 ? (metric, reason) => Screen.Note($"not measured: {metric.Name} ({reason})") : null, stop);
    }

    private static bool IsNumeric(TextColumn column) => column.Values.Any(v => v.Length > 0) && column.Values.All(v => v.Length == 0 || Number(v) is not null);

    private static Table Convert(TextTable table, HashSet<string> numeric) => new([.. table.Columns.Select(column =>
    {
        if (!numeric.Contains(column.Name)) return new TableColumn(column.Name, [.. column.Codes.Select(c => column.Values[c].Length == 0 ? null : column.Values[c])]);
        int broken = Array.FindIndex([.. column.Values], v => v.Length > 0 && Number(v) is null);
        if (broken >= 0) throw table.ErrorAt(column, broken, $"'{column.Values[broken]}' is not a finite number, as the column is in the real table; remove or repair the row.");
        double[] values = [.. column.Values.Select(v => v.Length == 0 ? double.NaN : Number(v)!.Value)];
        return new TableColumn(column.Name, Array.ConvertAll(column.Codes, c => values[c]));
    })]);

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;
}
