using System.Globalization;
using CsvHelper;
using GanPipeline.Primitives;

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
    public static void Write(string path, IEnumerable<MetricResult> results) => AtomicFile.Write(path, stream =>
    {
        using var csv = new CsvWriter(new StreamWriter(stream, leaveOpen: true), CsvFormat.Written());
        foreach (string name in Header) csv.WriteField(name);
        csv.NextRecord();
        foreach (MetricResult r in results)
        {
            string better = r.Better switch { Better.Higher => "higher", Better.Lower => "lower", _ => "" };
            foreach (string field in new[] { r.Metric, r.Data, r.Class, Number(r.Value), Number(r.Low), Number(r.High), better, r.Sample })
                csv.WriteField(field);
            csv.NextRecord();
        }
    });

    /// <summary>Writes what the metrics of results are, one a row: metric, title, paper.</summary>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public static void WriteMeanings(string path, IEnumerable<MetricResult> results) => AtomicFile.Write(path, stream =>
    {
        using var csv = new CsvWriter(new StreamWriter(stream, leaveOpen: true), CsvFormat.Written());
        HashSet<string> used = [.. results.Select(r => r.Metric)];
        foreach (string[] row in Metric.All.Where(m => used.Contains(m.Name)).Select(m => new[] { m.Name, m.Title, m.Paper })
            .Prepend(["metric", "title", "paper"]))
        {
            foreach (string field in row) csv.WriteField(field);
            csv.NextRecord();
        }
    });

    private static string Number(double? value) => value is { } v && double.IsFinite(v) ? v.ToString("R", CultureInfo.InvariantCulture) : "";
}
