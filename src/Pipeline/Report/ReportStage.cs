using GanPipeline.Report;

namespace GanPipeline.Stages;

/// <summary>Run folders in, pages out.</summary>
internal static class ReportStage
{
    public static ReportResult Run(ReportOptions options, StageContext context) => new(RunReport.Write(options.Run, context.Stop));

    public static CompareResult Compare(CompareRunsOptions options, StageContext context)
    {
        OutputFiles.CheckFolder(options.Out);
        string[] ofSweep = [.. options.Runs.Where(IsOfSweep)];
        if (ofSweep.Length > 0) context.Note($"left out, since a sweep wrote them beside its runs: {string.Join(", ", ofSweep.Select(Path.GetFileName))}");
        Directory.CreateDirectory(options.Out);
        IReadOnlyList<string> files = RunComparison.Files(options.Out);
        using OutputFiles claimed = OutputFiles.Claim(options.Force, [.. files]);
        RunTable? table = null;
        claimed.Write(() => table = RunComparison.Write([.. options.Runs.Where(run => !IsOfSweep(run))], options.Out, context.Stop));
        if (table!.Ranking is { } ranking) context.Note(ranking);
        return new CompareResult(table.Columns, table.Rows, table.Cautions, files);
    }

    /// <summary>Whether a path is of a file that <c>gan sweep</c> writes beside its run folders, which <c>SWEEP/*</c> names, too.</summary>
    private static bool IsOfSweep(string path) => File.Exists(path) && (Path.GetFileName(path) is "sweep.csv" or "compare.csv" or "compare.html"
        || (path.EndsWith(".log", StringComparison.Ordinal) && Directory.Exists(path[..^".log".Length])));
}
