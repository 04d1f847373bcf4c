using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using GanPipeline.Tables;

namespace GanPipeline.Training.Metrics;

/// <summary><c>metrics.csv</c>: rows are appended and flushed as they come, so that the file can be followed while training runs.</summary>
internal sealed class MetricsCsv : IDisposable
{
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
    private const long LargestFile = 1 << 30;
    private const string NoMetrics = "not a metrics row of this program; move the file away and resume again.";
    private static readonly CsvRules Rules = new()
    {
        FindsDialect = false,
        NamesAreChecked = false,
        SkipsEmptyLines = true,
        NoHeader = null,
        Ragged = (_, _) => NoMetrics,
        Unreadable = _ => NoMetrics,
    };
    private readonly CsvWriter _writer;

    /// <summary>
    /// Opens the file for appending; of rows that are there already, those after <paramref name="lastStep"/> are dropped, because their steps will be taken
    /// again.
    /// </summary>
    /// <exception cref="UserErrorException">The file is there but is no metrics file.</exception>
    public MetricsCsv(string path, long lastStep)
    {
        MetricRow[] kept = File.Exists(path) ? [.. Read(path).Where(r => r.Step <= lastStep)] : [];
        AtomicFile.Write(path, stream =>
        {
            using var csv = new CsvWriter(new StreamWriter(stream, leaveOpen: true), Format);
            csv.WriteRecords(kept);
        });
        _writer = new CsvWriter(new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read)), Format);
    }

    /// <summary>Appends a row.</summary>
    public void Write(MetricRow row)
    {
        _writer.WriteRecord(row);
        _writer.NextRecord();
        _writer.Flush();
    }

    /// <summary>The rows of a file. A last line that a killed process left unfinished is left out.</summary>
    public static IReadOnlyList<MetricRow> Read(string path)
    {
        using CsvRows rows = CsvRows.OfWholeLines(InputFile.ReadText(path, "move it away and resume again.", LargestFile), path, Rules);
        var read = new List<MetricRow>();
        while (rows.Read()) read.Add(rows.Record<MetricRow>());
        return read;
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
