using System.CommandLine;
using GanPipeline.Cli.Commands;

namespace GanPipeline.Cli.Tests;

/// <summary>What a slip on the command line gets, and what helps to make none: help, examples, completion, versions.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("run table.csv --lable class", "gan: --lable: 'gan run' has no such option; did you mean '--label'? See 'gan run --help'.")]
    [InlineData("run --lable class", "gan: --lable: 'gan run' has no such option; did you mean '--label'? See 'gan run --help'.")]
    [InlineData("compare a b --otu=c", "gan: --otu: 'gan compare' has no such option; did you mean '--out'? See 'gan compare --help'.")]
    [InlineData("compare a b --frobnicate", "gan: --frobnicate: 'gan compare' has no such option. See 'gan compare --help'.")]
    [InlineData("balnce table.csv", "gan: balnce: 'gan' has no such command; did you mean 'balance'? See 'gan --help'.")]
    [InlineData("help balnce", "gan: balnce: 'gan' has no such command; did you mean 'balance'? See 'gan --help'.")]
    [InlineData("data fetsh mnist", "gan: fetsh: 'gan data' has no such command; did you mean 'fetch'? See 'gan data --help'.")]
    [InlineData("export run --weights fp15", "gan: --weights fp15: it is fp32, fp16 or int8; did you mean 'fp16'?")]
    [InlineData("evaluate x.csv --against tset", "gan: --against tset: it is test or train; did you mean 'test'?")]
    [InlineData("completion fisch", "gan: completion fisch: it is bash, zsh, fish or pwsh; did you mean 'fish'?")]
    public void ASlipIsNamedAndPutRight(string line, string expected)
    {
        GanProcess.Result result = GanProcess.Run(line.Split(' '));
        Assert.Equal((2, expected, ""), (result.ExitCode, result.Error.TrimEnd(), result.Output));
    }

    [Fact]
    public void APresetIsPutRight() => Assert.Contains("did you mean 'moons-cgan'?", GanProcess.Run("run", "mons-cgan", "--out", "x").Error,
        StringComparison.Ordinal);

    [Fact]
    public void AnArgumentMayLookLikeAnOptionAfterTwoDashes()
    {
        GanProcess.Result result = GanProcess.Run("inspect", "--", "--other.onnx");
        Assert.Contains("--other.onnx: no such file", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AloneItShowsHelpWithThreeExamples()
    {
        GanProcess.Result alone = GanProcess.Run();
        Assert.Equal((0, ""), (alone.ExitCode, alone.Error));
        Assert.Equal(3, alone.Output.Split("Examples:\n")[1].Split('\n').Count(l => l.StartsWith("  gan ", StringComparison.Ordinal)));
        Assert.Equal(alone.Output, GanProcess.Run("help").Output);
        Assert.Equal(GanProcess.Run("data", "fetch", "--help").Output, GanProcess.Run("help", "data", "fetch").Output);
    }

    [Fact]
    public void EveryExampleIsRightUsage()
    {
        RootCommand root = Root.Create();
        foreach (Command command in root.Subcommands.Append(root))
        {
            Assert.NotEmpty(Examples.Of(command));
            foreach (string line in Examples.Of(command).Where(l => l.StartsWith("gan ", StringComparison.Ordinal)))
                Assert.True(UsageErrors.In(root.Parse(line.Split(" < ")[0].Split(" > ")[0].Split(" | ")[0]["gan ".Length..])) is null, line);
        }
    }

    [Fact]
    public void TheVersionNamesThePackagesAndTheDevice()
    {
        GanProcess.Result result = GanProcess.Run("--version");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^gan \d.*\n\.NET 10\..*\nTorchSharp \d.*\nlibtorch \d.*\nONNX Runtime \d.*\nML\.NET \d.*\ndevice: \w.*\n$", result.Output);
    }

    [Fact]
    public void ARunFolderStandsForItsGenerator()
    {
        using var space = new Workspace();
        Assert.Equal(0, GanProcess.Run("train", space.Preset, "--data", space.Data, "--out", space.In("run"), "--set", "epochs=1").ExitCode);
        GanProcess.Result before = GanProcess.Run("generate", space.In("run"), "--out", space.In("x.csv"));
        Assert.Equal(3, before.ExitCode);
        Assert.Contains($"'gan export {space.In("run")}' makes it", before.Message, StringComparison.Ordinal);
        Assert.Equal(0, GanProcess.Run("export", space.In("run")).ExitCode);
        Assert.Equal(0, GanProcess.Run("generate", space.In("run"), "--out", space.In("x.csv")).ExitCode);
        Assert.Equal(GanProcess.Run("inspect", space.In("run/generator.onnx")), GanProcess.Run("inspect", space.In("run")));
    }

    [Theory]
    [InlineData("gan gener", "generate")]
    [InlineData("gan export --weights ", "fp16")]
    [InlineData("gan export --pix", "--pixels")]
    [InlineData("gan run mnist-c", "mnist-cgan")]
    public void BashCompletes(string line, string expected)
    {
        string position = $"COMP_LINE='{line}'; COMP_POINT={line.Length}; IFS=' '; COMP_WORDS=({line}); unset IFS; ";
        string last = line.EndsWith(' ') ? "COMP_WORDS+=(''); " : "";
        GanProcess.Result result = GanProcess.Bash($"eval \"$(gan completion bash)\"; {position}{last}COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _gan; " +
            "printf '%s\\n' \"${COMPREPLY[@]}\"");
        Assert.Contains(expected, result.Output.Split('\n'));
        Assert.DoesNotContain("--help", line.Contains("--", StringComparison.Ordinal) ? "" : result.Output, StringComparison.Ordinal);
    }
}
