using System.Globalization;

namespace GanPipeline.Cli.Tests;

/// <summary>Generated rows lack values as often as the training rows of their class.</summary>
public sealed class MissingShareTests : IDisposable
{
    private static readonly string[] Fast = ["--set", "steps=60", "--set", "epochs=2", "--set", "batch=50", "--set", "generator.hidden=[16]", "--set",
        "discriminator.hidden=[16]", "--set", "discriminator.class_hidden=[16]"];
    private readonly Workspace _space = new();

    public void Dispose() => _space.Dispose();

    [Theory]
    [InlineData("f01.csv", "age", 20_000)]
    [InlineData("m1.csv", "age", 0)]
    [InlineData("m2.csv", "inc", 20_000)]
    public void SharesOfMissingValuesAreKeptInEachClass(string file, string column, int anchors)
    {
        string table = Repository.In("tests", "Cli.Tests", "Cases", file);
        Succeeds(GanProcess.Run(["train", table, "--label", "class", "--out", _space.In("run"), "--set", $"data.anchors={anchors}", .. Fast]));
        Succeeds(GanProcess.Run("export", _space.In("run")));
        Succeeds(GanProcess.Run("generate", _space.In("run/generator.onnx"), "--out", _space.In("g.csv"), "--counts", "common=2000,rare=2000"));
        (double common, double rare) = Shares(table, column);
        (double generatedCommon, double generatedRare) = Shares(_space.In("g.csv"), column);
        Assert.InRange(generatedCommon - common, -0.03, 0.03);
        Assert.InRange(generatedRare - rare, -0.03, 0.03);

        Succeeds(GanProcess.Run("evaluate", _space.In("g.csv"), "--data", table, "--metrics", "missing-values", "--out", _space.In("q.csv")));
        string line = Assert.Single(File.ReadAllLines(_space.In("q.csv")), l => l.StartsWith($"missing-values,class rare,{column},", StringComparison.Ordinal));
        Assert.Equal(Math.Abs(generatedRare - rare), double.Parse(line.Split(',')[3], CultureInfo.InvariantCulture), 1e-12);
    }

    /// <summary>A constant that one file has as 0.30000000000000004 and the other as 0.3.</summary>
    [Fact]
    public void TheLastBitOfAConstantTellsNothing()
    {
        string made = Repository.In("tests", "Cli.Tests", "Cases", "fl_generated.csv"), real = Repository.In("tests", "Cli.Tests", "Cases", "fl_real.csv");
        Succeeds(GanProcess.Run("evaluate", made, "--data", real, "--label", "class", "--out", _space.In("q.csv")));
        string[] lines = File.ReadAllLines(_space.In("q.csv"));
        Assert.Equal(0, Value("kolmogorov-smirnov,,fl,"));
        Assert.Equal(1, Value("range-coverage,,fl,"));
        Assert.InRange(Value("table-two-sample-test,,,"), 0.4, 0.9);

        double Value(string start) =>
            double.Parse(lines.Single(l => l.StartsWith(start, StringComparison.Ordinal))[start.Length..].Split(',')[0], CultureInfo.InvariantCulture);
    }

    private static (double Common, double Rare) Shares(string path, string column)
    {
        string[][] rows = [.. File.ReadAllLines(path).Select(line => line.Split(','))];
        int at = Array.IndexOf(rows[0], column), label = Array.IndexOf(rows[0], "class");
        return (Of("common"), Of("rare"));

        double Of(string name) => rows.Skip(1).Where(r => r[label] == name).Average(r => r[at].Length == 0 ? 1.0 : 0);
    }

    private static void Succeeds(GanProcess.Result result) => Assert.True(result.ExitCode == 0, result.Error);
}
