using GanPipeline.Primitives;
using GanPipeline.TableFiles;
using GanPipeline.Tables;
using GanPipeline.Training;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using TorchSharp;

namespace GanPipeline.Stages;

/// <summary>A table in, what it is and what training on it would take out; nothing is written.</summary>
internal static class DescribeStage
{
    public static DescribeResult Run(DescribeOptions options, StageContext context)
    {
        RunOptions run = Presets.Load(options.Table, options);
        torch.Device device = Devices.Resolve(options.Device);
        Devices.UseThreads(run.Threads);
        return Of(run, options.Table, device, context);
    }

    /// <summary>Describes the table that a run would be trained on.</summary>
    /// <exception cref="UserErrorException">It cannot be read, or what is said of its columns does not belong to it.</exception>
    public static DescribeResult Of(RunOptions run, string path, torch.Device device, StageContext context)
    {
        var data = run.Data as TableDataOptions ?? throw new UserErrorException($"{path}: the preset's data is no table; name a table.");
        Table table = TableFile.Read(path);
        SchemaFile file = data.Declared();
        var survey = TableSurvey.Of(table, data.ClassColumn, file);
        List<string> problems = [.. survey.Problems.Select(p => p.Message)];
        using Dataset? rows = problems.Count > 0 ? null : Loaded(data, table, TableSchema.Of(survey, data.ClassColumn, file), problems);
        var columns = new ColumnWords(table, survey, data.ClassColumn, file, rows?.Format.Table);
        var result = new DescribeResult(path, table.Rows, [.. table.Columns.Select(columns.Of)], Classes(table, data.ClassColumn, survey),
            rows?.Notes ?? [.. survey.LabelNotes.Concat(survey.Columns.SelectMany(c => c.Notes)).Select(note => note + ".")], problems);
        if (rows is null) return result;
        using var trainer = new Trainer(run, rows, device);
        return result with
        {
            Width = rows.Format.Table!.Width,
            Batch = run.Batch,
            Steps = trainer.TotalSteps,
            TrainingTime = Training.TrainingTime.Estimate(trainer, context.Stop),
        };
    }

    /// <summary>The rows as they would be trained on; null, and a problem more, where they cannot be.</summary>
    private static Dataset? Loaded(TableDataOptions data, Table table, TableSchema schema, List<string> problems)
    {
        try
        {
            Dataset rows = data.Load(table, schema);
            if (rows.Problem is not { } problem) return rows;
            problems.Add(problem);
            rows.Dispose();
        }
        catch (UserErrorException e) { problems.Add(e.Message); }
        return null;
    }

    private static ClassSize[] Classes(Table table, string? label, TableSurvey survey)
    {
        if (label is null || table.Find(label) is not { } column) return [];
        int[] counts = column.Counts();
        return [.. survey.ClassNames.Select(name => new ClassSize(name, column.Values.Select((text, code) => text == name ? (long)counts[code] : 0).Sum()))];
    }
}
