using System.Text.RegularExpressions;

namespace GanPipeline.Cli.Tests;

/// <summary><c>gan describe</c>: what is printed, as a person has read it; only the time of training differs from machine to machine.</summary>
public sealed partial class DescribeTests : IDisposable
{
    private readonly Workspace _space = new();
    private readonly string _table;

    public DescribeTests() => _table = _space.Write("t.csv", "id,age,\"home, sweet\",since,odd,heap,twice,wide_name_of_a_column,one,class\n" +
        string.Concat(Enumerable.Range(0, 100).Select(i => FormattableString.Invariant($"C{i:000},{(i % 8 == 0 ? "" : $"{20 + i * 7 % 50}")},") +
            FormattableString.Invariant($"{(i % 3 == 0 ? "flat" : "house")},{2000 + i % 20}-0{1 + i % 9}-11,{(i == 7 ? "x" : $"{i * 1.5 + 0.25:F2}")},") +
            $"{Heap(i)},{2 * Heap(i)},{"abcde"[i % 5]},7,{(i % 10 == 0 ? "rare" : "usual")}\n")));

    private static int Heap(int row) => row % 4 == 0 ? 0 : 100 + row * 37;

    public void Dispose() => _space.Dispose();

    private string Shown(GanProcess.Result result) => About().Replace(result.Output.Replace(_table, "t.csv", StringComparison.Ordinal), "about N s");

    [Fact]
    public void A_table_is_shown_in_80_columns()
    {
        GanProcess.Result result = GanProcess.Run("describe", _table, "--drop", "odd", "--set", "steps=30");
        Assert.True(result.ExitCode == 0, result.Error);
        string path = Repository.In("tests", "Cli.Tests", "Shown", "describe.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1") File.WriteAllText(path, Shown(result));
        Assert.Equal(File.ReadAllText(path), Shown(result));
        Assert.All(Shown(result).Split('\n').Take(12), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void All_that_is_in_the_way_of_training_is_said_at_once()
    {
        string table = _space.Write("u.csv", File.ReadAllText(_table).Replace("flat", "1", StringComparison.Ordinal)
            .Replace("house", "NaN", StringComparison.Ordinal));
        GanProcess.Result result = GanProcess.Run("describe", table, "--label", "kind");
        Assert.Equal(3, result.ExitCode);
        Assert.Equal($"gan: {table}: it cannot be trained on as it is; 3 reasons stand above.", result.Message);
        string[] problems = [.. result.Output.Split('\n').SkipWhile(line => line.Length > 0)];
        Assert.Contains(problems, line => line.Contains("no column 'kind'", StringComparison.Ordinal));
        Assert.Contains(problems, line => line.Contains("line 3, column 'home, sweet': 'NaN'", StringComparison.Ordinal));
        Assert.Contains(problems, line => line.Contains("line 9, column 'odd': 'x'", StringComparison.Ordinal));
    }

    /// <summary>From a pipe, too, and beside what the dry run of a training says.</summary>
    [Theory]
    [InlineData("train")]
    [InlineData("run")]
    public void A_dry_run_shows_the_same_table(string command)
    {
        string[] more = ["--drop", "odd", "--set", "steps=30", "--set", "epochs=3"];
        string[] described = Shown(GanProcess.Run(["describe", _table, .. more])).Split('\n')[..12];
        GanProcess.Result dry = GanProcess.Run([command, _table, "--out", _space.In("run"), "--dry-run", .. more]);
        Assert.True(dry.ExitCode == 0, dry.Error);
        Assert.Equal(described, Shown(dry).Split('\n')[..12]);
        Assert.Contains("Nothing was written", dry.Output, StringComparison.Ordinal);
        GanProcess.Result refused = GanProcess.Run(command, _table, "--out", _space.In("run"), "--dry-run");
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("line 9, column 'odd': 'x'", refused.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_space.In("run")));
    }

    [Fact]
    public void Standard_input_is_described_like_a_file()
    {
        string[] more = ["--drop", "odd", "--set", "steps=30"];
        GanProcess.Result piped = GanProcess.RunWithInput(File.ReadAllText(_table), ["describe", "-", .. more]);
        Assert.True(piped.ExitCode == 0, piped.Error);
        Assert.Equal(Shown(GanProcess.Run(["describe", _table, .. more])).Split('\n')[1..], Shown(piped).Split('\n')[1..]);
    }

    [GeneratedRegex("about [0-9]+ (s|min|h)")]
    private static partial Regex About();
}
