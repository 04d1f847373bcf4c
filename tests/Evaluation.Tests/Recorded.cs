using System.Text.Json;

namespace GanPipeline.Evaluation.Tests;

/// <summary>What scripts/record_metrics.py recorded.</summary>
internal static class Recorded
{
    private static readonly JsonElement Root = JsonDocument.Parse(File.ReadAllText(Repository.In("tests", "Evaluation.Tests", "Recorded", "metrics.json")))
        .RootElement;

    public static double Number(string name) => Root.GetProperty(name).GetDouble();

    public static JsonElement Table(string name) => Root.GetProperty("table").GetProperty(name);
}
