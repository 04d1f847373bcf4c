using System.Text.Json;
using System.Text.RegularExpressions;

namespace GanPipeline.Cli.Tests;

/// <summary>What somebody sees who looks at a terminal of 80 columns.</summary>
public sealed partial class VerdictTests
{
    [Fact]
    public void ARunEndsWithAFewLinesThatFitAndThatReportJsonHasToo()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("the terminal is made by Linux's 'script'");
        using var space = new Workspace();
        string preset = space.Write("moons.yaml", "system: m\ndata: { kind: moons, upper: 200, lower: 20, test: 50 }\nlatent: 2\nbatch: 20\nepochs: " +
            "3\nsampling: balanced\ngenerator: { network: mlp, hidden: [8] }\ndiscriminator: { network: mlp, hidden: [8] }\nthreads: 1\n");
        string seen = Terminal($"run {preset} --out {space.In("run")}");
        string[] lines = [.. seen.Split('\n').Select(line => Redrawn().Replace(line.TrimEnd('\r'), ""))];
        Assert.All(lines.Where(line => !line.Contains(space.Root, StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, 80));
        Assert.DoesNotContain('\u001b', string.Concat(lines)); // no colour, no ghost of a bar
        string[] verdict = [.. lines.SkipLast(1).Reverse().TakeWhile(line => line.Length > 0).Reverse()];
        Assert.InRange(verdict.Length, 3, 6);
        JsonElement report = JsonDocument.Parse(File.ReadAllText(space.In("run/report.json"))).RootElement;
        string text = Blanks().Replace(string.Join(' ', verdict), " ");
        Assert.StartsWith(report.GetProperty("headline").GetString()!, text, StringComparison.Ordinal);
        foreach (JsonElement badge in report.GetProperty("badges").EnumerateArray())
            Assert.Contains($"{badge.GetProperty("question")} {badge.GetProperty("status")}", text, StringComparison.Ordinal);
        Assert.Contains("report.html", verdict[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one two three", 80, "one two three")]
    [InlineData("one two three", 7, "one two|  three")]
    [InlineData("  a  b  c", 20, "  a  b  c")]
    [InlineData("  one two three", 11, "  one two|    three")]
    [InlineData("see /a/very/long/path here", 8, "see|  /a/very/long/path|  here")]
    [InlineData("/a/very/long/path", 8, "/a/very/long/path")]
    public void LinesAreBrokenBetweenWords(string text, int width, string expected) => Assert.Equal(expected, string.Join('|', Screen.Wrapped(text, width)));

    /// <summary>What the program writes to a terminal of 80 columns.</summary>
    private static string Terminal(string arguments)
    {
        string program = $"stty cols 80 rows 40; dotnet '{Path.Combine(AppContext.BaseDirectory, "gan.dll")}' {arguments}";
        GanProcess.Result result = GanProcess.Bash($"TERM=xterm script -qefc \"{program}\" /dev/null");
        Assert.True(result.ExitCode == 0, result.Output);
        return RuntimesOwn().Replace(result.Output, "");
    }

    /// <summary>What was drawn in a line before it was drawn anew.</summary>
    [GeneratedRegex(@"^.*\r\u001b\[K")]
    private static partial Regex Redrawn();

    /// <summary>.NET switches the terminal's keypad when it begins and ends.</summary>
    [GeneratedRegex(@"\u001b(\[\?1[hl]|[=>])")]
    private static partial Regex RuntimesOwn();

    [GeneratedRegex(" +")]
    private static partial Regex Blanks();
}
