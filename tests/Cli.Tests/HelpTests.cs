namespace GanPipeline.Cli.Tests;

/// <summary>What --help shows is compared with a file that a person has read; set UPDATE_SNAPSHOTS=1 to write it anew.</summary>
public sealed class HelpTests
{
    [Theory]
    [InlineData("")]
    [InlineData("run")]
    [InlineData("train")]
    [InlineData("export")]
    [InlineData("generate")]
    [InlineData("inspect")]
    [InlineData("upsample")]
    [InlineData("evaluate")]
    [InlineData("describe")]
    [InlineData("advise")]
    [InlineData("balance")]
    [InlineData("impute")]
    [InlineData("anonymize")]
    [InlineData("report")]
    [InlineData("compare")]
    [InlineData("sweep")]
    [InlineData("presets")]
    [InlineData("presets show")]
    [InlineData("data")]
    [InlineData("data check")]
    [InlineData("data fetch")]
    [InlineData("completion")]
    [InlineData("help")]
    public void Help(string command)
    {
        GanProcess.Result result = GanProcess.Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        Assert.Equal(0, result.ExitCode);
        string path = Repository.In("tests", "Cli.Tests", "Help", (command.Length == 0 ? "gan" : command.Replace(' ', '-')) + ".txt");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1") File.WriteAllText(path, result.Output);
        Assert.Equal(File.ReadAllText(path), result.Output);
    }
}
