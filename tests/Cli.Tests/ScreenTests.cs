using System.Text.RegularExpressions;

namespace GanPipeline.Cli.Tests;

public sealed partial class ScreenTests
{
    [Fact]
    public void NothingIsPrintedPastTheOnePlaceThatEscapes()
    {
        string[] printing = [.. Directory.GetFiles(Repository.In("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Printing().IsMatch(File.ReadAllText(file)))];
        Assert.Equal(Repository.In("src", "Cli", "Screen.cs"), Assert.Single(printing));
    }

    [GeneratedRegex(@"\bConsole\.(Out|Error|Write)")]
    private static partial Regex Printing();
}
