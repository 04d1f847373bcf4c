using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Tests;

/// <summary>docs/metrics.md says of each metric what its descriptor says.</summary>
public class MetricsPageTests
{
    [Fact]
    public void The_page_lists_every_metric_as_its_descriptor_has_it()
    {
        string[] expected =
        [
            .. Table("Samples and points", MetricCatalog.OfFeatures), .. Table("Tables", MetricCatalog.OfTables),
            .. Table("Methods for rare classes", MetricCatalog.OfMethods), .. Table("Rows added to rare classes", MetricCatalog.OfAddedRows),
        ];
        string[] page = [.. File.ReadLines(Repository.In("docs", "metrics.md")).Where(l => l.StartsWith("## ", StringComparison.Ordinal) || l.StartsWith('|'))];
        Assert.True(expected.SequenceEqual(page), "docs/metrics.md should have these headings and tables:\n" + string.Join('\n', expected));
    }

    private static IEnumerable<string> Table(string heading, IEnumerable<MetricDescriptor> metrics) =>
    [
        $"## {heading}", "| name | what it is | values | better | needs | also by | source |", "|---|---|---|---|---|---|---|",
        .. metrics.Select(m => $"| `{m.Name}` | {m.Title} | {m.Range} | {Word(m.Better)} | {string.Join(", ", m.NeedNames)} | {Word(m.By)} | {m.Paper} |"),
    ];

    private static string Word(Better better) => better == Better.Neither ? "" : better.ToString().ToLowerInvariant();

    private static string Word(Breakdown by) => by switch
    {
        Breakdown.None => "",
        Breakdown.ColumnsAndClasses => "columns, and columns of each class",
        _ => by.ToString().ToLowerInvariant(),
    };
}
