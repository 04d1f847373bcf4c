using System.Globalization;
using GanPipeline.Cli.Commands;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Evaluation.Tables;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Tables;
using Comparison = GanPipeline.Evaluation.Tables.TableComparison;
using TableColumn = GanPipeline.Evaluation.Tables.TableColumn;

namespace GanPipeline.Cli.Stages;

/// <summary>
/// Tables: CSV files. A column is of numbers where every value of the real rows is one or missing (empty), and of categories otherwise.
/// </summary>
internal static class TableEvaluation
{
    public static IReadOnlyList<MetricResult> Measure(EvaluateArguments arguments, GeneratorSession? generator, CancellationToken stop)
    {
        if (arguments.Data is null) throw new UserErrorException("name the real table with --data.");
        if (arguments.Test is null && arguments.Against == "test") Screen.Note("no --test rows: generated rows are compared with the training rows, and some metrics cannot be measured");
        TextTable real = TableReader.Read(arguments.Data);
        TextTable? test = arguments.Test is null ? null : TableReader.Read(arguments.Test);
        string? target = arguments.Label ?? (generator?.Info.LabelColumn is { Length: > 0 } own ? own : null);
        Table training, made;
        Table? heldOut;
        if (generator is null)
        {
            HashSet<string> numeric = [.. real.Columns.Where(c => c.Name != target && IsNumeric(c) && (test?.Find(c.Name) is not { } t || IsNumeric(t))).Select(c => c.Name)];
            (training, made, heldOut) = (Convert(real, numeric), Convert(TableReader.Read(arguments.Source), numeric), test is null ? null : Convert(test, numeric));
        }
        else
        {
            HashSet<string> numeric = [.. generator.Info.Columns.Where(c => !c.IsText).Select(c => c.Name)];
            made = Generate(generator, Math.Min(arguments.Count, test?.Count ?? real.Count), arguments.Seed);
            (training, heldOut) = (Convert(Known(real), numeric), test is null ? null : Convert(Known(test), numeric));
        }
        bool againstTest = heldOut is not null && arguments.Against == "test";
        var comparison = new Comparison(made, againstTest ? heldOut! : training)
        {
            RealName = againstTest ? "test" : "training", Training = training, HeldOut = heldOut, Target = target, Seed = arguments.Seed,
        };
        IReadOnlyList<Metric<Comparison>> metrics = arguments.Metrics.Count == 0 ? Metric<Comparison>.All : Metric<Comparison>.Named(arguments.Metrics);
        return Metric<Comparison>.MeasureAll(metrics, comparison,
            arguments.Metrics.Count == 0 ? (metric, reason) => Screen.Note($"{metric.Name}: not measured, {reason}") : null, stop);

        // A generator makes the columns that it learnt; names and numbers of rows, which it did not, cannot be compared.
        TextTable Known(TextTable table)
        {
            TextColumn[] kept = [.. table.Columns.Where(c => made.Has(c.Name))];
            if (kept.Length < table.Columns.Count) Screen.Note($"{table.Path}: not compared, since the generator does not make them: {string.Join(", ", table.Columns.Except(kept).Select(c => c.Name))}");
            return table with { Columns = kept };
        }
    }

    /// <summary>Rows whose classes take turns.</summary>
    private static Table Generate(GeneratorSession generator, int rows, ulong seed)
    {
        GeneratorInfo info = generator.Info;
        long[] labels = [.. Enumerable.Range(0, generator.IsConditional ? rows : 0).Select(i => (long)(i % info.ClassNames.Count))];
        IReadOnlyList<TableValues> values = generator.GenerateRows(seed, 0, labels, rows);
        List<TableColumn> columns = [.. info.Columns.Select((c, i) => c.IsText
            ? new TableColumn(c.Name, [.. values[i].Texts.Select(t => t.Length == 0 ? null : t)]) : new TableColumn(c.Name, Array.ConvertAll(values[i].Numbers, n => (double)n)))];
        if (generator.IsConditional && columns.All(c => c.Name != info.LabelColumn)) columns.Add(new TableColumn(info.LabelColumn, [.. labels.Select(l => (string?)info.ClassNames[(int)l])]));
        return new Table([.. columns]);
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
