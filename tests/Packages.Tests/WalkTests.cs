namespace GanPipeline.Packages.Tests;

/// <summary>
/// A newcomer's walk: the commands of README.md, every <c>```sh</c> block in order, as they stand, in a fresh copy of the repository on a machine that has only
/// .NET and the packages' feed. Blocks marked <c>long</c> take minutes: <c>scripts/bench.sh walk</c> runs them, too.
/// </summary>
public class WalkTests
{
    [Fact]
    public void Every_command_of_the_README_runs_in_a_fresh_copy_in_order()
    {
        bool all = Environment.GetEnvironmentVariable("GAN_WALK") == "all";
        string folder = Feed.Shared.NewFolder("walk");
        Shell.Run(Repository.Root, $"git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents --no-dereference -t '{folder}'",
            new Dictionary<string, string>());
        foreach (MarkdownBlock block in MarkdownBlock.OfRepository.Where(b => b.File == "README.md" && b.Language == "sh" && (all || !b.Marks.Contains("long"))))
        {
            TestContext.Current.SendDiagnosticMessage($"{block}:\n{block.Text}");
            Feed.Shared.Run(folder, $"# {block}\n{block.Text}");
        }
    }
}
