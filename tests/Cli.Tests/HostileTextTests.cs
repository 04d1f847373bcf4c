using System.Text.RegularExpressions;

namespace GanPipeline.Cli.Tests;

/// <summary>A table whose texts steer a terminal or run in a spreadsheet: neither happens.</summary>
public sealed partial class HostileTextTests : IDisposable
{
    private const string Red = "\e[31mred", Turned = "\u202Eabc", Formula = "=1+2", Command = "@SUM(1)";
    private readonly Workspace _space = new();
    private readonly string _table, _generator;

    public HostileTextTests()
    {
        string[] categories = [Formula, Command, "-5", "plain"];
        _table = _space.Write("t.csv", $"=x{Turned},n,kind\n" + string.Concat(Enumerable.Range(0, 64)
            .Select(i => $"{categories[i % 4]},{i * 7 % 13 - 6},{(i % 8 == 0 ? Red : i % 2 == 0 ? "-" : "\"\u009B2J\n\"")}\n")));
        Prints("train", _table, "--label", "kind", "--out", _space.In("run"), "--set", "steps=6", "--set", "epochs=2", "--set", "batch=16", "--set",
            "generator.hidden=[8]", "--set", "discriminator.hidden=[8]", "--set", "discriminator.class_hidden=[8]");
        _generator = _space.In("run/generator.onnx");
        Prints("export", _space.In("run"));
    }

    public void Dispose() => _space.Dispose();

    [Fact]
    public void NothingOfItReachesTheTerminal()
    {
        string inspected = Prints("inspect", _generator);
        Assert.Contains("\\u001B[31mred", inspected, StringComparison.Ordinal);
        Assert.Contains("\\u009B2J\\u000A", inspected, StringComparison.Ordinal);
        Assert.Contains("\\u001B[31mred", Prints("upsample", _table, "--label", "kind", "--generator", _generator, "--out", _space.In("u.csv")),
            StringComparison.Ordinal);
        Fails($"--class {Turned}", "generate", _generator, "--out", _space.In("g.csv"), "--class", Turned);
        Fails("no such file", "inspect", _space.In(Red + ".onnx"));
        Fails("unknown key", "train", _space.Write("p.yaml", "\"a\\eb\": 1\n"), "--out", _space.In("p"));
        Fails("Unrecognized command", "generate", _generator, "--out", _space.In("g.csv"), Red);
    }

    [Fact]
    public void GeneratedFormulasArePrefixedWhereThatIsAskedFor()
    {
        string[] command = ["generate", _generator, "--count", "200", "--out"];
        Prints([.. command, _space.In("plain.csv")]);
        Prints([.. command, _space.In("safe.csv"), "--safe-csv"]);
        string plain = File.ReadAllText(_space.In("plain.csv")), safe = File.ReadAllText(_space.In("safe.csv"));
        Assert.Equal([Formula, Command, "-5", "plain"], Cells(plain).Intersect([Formula, Command, "-5", "plain"]).OrderBy(c => c, StringComparer.Ordinal)
            .OrderBy(c => Array.IndexOf([Formula, Command, "-5", "plain"], c)));
        Assert.Contains("-5", Cells(safe));
        Assert.Contains("'" + Formula, Cells(safe));
        Assert.DoesNotContain(Cells(safe), cell => cell[0] is '=' or '@' || cell == "-");
        Assert.Equal(plain, Prefix().Replace(safe, "$1"));
        Fails("--safe-csv: it goes with CSV files", [.. command, _space.In("x.npy"), "--format", "npy", "--safe-csv"]);
    }

    [Fact]
    public void AddedRowsArePrefixedAndTheOthersStay()
    {
        Prints("upsample", _table, "--label", "kind", "--generator", _generator, "--out", _space.In("u.csv"), "--safe-csv");
        string before = File.ReadAllText(_table), after = File.ReadAllText(_space.In("u.csv"));
        Assert.StartsWith(before, after, StringComparison.Ordinal);
        Assert.DoesNotContain(Cells("x\n" + after[before.Length..]), cell => cell[0] is '=' or '@');
    }

    [Fact]
    public void ASyntheticTableIsPrefixedToo()
    {
        Prints("anonymize", _table, "--label", "kind", "--out", _space.In("s.csv"), "--safe-csv", "--copies", "keep", "--set", "steps=6", "--set", "epochs=2",
            "--set", "batch=16", "--set", "generator.hidden=[8]", "--set", "discriminator.hidden=[8]", "--set", "discriminator.class_hidden=[8]");
        string synthetic = File.ReadAllText(_space.In("s.csv"));
        Assert.StartsWith("'=x", synthetic, StringComparison.Ordinal);
        Assert.Contains(Cells(synthetic), cell => cell is "'" + Formula or "'" + Command);
        Assert.DoesNotContain(Cells(synthetic), cell => cell[0] is '=' or '@');
    }

    private static string Prints(params string[] arguments)
    {
        GanProcess.Result result = GanProcess.Run(arguments);
        Assert.True(result.ExitCode == 0, result.Error);
        return Harmless(result);
    }

    private static void Fails(string sentence, params string[] arguments)
    {
        GanProcess.Result result = GanProcess.Run(arguments);
        Assert.InRange(result.ExitCode, 1, 3); // no crash and no internal error
        Harmless(result);
        Assert.Contains(sentence.Replace(Turned, "\\u202Eabc"), result.Message, StringComparison.Ordinal);
    }

    private static string Harmless(GanProcess.Result result)
    {
        string all = result.Output + result.Error;
        Assert.DoesNotContain(all, c => (char.IsControl(c) && c != '\n') || c is '\u202E' or '\u009B');
        return all;
    }

    /// <summary>The cells behind the header of a file whose quotes hold no comma.</summary>
    private static string[] Cells(string csv) => [.. csv[(csv.IndexOf('\n') + 1)..].Split(',', '\n').Select(c => c.Trim('"')).Where(c => c.Length > 0)];

    [GeneratedRegex("(^|[,\"])'", RegexOptions.Multiline)]
    private static partial Regex Prefix();
}
