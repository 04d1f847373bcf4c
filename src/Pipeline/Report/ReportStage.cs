using GanPipeline.Report;

namespace GanPipeline.Stages;

/// <summary>Run folders in, pages out.</summary>
internal static class ReportStage
{
    public static ReportResult Run(ReportOptions options, StageContext context) => new(RunReport.Write(options.Run, context.Stop));

    public static CompareResult Compare(CompareRunsOptions options, StageContext context)
    {
        OutputFiles.CheckFolder(options.Out);
        Directory.CreateDirectory(options.Out);
        IReadOnlyList<string> files = RunComparison.Files(options.Out);
        using OutputFiles claimed = OutputFiles.Claim(options.Force, [.. files]);
        RunTable? table = null;
        claimed.Write(() => table = RunComparison.Write(options.Runs, options.Out, context.Stop));
        return new CompareResult(table!.Columns, table.Rows, table.Cautions, files);
    }
}
