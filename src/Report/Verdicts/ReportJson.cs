using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GanPipeline.Report.Verdicts;

/// <summary>report.json: what was found, and every number of the page; docs/report.md describes it.</summary>
internal static class ReportJson
{
    /// <summary>Goes up where a reader of the file would have to change.</summary>
    private const int Version = 1;

    // The file stands by itself: it is never put into HTML, and names of columns stay readable.
    private static readonly JsonSerializerOptions _format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(RunData run, Findings findings) => new JsonObject
    {
        ["version"] = Version,
        ["run"] = run.Name,
        ["state"] = run.Note("run", "state"),
        ["system"] = run.Option("system"),
        ["data"] = run.Note("data", "name"),
        ["headline"] = findings.Headline,
        ["badges"] = List(findings.Badges, b => new JsonObject
        {
            ["key"] = b.Key,
            ["question"] = b.Question,
            ["status"] = b.Status.ToString().ToLowerInvariant(),
            ["sentence"] = b.Sentence,
        }),
        ["remarks"] = List(findings.Remarks, r => new JsonObject { ["text"] = r.Text, ["warning"] = r.Warning }),
        ["methods"] = findings.Methods is { } methods ? Of(methods) : null,
        ["columns"] = List(findings.Columns, c => new JsonObject
        {
            ["column"] = c.Column,
            ["metric"] = c.Distance.Metric,
            ["distance"] = Of(c.Distance),
        }),
        ["stored_rows"] = findings.StoredRows,
        ["metrics"] = List(run.Quality, Metric),
        ["shares"] = List(run.Columns, Share),
        ["classes"] = List(run.Classes, c => new JsonObject { ["class"] = c.Class, ["before"] = Number(c.Before), ["after"] = Number(c.After) }),
        ["training"] = Last(run.Metrics),
        ["cost"] = Rows(run.Cost),
        ["neighbours"] = Rows(run.Neighbours),
        ["examples"] = Rows(run.Examples),
        ["notes"] = Rows(run.Notes),
        ["options"] = new JsonObject(run.Options.DistinctBy(o => o.Key).Select(o => KeyValuePair.Create(o.Key, Field(o.Value)))),
    }.ToJsonString(_format) + "\n";

    private static JsonObject Of(MethodFindings found) => new()
    {
        ["class"] = found.Class,
        ["best_free"] = found.BestFree.Method,
        ["chosen"] = found.Methods.First(m => m.Chosen).Method,
        ["gain"] = Of(found.Gain),
        ["scores"] = List(found.Methods, m => new JsonObject
        {
            ["method"] = m.Method,
            ["free"] = m.Free,
            ["chosen"] = m.Chosen,
            ["recall"] = m.Recall is null ? null : Of(m.Recall),
            ["macro_f1"] = Of(m.MacroF1),
        }),
    };

    private static JsonObject Of(QualityRow row) => new() { ["value"] = Number(row.Value), ["low"] = Number(row.Low), ["high"] = Number(row.High) };

    private static JsonObject Metric(QualityRow row) => new()
    {
        ["metric"] = row.Metric,
        ["title"] = row.Title,
        ["data"] = row.Data,
        ["class"] = row.Class,
        ["value"] = Number(row.Value),
        ["low"] = Number(row.Low),
        ["high"] = Number(row.High),
        ["better"] = row.Better,
        ["sample"] = row.Sample,
    };

    private static JsonObject Share(ColumnPart part) => new()
    {
        ["column"] = part.Column,
        ["value"] = part.Value,
        ["from"] = Number(part.From),
        ["to"] = Number(part.To),
        ["missing"] = part.Missing,
        ["real"] = Number(part.Real),
        ["generated"] = Number(part.Generated),
    };

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> node) => new([.. items.Select(node)]);

    /// <summary>A file's rows, each as an object with the file's own names.</summary>
    private static JsonArray Rows(CsvTable? table) => table is null ? [] : List(table.Rows, row => Object(table, row));

    private static JsonObject? Last(CsvTable? table) => table is { Rows.Count: > 0 } ? Object(table, table.Rows[^1]) : null;

    private static JsonObject Object(CsvTable table, string[] row) =>
        new(table.Columns.Index().DistinctBy(c => c.Item).Select(c => KeyValuePair.Create(c.Item, Field(row[c.Index]))));

    private static JsonNode? Field(string text) => Cell.Parse(text).Number is { } number && double.IsFinite(number) ? Number(number) : text;

    /// <summary>With all digits; null where it is not a finite number, for which JSON has no sign.</summary>
    private static JsonNode? Number(double value) => double.IsFinite(value)
        ? JsonValue.Create(value) : null;
}
