using System.Text.RegularExpressions;

namespace GanPipeline.Cli.Tests;

public sealed class ImputeTests
{
    private static string Table()
    {
        var lines = new List<string> { "height,weight,colour" };
        for (int i = 0; i < 80; i++) lines.Add(FormattableString.Invariant(
            $"{(i % 9 == 0 ? "" : $"{i % 20}")},{(i % 7 == 0 ? "" : $"{i % 20 * 2.5:F1}")},{(i % 11 == 0 ? "" : i % 20 < 10 ? "red" : "blue")}"));
        return string.Join("\n", lines) + "\n";
    }

    [Fact]
    public void ATableIsFilledAndTheGuessesAreMeasured()
    {
        using var space = new Workspace();
        string table = space.Write("table.csv", Table()), filled = space.In("filled.csv");
        GanProcess.Result result = GanProcess.Run("impute", table, "--out", filled, "--steps", "200", "--verbose");
        Assert.True(result.ExitCode == 0, result.Error);
        string[] before = File.ReadAllLines(table), after = File.ReadAllLines(filled);
        Assert.Equal(before.Length, after.Length);
        for (int i = 0; i < before.Length; i++)
        {
            foreach ((string was, string now) in before[i].Split(',').Zip(after[i].Split(','))) Assert.True(was == "" ? now != ""
                : now == was, $"line {i + 1}: {after[i]}");
        }
        Assert.Matches(@"column +filled +held back +forest +gain +neighbours +mean\n +height +9 ", result.Output);
        Match chosen = Regex.Match(result.Output, @"'(\w+)' was chosen, by other cells that were held back: .* \(forest (\S+), gain \S+, .* mean 1\.000\)\.");
        Assert.True(chosen.Success, result.Output);
        Assert.Contains($"29 values filled by '{chosen.Groups[1].Value}'", result.Output);
    }

    [Fact]
    public void AMethodThatIsNamedFillsBesideTheMean()
    {
        using var space = new Workspace();
        string table = space.Write("table.csv", Table());
        GanProcess.Result result = GanProcess.Run("impute", table, "--out", space.In("filled.csv"), "--method", "gain", "--steps", "50", "--verbose");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Matches(@"column +filled +held back +gain +mean\n", result.Output);
        Assert.DoesNotContain("chosen", result.Output);
        Assert.Contains("29 values filled by 'gain' (the generator was best after 50 steps)", result.Output);
    }

    [Fact]
    public void SeveralImputationsAreNumbered()
    {
        using var space = new Workspace();
        string table = space.Write("table.csv", Table());
        GanProcess.Result result = GanProcess.Run("impute", table, "--out", space.In("filled.csv"), "--method", "forest", "--imputations", "2");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.NotEqual(File.ReadAllText(space.In("filled-1.csv")), File.ReadAllText(space.In("filled-2.csv")));
        Assert.False(File.Exists(space.In("filled.csv")));
    }

    [Theory]
    [InlineData("--method", "median", "gan: 'method' is 'median'; it must be one of auto, forest, gain, neighbours, mean.")]
    [InlineData("--imputations", "0", "gan: 'imputations' must be between 1 and 1000; it is 0.")]
    public void WhatIsOutOfRangeIsSaidInOneLine(string option, string value, string message)
    {
        using var space = new Workspace();
        GanProcess.Result result = GanProcess.Run("impute", space.Write("table.csv", Table()), "--out", space.In("filled.csv"), option, value);
        Assert.Equal((2, message + "\n"), (result.ExitCode, result.Error));
        Assert.False(File.Exists(space.In("filled.csv")));
    }
}
