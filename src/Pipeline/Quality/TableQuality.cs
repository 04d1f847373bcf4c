using System.Globalization;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Evaluation.Tables;
using GanPipeline.Inference;
using GanPipeline.MlNet;
using GanPipeline.Primitives;
using GanPipeline.TableFiles;
using GanPipeline.Tables;
using GanPipeline.Training.Data;

namespace GanPipeline.Stages;

/// <summary>
/// Tables: rows of the generator against the test part, column by column and as a whole; then how a classifier does, trained on the training part as it is,
/// on what costs nothing, and on the part up-sampled by the generator. Both parts are written beside it, so that others can evaluate it on the same rows.
/// </summary>
internal sealed class TableQuality : QualityReport
{
    private const int MostEvaluated = 20_000;

    protected override string Kind => SampleFormat.TableKind;

    public override int Threads => 1; // networks this small only lose time by sharing their work

    public override string Examples => "generated.csv";

    public override void Check(Dataset train, Dataset test) => LabelledRows.CheckBalanced(train);

    public override IReadOnlyList<MetricResult> Measure(QualityContext context, StageContext stage)
    {
        Table train = context.Train.Rows!, test = context.Test.Rows!;
        Write(context.Folder.In("train.csv"), train);
        Write(context.Folder.In("test.csv"), test);
        TableComparison comparison = TableEvaluation.Of(context.Generator, train, test, MostEvaluated, againstTest: true, target: null, context.Seed, stage);
        IReadOnlyList<MetricResult> ofRows = MetricCatalog.MeasureAll(stage.Counted("metrics", MetricCatalog.OfTables), comparison,
            TableEvaluation.Skipped(stage), stage.Stop);
        ofRows = [.. ofRows, .. Ceilings.Of(comparison, stage.Stop)];
        WriteColumns(context.Folder.In("columns.csv"), ColumnShare.Of(comparison.Generated, comparison.Real));
        return context.CanUpsample ? [.. ofRows, .. Upsampling(context, stage)] : ofRows;
    }

    /// <summary>The file that <c>gan upsample</c> would write is what is evaluated.</summary>
    private static IReadOnlyList<MetricResult> Upsampling(QualityContext context, StageContext stage)
    {
        string balancedPath = context.Folder.In("upsampled.csv");
        GeneratorInfo info = context.Generator.Info;
        _ = stage.Finished(TableUpsampling.Run(new UpsampleOptions(context.Folder.In("train.csv"), context.Folder.GeneratorFile, balancedPath)
        {
            Seed = context.Seed,
            Force = true,
        }, context.Generator, stage));
        Table balanced = TableFile.Read(balancedPath);
        TableCodec codec = context.Train.Format.Table!;
        TableColumn labels = balanced.Find(info.LabelColumn)!;
        int[] known = ClassMatch.Places(labels.Values, info.ClassNames);
        var rows = new LabelledRows(codec.Encode(balanced, new SchemaFile()), codec.Width, Array.ConvertAll(labels.Codes, code => (long)known[code]),
            info.ClassNames);
        LabelledRows train = LabelledRows.Of(context.Train);
        RunNotes.WriteClasses(context.Folder, train, rows);
        IReadOnlyList<ResampledRows> free = ResampledRows.Free(train, codec, context.Seed, stage.Stop);
        var generator = ResampledRows.OfGenerator(rows);
        LabelledRows test = LabelledRows.Of(context.Test);
        return
        [
            .. TestedMethods.Measure(free, generator, test, codec, "rows", context.Seed, stage),
            .. AddedRowsQuality.Measure([free[^1], generator], train, test, codec, context.Seed, stage),
        ];
    }

    private static void Write(string path, Table table) =>
        RunNotes.WriteCsv(path, [.. table.Columns.Select(c => c.Name)], Enumerable.Range(0, table.Rows)
            .Select(row => table.Columns.Select(c => c[row]).ToArray()));

    private static void WriteColumns(string path, IEnumerable<ColumnShare> shares)
    {
        RunNotes.WriteCsv(path, ["column", "value", "from", "to", "missing", "real", "generated"], shares.Select(s => new[]
            { s.Column, s.Value, Number(s.From), Number(s.To), s.Missing ? "yes" : "", Number(s.Real), Number(s.Generated) }));

        static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);
    }
}
