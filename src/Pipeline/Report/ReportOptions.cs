namespace GanPipeline;

/// <summary>The run whose page is made again.</summary>
/// <param name="Run">A run folder.</param>
public sealed record ReportOptions(string Run);

/// <summary>A run's page, with report.json and pictures beside it.</summary>
/// <param name="Page">The page, one file that any browser opens.</param>
public sealed record ReportResult(string Page);

/// <summary>Runs to put side by side.</summary>
/// <param name="Runs">Two or more run folders.</param>
/// <param name="Out">Folder for compare.html and compare.csv.</param>
public sealed record CompareRunsOptions(IReadOnlyList<string> Runs, string Out)
{
    /// <summary>Whether these files may be replaced.</summary>
    public bool Force { get; init; }
}

/// <summary>Runs side by side.</summary>
/// <param name="Columns">Names of the columns; the first is the run.</param>
/// <param name="Rows">A row a run: texts, with numbers as people read them.</param>
/// <param name="Cautions">Why figures of these runs may not compare, in sentences.</param>
/// <param name="Files">The page, and the table as CSV.</param>
public sealed record CompareResult(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<string> Cautions,
    IReadOnlyList<string> Files);
