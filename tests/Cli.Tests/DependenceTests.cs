using System.Globalization;

namespace GanPipeline.Cli.Tests;

/// <summary>Columns that follow from others, from the command line: found in the training rows, said, and right in every generated row.</summary>
public sealed class DependenceTests : IDisposable
{
    private static readonly string[] Fast = ["--set", "steps=6", "--set", "epochs=2", "--set", "batch=16", "--set", "generator.hidden=[8]", "--set",
        "discriminator.hidden=[8]", "--set", "discriminator.class_hidden=[8]", "--set", "data.anchors=0"];

    private readonly Workspace _space = new();
    private readonly string _table;

    public DependenceTests()
    {
        var random = new Random(8);
        _table = _space.Write("t.csv", "price,quantity,total,shipping,due,booked,code,name,class\n" + string.Concat(Enumerable.Range(0, 200).Select(i =>
        {
            decimal price = random.Next(100, 9999) / 100m, quantity = random.Next(13, 60), shipping = random.Next(0, 99) / 10m, total = price * quantity;
            int kind = random.Next(4);
            return FormattableString.Invariant($"{price:F2},{quantity},{total:F2},{shipping:F1},{total + shipping:F2},{price:F2},{"ABCD"[kind]},") +
                $"{new[] { "\"apples, red\"", "beans", "carrots", "dates" }[kind]},{(i % 3 == 0 ? "rare" : "usual")}\n";
        })));
    }

    public void Dispose() => _space.Dispose();

    [Fact]
    public void EquationsHoldInAllOfTwoThousandGeneratedRows()
    {
        GanProcess.Result trained = GanProcess.Run(["train", _table, "--out", _space.In("run"), .. Fast]);
        Assert.True(trained.ExitCode == 0, trained.Error);
        foreach (string formula in new[] { "column 'total' is 'price' × 'quantity' in all 200 rows", "column 'due' is 'total' + 'shipping' in all",
            "column 'booked' is 'price' in all", "column 'name' is the value that goes with 'code' in all" })
            Assert.Contains(formula, trained.Error, StringComparison.Ordinal);
        Assert.Contains("--no-dependences", trained.Error, StringComparison.Ordinal);
        Assert.Equal(2000, Broken(_space.In("run")).Rows);
        Assert.Equal(0, Broken(_space.In("run")).Broken);
        string inspected = GanProcess.Run("inspect", _space.In("run/generator.onnx")).Output;
        foreach (string formula in new[] { "'total' = 'price' × 'quantity'", "'due' = 'total' + 'shipping'", "'name' = the value that goes with 'code'" })
            Assert.Contains($"\ncomputed: {formula}\n", inspected, StringComparison.Ordinal);
        Assert.DoesNotContain("not generated", inspected, StringComparison.Ordinal);
    }

    [Fact]
    public void ColumnsThatAreLeftOutAreSaidOfTheFile()
    {
        GanProcess.Result trained = GanProcess.Run(["train", _table, "--out", _space.In("run"), "--drop", "booked", "--drop", "name", .. Fast]);
        Assert.True(trained.ExitCode == 0, trained.Error);
        Assert.Equal(0, GanProcess.Run("export", _space.In("run")).ExitCode);
        Assert.Contains("\nnot generated: 'booked' (user), 'name' (user)\n", GanProcess.Run("inspect", _space.In("run/generator.onnx")).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void TheOptionGeneratesSuchColumnsLikeAnyOther()
    {
        GanProcess.Result trained = GanProcess.Run(["train", _table, "--out", _space.In("run"), "--no-dependences", .. Fast]);
        Assert.True(trained.ExitCode == 0, trained.Error);
        Assert.DoesNotContain("follow", trained.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("'price' × 'quantity'", trained.Error, StringComparison.Ordinal);
        Assert.Contains("dependences: false", File.ReadAllText(_space.In("run/options.yaml")), StringComparison.Ordinal);
        Assert.InRange(Broken(_space.In("run")).Broken, 1000, 2000);
    }

    [Fact]
    public void WithDifferentialPrivacyNothingIsLookedForInTheRows()
    {
        string[] command = ["anonymize", _table, "--out", _space.In("s.csv"), "--set", "epochs=1", "--set", "steps=4"];
        GanProcess.Result made = GanProcess.Run([.. command, "--epsilon", "5"]);
        Assert.True(made.ExitCode == 0, made.Error);
        Assert.DoesNotContain("'price' × 'quantity'", made.Error, StringComparison.Ordinal);
        GanProcess.Result refused = GanProcess.Run([.. command, "--epsilon", "5", "--set", "data.dependences=true", "--force"]);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("data.dependences: with an --epsilon nothing may be taken from the rows", refused.Message, StringComparison.Ordinal);
        GanProcess.Result open = GanProcess.Run([.. command, "--force", "--copies", "keep"]);
        Assert.True(open.ExitCode == 0, open.Error);
        Assert.Contains("'price' × 'quantity'", open.Error, StringComparison.Ordinal);
        Assert.Equal(0, Count(_space.In("s.csv")).Broken);
    }

    /// <summary>How many of 2,000 generated rows break one of the equations.</summary>
    private (int Rows, int Broken) Broken(string run)
    {
        string made = run + ".csv";
        Assert.Equal(0, GanProcess.Run("export", run, "--force").ExitCode);
        Assert.Equal(0, GanProcess.Run("generate", run + "/generator.onnx", "--out", made, "--count", "2000", "--force").ExitCode);
        return Count(made);
    }

    private static (int Rows, int Broken) Count(string path)
    {
        string[] lines = File.ReadAllLines(path)[1..];
        return (lines.Length, lines.Count(line =>
        {
            string[] f = line.Replace("\"apples, red\"", "apples", StringComparison.Ordinal).Split(',');
            decimal[] n = [.. f.Take(6).Select(text => decimal.Parse(text, CultureInfo.InvariantCulture))];
            return n[0] * n[1] != n[2] || n[2] + n[3] != n[4] || n[0] != n[5]
                || f[7] != new[] { "apples", "beans", "carrots", "dates" }["ABCD".IndexOf(f[6], StringComparison.Ordinal)];
        }));
    }
}
