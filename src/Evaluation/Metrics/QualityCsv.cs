using System.Globalization;
using CsvHelper;

namespace GanPipeline.Evaluation.Metrics;

/// <summary>
/// The file that holds the numbers of an evaluation, one a row: metric, data, class, value, low, high, better, sample. A number that does not exist is an empty
/// field.
/// </summary>
internal static class QualityCsv
{
    private static readonly string[] Header = ["metric", "data", "class", "value", "low", "high", "better", "sample"];

    /// <summary>Writes results.</summary>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<MetricResult> results) => WriteRows(path, results.Select(r => new[]
    {
        r.Metric, r.Data, r.Class, Number(r.Value), Number(r.Low), Number(r.High),
        r.Better switch { Better.Higher => "higher", Better.Lower => "lower", _ => "" }, r.Sample,
    }).Prepend(Header));

    /// <summary>Writes what the metrics of results are, one a row: metric, title, paper, range, needs.</summary>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public static void WriteMeanings(string path, IEnumerable<MetricResult> results)
    {
        HashSet<string> used = [.. results.Select(r => r.Metric)];
        WriteRows(path, MetricCatalog.All.Where(m => used.Contains(m.Name))
            .Select(m => new[] { m.Name, m.Title, m.Paper, m.Range, string.Join("; ", m.NeedNames) }).Prepend(["metric", "title", "paper", "range", "needs"]));
    }

    private static void WriteRows(string path, IEnumerable<string[]> rows) => AtomicFile.Write(path, stream =>
    {
        using var csv = new CsvWriter(new StreamWriter(stream, leaveOpen: true), CsvFormat.Written());
        foreach (string[] row in rows)
        {
            foreach (string field in row) csv.WriteField(field);
            csv.NextRecord();
        }
    });

    private static string Number(double? value) => value is { } v && double.IsFinite(v) ? v.ToString("R", CultureInfo.InvariantCulture) : "";
}
