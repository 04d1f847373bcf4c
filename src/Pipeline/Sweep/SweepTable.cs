using System.Globalization;
using CsvHelper;
using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Training.Runs;

namespace GanPipeline.Stages;

/// <summary>
/// The figures of a sweep: a row a run, with what makes it differ, the last row of its metrics.csv, and every value of its quality.csv in a column of its own.
/// </summary>
internal static class SweepTable
{
    private const long LargestFile = 1 << 30;
    private static readonly CsvRules Rules = new()
    {
        FindsDialect = false,
        NamesAreChecked = false,
        SkipsEmptyLines = true,
        SkipsRaggedRows = true,
        NoHeader =
        null
    };

    public static void Write(string path, IReadOnlyList<SweepRun> runs, IReadOnlyList<SweptRun> outcomes, string root)
    {
        List<Dictionary<string, string>> rows = [.. runs.Zip(outcomes, (run, outcome) => Row(run, outcome, Path.Combine(root, run.Name)))];
        string[] columns = [.. rows.SelectMany(r => r.Keys).Distinct()];
        AtomicFile.Write(path, stream =>
        {
            using var csv = new CsvWriter(new StreamWriter(stream, leaveOpen: true), CsvFormat.Written());
            foreach (string column in columns) csv.WriteField(column);
            csv.NextRecord();
            foreach (Dictionary<string, string> row in rows)
            {
                foreach (string column in columns) csv.WriteField(row.GetValueOrDefault(column, ""));
                csv.NextRecord();
            }
        });
    }

    /// <summary>The status as the table has it.</summary>
    public static string Word(SweepStatus status) => status.ToString().ToLowerInvariant();

    private static Dictionary<string, string> Row(SweepRun run, SweptRun outcome, string folder)
    {
        var row = new Dictionary<string, string>(StringComparer.Ordinal) { ["run"] = run.Name };
        foreach ((string key, string value) in run.Factors) row[key] = value;
        row["status"] = Word(outcome.Status);
        row["message"] = outcome.Message;
        row["process_seconds"] = outcome.Seconds?.ToString("F1", CultureInfo.InvariantCulture) ?? "";
        var files = new RunFolder(folder);
        if (Rows(files.Metrics).LastOrDefault() is { } last)
            foreach ((string column, string value) in last) row[column] = value;
        foreach (Dictionary<string, string> quality in Rows(files.In("quality.csv")))
        {
            string[] parts = [.. new[] { "metric", "data", "class" }.Select(c => quality.GetValueOrDefault(c, "")).Where(p => p.Length > 0)];
            row[string.Join(", ", parts)] = quality.GetValueOrDefault("value", "");
        }
        return row;
    }

    /// <summary>The rows of a file by lower-case column name; none if it is not there.</summary>
    private static IEnumerable<Dictionary<string, string>> Rows(string path)
    {
        if (!File.Exists(path)) yield break;
        using CsvRows rows = CsvRows.OfWholeLines(InputFile.ReadText(path, "move it away.", LargestFile), path, Rules);
        string[] header = [.. rows.Header.Select(h => h.ToLowerInvariant())];
        while (rows.Read()) yield return header.Index().ToDictionary(h => h.Item, h => rows[h.Index], StringComparer.Ordinal);
    }
}
