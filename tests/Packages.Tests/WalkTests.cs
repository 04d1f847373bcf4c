namespace GanPipeline.Packages.Tests;

/// <summary>
/// A newcomer's walk: the commands of README.md, every <c>```sh</c> block in order, as they stand, in a fresh copy of the repository on a machine that has only
/// .NET and the packages' feed. Blocks that build the copy (<c>scripts/</c>) or are marked <c>long</c> take minutes; <c>scripts/bench.sh walk</c> runs them.
/// </summary>
public class WalkTests
{
    private const string Variable = "GAN_WALK", All = "all", Inside = "inside";

    [Fact]
    public void Every_command_of_the_README_runs_in_a_fresh_copy_in_order()
    {
        string? walk = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(walk == Inside, "the walk itself runs the tests");
        MarkdownBlock[] blocks = [.. MarkdownBlock.OfRepository.Where(b => b is { File: "README.md", Language: "sh" } && (walk == All || !IsLong(b)))];
        Assert.NotEmpty(blocks);
        string folder = Feed.Shared.NewFolder("walk");
        Shell.Run(Repository.Root, $"git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents --no-dereference -t '{folder}'", []);
        if (walk != All) Feed.Shared.Run(folder, "dotnet tool install --global GanPipeline.Tool"); // of the feed, instead of what a long block packs
        foreach (MarkdownBlock block in blocks)
        {
            string output = Feed.Shared.Run(folder, $"export {Variable}={Inside}\n# {block}\n{block.Text}");
            TestContext.Current.SendDiagnosticMessage($"{block}:\n{output}");
        }
    }

    private static bool IsLong(MarkdownBlock block) => block.Marks.Contains("long") || block.Lines.Any(l => l.StartsWith("scripts/", StringComparison.Ordinal));
}
