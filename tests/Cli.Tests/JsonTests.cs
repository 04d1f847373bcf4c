using System.Text.Json;
using GanPipeline.Cli.Printing;
using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Cli.Tests;

/// <summary>Results for programs: objects of JSON on standard output, and what is said besides them.</summary>
public sealed class JsonTests
{
    [Fact]
    public void EachLineOfOutputIsAnObjectThatSaysWhatItIs()
    {
        using var space = new Workspace();
        GanProcess.Result train = GanProcess.Run("train", space.Preset, "--data", space.Data, "--out", space.In("run"), "--set", "epochs=1", "--json");
        Assert.Equal(["train"], Kinds(train));
        Assert.NotEqual("", train.Error);
        Assert.Equal(["export"], Kinds(GanProcess.Run("export", space.In("run"), "--json")));
        Assert.Equal(["generate"], Kinds(GanProcess.Run("generate", space.In("run"), "--out", space.In("x.csv"), "--count", "7", "--json")));
        Assert.Equal(["inspect"], Kinds(GanProcess.Run("inspect", space.In("run"), "--json")));
        Assert.Equal(["describe"], Kinds(GanProcess.Run("describe", Repository.In("samples", "data", "payments.csv"), "--label", "class", "--json")));
        Assert.All(Kinds(GanProcess.Run("presets", "--json")), kind => Assert.Equal("preset", kind));
    }

    [Fact]
    public void ItIsDocumented()
    {
        string documented = File.ReadAllText(Repository.In("docs", "json.md"));
        IEnumerable<Type> results = typeof(RunResult).Assembly.GetTypes().Concat(typeof(PresetResult).Assembly.GetTypes())
            .Where(t => t.Namespace is "GanPipeline" or "GanPipeline.Cli.Printing" && t.Name.EndsWith("Result", StringComparison.Ordinal));
        Assert.NotEmpty(results);
        Assert.All(results, type =>
            Assert.Contains($"`{JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name[..^"Result".Length])}`", documented, StringComparison.Ordinal));
    }

    [Fact]
    public void NumbersThatDoNotExistAreNullAndTimesAreSeconds()
    {
        var result = new RunResult(new TrainResult("f", 3, "c"), "g", "r", [new MetricResult("m", double.NaN, Better.Lower, "s\n\u202E")])
        { Elapsed = TimeSpan.FromMilliseconds(1500) };
        string line = ResultJson.Of(result);
        Assert.DoesNotContain('\n', line);
        JsonElement json = JsonDocument.Parse(line).RootElement;
        Assert.Equal("run", json.GetProperty("result").GetString());
        Assert.Equal(1.5, json.GetProperty("elapsed_seconds").GetDouble());
        JsonElement metric = json.GetProperty("metrics")[0];
        Assert.Equal((JsonValueKind.Null, "lower", "s\n\u202E"),
            (metric.GetProperty("value").ValueKind, metric.GetProperty("better").GetString(), metric.GetProperty("sample").GetString()));
    }

    [Fact]
    public void TuplesKeepTheirNames()
    {
        JsonElement json = JsonDocument.Parse(ResultJson.Of(new CheckResult("mnist", [("a.gz", DataFileState.Differs)]))).RootElement;
        Assert.Equal("""[{"file":"a.gz","state":"differs"}]""", json.GetProperty("files").GetRawText());
    }

    [Fact]
    public void QuietLeavesResultsAndTheLogHasAll()
    {
        using var space = new Workspace();
        GanProcess.Result train = GanProcess.Run("train", space.Preset, "--data", space.Data, "--out", space.In("run"), "--set", "epochs=1", "--quiet",
            "--log", space.In("all.log"));
        Assert.Equal(0, train.ExitCode);
        Assert.All(train.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("warning: ", line, StringComparison.Ordinal));
        Assert.StartsWith("trained ", train.Output, StringComparison.Ordinal);
        string[] lines = File.ReadAllLines(space.In("all.log"));
        Assert.All(lines, line => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ ", line));
        Assert.Contains(lines, line => line.EndsWith(train.Output.TrimEnd(), StringComparison.Ordinal));
        Assert.True(lines.Length > 1);
        GanProcess.Result wrong = GanProcess.Run("inspect", space.In("none.onnx"), "--quiet", "--log", space.In("all.log"));
        Assert.Contains("none.onnx", wrong.Error, StringComparison.Ordinal);
        Assert.EndsWith(wrong.Error.TrimEnd(), File.ReadAllText(space.In("all.log")).TrimEnd(), StringComparison.Ordinal);
        Assert.True(GanProcess.Run("presets", "--log", space.In("no/such/folder.log")).ExitCode == 2);
    }

    private static string[] Kinds(GanProcess.Result result)
    {
        Assert.True(result.ExitCode == 0, result.Error);
        return [.. result.Output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("result").GetString()!)];
    }
}
