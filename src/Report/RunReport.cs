namespace GanPipeline.Report;

/// <summary>
/// Makes a run's page, <c>report.html</c>, from the files of its folder alone, and beside it <c>report.json</c> with what was found and every number of the
/// page, <c>README.txt</c> with a line for each file of the folder, and <c>pictures/</c> with the page's charts as SVG. Each file appears whole or not at all,
/// so that a page can be made again while training goes on.
/// </summary>
internal static class RunReport
{
    /// <summary>The file that holds what was found, for programs.</summary>
    public const string Json = "report.json";

    /// <summary>Makes the page again.</summary>
    /// <param name="folder">A folder that <c>gan train</c> or <c>gan run</c> made.</param>
    /// <param name="stop">Ends it between two files.</param>
    /// <returns>The page's path.</returns>
    /// <exception cref="UserErrorException">The folder holds no run, one of its files is damaged, or it cannot be written to.</exception>
    public static string Write(string folder, CancellationToken stop = default)
    {
        RunData run = RunData.Read(folder);
        var findings = Findings.Of(run);
        Page page = Build(run, findings);
        string pictures = run.In("pictures"), path = run.In("report.html");
        ChartBlock[] charts = [.. Charts([.. page.Top, .. page.Sections.SelectMany(s => s.Blocks)])];
        foreach (string file in new[] { path, run.In(Json), run.In(RunFiles.Name), pictures }) OwnedFolder.RefuseLink(file);
        OwnedFolder.RefuseLinks(pictures);
        OwnedFolder.RemoveLeftovers(folder);
        OwnedFolder.RemoveLeftovers(pictures);
        if (charts.Length > 0) MakeFolder(pictures);
        foreach (ChartBlock block in charts)
        {
            stop.ThrowIfCancellationRequested();
            AtomicFile.WriteAllText(Path.Combine(pictures, block.File + ".svg"), Svg.File(block.Chart));
        }
        stop.ThrowIfCancellationRequested();
        AtomicFile.WriteAllText(run.In(Json), ReportJson.Write(run, findings));
        AtomicFile.WriteAllText(path, HtmlPage.Write(page));
        RunFiles.Write(folder);
        return path;
    }

    internal static Page Build(RunData run, Findings findings)
    {
        Section?[] sections =
        [
            ColumnSection.Of(run, findings), SampleSection.Of(run), QualitySection.Of(run), ClassSection.Of(run), BaselineSection.Of(run), DataSection.Of(run),
            TrainingSection.Of(run), NeighbourSection.Of(run), CostSection.Of(run), ConfigurationSection.Of(run), EnvironmentSection.Of(run),
            ReproduceSection.Of(run), DefinitionSection.Of(run),
        ];
        return SummarySection.Page(run, findings, [.. sections.OfType<Section>()]);
    }

    /// <summary>The charts that are files of their own, those behind a click as well.</summary>
    private static IEnumerable<ChartBlock> Charts(IEnumerable<Block> blocks) =>
        blocks.SelectMany(b => b is FoldBlock fold ? Charts(fold.Blocks) : b is ChartBlock { File.Length: > 0 } chart ? [chart] : []);

    private static void MakeFolder(string path)
    {
        try { Directory.CreateDirectory(path); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
            $"{path}: cannot be made ({e.Message}); make the run folder writable.", e);
        }
    }
}
