namespace GanPipeline.Cli.Tests;

/// <summary>A table from the command line: trained, exported, generated under its own header.</summary>
public sealed class TableTests : IDisposable
{
    private static readonly string[] Fast = ["--set", "steps=6", "--set", "epochs=2", "--set", "batch=16", "--set", "generator.hidden=[8]", "--set",
        "discriminator.hidden=[8]", "--set", "discriminator.class_hidden=[8]"];
    private readonly Workspace _space = new();
    private readonly string _table;

    public TableTests() => _table = _space.Write("t.csv", "age,\"home, sweet\",risk\n"
        + string.Concat(Enumerable.Range(0, 40)
        .Select(i => $"{20 + i * 7 % 50},{(i % 9 == 0 ? "" : i % 2 == 0 ? "\"a \"\"b\"\"\"" : "c")},{(i % 8 == 0 ? "high" : "low")}\n")));

    public void Dispose() => _space.Dispose();

    [Fact]
    public void ATableIsTrainedExportedAndGeneratedUnderItsOwnHeader()
    {
        GanProcess.Result trained = GanProcess.Run(["train", _table, "--label", "risk", "--out", _space.In("run"), .. Fast]);
        Succeeds(trained);
        Assert.Contains("column 'home, sweet' lacks a value in 5 of 40 rows: generated rows lack it as often.", trained.Error, StringComparison.Ordinal);
        Succeeds(GanProcess.Run("export", _space.In("run")));
        string[] command = ["generate", _space.In("run/generator.onnx"), "--out"];
        Succeeds(GanProcess.Run([.. command, _space.In("a.csv"), "--counts", "high=30,low=20"]));
        Succeeds(GanProcess.Run([.. command, _space.In("b.csv"), "--counts", "high=30,low=20", "--batch", "7"]));
        string[] lines = File.ReadAllLines(_space.In("a.csv"));
        Assert.Equal("age,\"home, sweet\",risk", lines[0]);
        Assert.Equal((30, 20), (lines.Count(l => l.EndsWith(",high", StringComparison.Ordinal)),
            lines.Count(l => l.EndsWith(",low", StringComparison.Ordinal))));
        Assert.All(lines[1..], l => Assert.Matches("^[2-6][0-9],(|\"a \"\"b\"\"\"|c),(high|low)$", l));
        Assert.Equal(lines, File.ReadAllLines(_space.In("b.csv")));
        GanProcess.Result picture = GanProcess.Run([.. command, _space.In("a.png")]);
        Assert.Equal(2, picture.ExitCode);
        Assert.Contains("this generator gives rows of a table, which are written as a table and not as grid; name a file that ends in one of .csv, " +
            ".tsv, ", picture.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ATableIsBalancedAndItsOwnRowsStayAsTheyAre()
    {
        Succeeds(GanProcess.Run(["train", _table, "--label", "risk", "--out", _space.In("run"), .. Fast]));
        Succeeds(GanProcess.Run("export", _space.In("run")));
        string[] command = ["upsample", _table, "--label", "risk", "--generator", _space.In("run/generator.onnx"), "--out"];
        GanProcess.Result balanced = GanProcess.Run([.. command, _space.In("a.csv")]);
        Succeeds(balanced);
        string before = File.ReadAllText(_table), after = File.ReadAllText(_space.In("a.csv"));
        Assert.StartsWith(before, after, StringComparison.Ordinal);
        string[] added = after[before.Length..].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(30, added.Length); // 5 of 'high' against 35 of 'low'
        Assert.All(added, l => Assert.EndsWith(",high", l, StringComparison.Ordinal));
        Succeeds(GanProcess.Run([.. command, _space.In("b.csv"), "--synthetic-column", "made", "--balance", "counts:high=6"]));
        string[] marked = File.ReadAllLines(_space.In("b.csv"));
        string windows = _space.Write("w.csv", before.Replace("\n", "\r\n", StringComparison.Ordinal));
        Succeeds(GanProcess.Run(["upsample", windows, .. command[2..], _space.In("c.csv")]));
        Assert.Equal(after.Replace("\n", "\r\n", StringComparison.Ordinal), File.ReadAllText(_space.In("c.csv")));
        Assert.Equal(("age,\"home, sweet\",risk,made", 40, 1),
            (marked[0], marked.Count(l => l.EndsWith(",0", StringComparison.Ordinal)), marked.Count(l => l.EndsWith(",high,1", StringComparison.Ordinal))));
    }

    [Fact]
    public void ATableRunsThroughAllStagesAndIsEvaluatedOnRowsThatItNeverSaw()
    {
        GanProcess.Result result = GanProcess.Run(["run", _table, "--label", "risk", "--out", _space.In("run"), .. Fast]);
        Succeeds(result);
        Assert.Contains("8 of 40 rows are kept apart for testing, and nothing is trained on them (data.test=0.2).", result.Error, StringComparison.Ordinal);
        Assert.Matches("(?m)^Use '[^']+', which costs nothing: too few rows to tell \\([0-9] of class 'high'\\) whether the generator helps .macro-F1 ",
            result.Output);
        string[] train = File.ReadAllLines(_space.In("run/train.csv")), test = File.ReadAllLines(_space.In("run/test.csv")),
            balanced = File.ReadAllLines(_space.In("run/upsampled.csv"));
        Assert.Equal(File.ReadAllLines(_table)[1..].Order(StringComparer.Ordinal), train[1..].Concat(test[1..]).Order(StringComparer.Ordinal));
        Assert.Empty(train[1..].Intersect(test[1..]));
        Assert.Equal(train, balanced[..train.Length]);
        string[] quality = File.ReadAllLines(_space.In("run/quality.csv"));
        foreach (string start in (string[])["kolmogorov-smirnov,,age,", "membership-inference,,,", "train-on-synthetic,real,,",
            "classifier-macro-f1,SMOTE-NC,,", "classifier-macro-f1,generator,,", "classifier-gain,,,"])
            Assert.Single(quality, line => line.StartsWith(start, StringComparison.Ordinal));
        string page = File.ReadAllText(_space.In("run/report.html"));
        foreach (string shown in (string[])["Columns, the furthest off first", "Success of guessing who was in the training table (AUC)",
            "Chen et al. 2020, GAN-Leaks", "Generated rows, as they come", "Data and class balance"])
            Assert.Contains(shown, page, StringComparison.Ordinal);
        Assert.Equal(1, columnsShare("age,", 5), 1e-9);
        Assert.Equal(1, columnsShare("\"home, sweet\",", 5), 1e-9);

        // Again from the folder's own options, and from the command: the same parts, the same rows.
        Succeeds(GanProcess.Run("run", _space.In("run/options.yaml"), "--data", _table, "--out", _space.In("again")));
        foreach (string file in (string[])["test.csv", "upsampled.csv", "quality.csv"]) Assert.Equal(File.ReadAllLines(_space.In("run/" + file)),
            File.ReadAllLines(_space.In("again/" + file)));

        double columnsShare(string start, int place) => File.ReadAllLines(_space.In("run/columns.csv"))
            .Where(l => l.StartsWith(start, StringComparison.Ordinal))
            .Sum(l => double.Parse(l[start.Length..].Split(',')[place - 1], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void AdviceSaysWhatToUseAndOnHowManyRowsItRests()
    {
        string table = _space.Write("more.csv", "age,risk\n" + string.Concat(Enumerable.Range(0, 96).Select(i =>
            $"{20 + i * 7 % 50},{(i % 8 == 0 ? "high" : "low")}\n")));
        string[] given = ["--label", "risk", "--folds", "2", "--repeats", "1", "--learner", "logistic"];
        GanProcess.Result result = GanProcess.Run(["advise", table, .. given, "--verbose", "--out", _space.In("c.csv"), .. Fast]);
        Succeeds(result);
        foreach (string method in (string[])["as it is", "class weights at 1", "random over-sampling at 1", "SMOTE with 5 neighbours at 1", "generator at 1"])
        {
            Assert.Contains(method, result.Output, StringComparison.Ordinal);
            Assert.Equal(2, File.ReadAllLines(_space.In("c.csv")).Count(l => l.StartsWith($"logistic regression,{method},", StringComparison.Ordinal)));
        }
        Assert.Matches("(?m)^For logistic regression: (use|leave) .* finds [0-9]+ of 100 rows of class 'high' instead of [0-9]+, .*macro-F1 ", result.Output);
        Assert.Matches("(?m)^The rarest class that it rests on is 'high' with 12 rows\\.$", result.Output);
        Assert.Contains("outer fold 2 of 2: trying", result.Error, StringComparison.Ordinal);
        GanProcess.Result balanced = GanProcess.Run(["balance", table, .. given, "--no-generator", "--out", _space.In("b")]);
        Succeeds(balanced);
        Assert.Matches("(?m)^.*balanced.csv for logistic regression(, with [0-9]+ rows more)?$", balanced.Output);
        Assert.DoesNotContain("outer fold 2", balanced.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllLines(table), File.ReadAllLines(_space.In("b/balanced.csv")).Take(97));
        GanProcess.Result one = GanProcess.Run(["advise", _table, "--label", "", "--folds", "2", .. Fast]);
        Assert.Contains("a comparison needs a table with a class column; name it with --label.", one.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("generates no value for the column 'id', and added rows without one could be told by that; remove the column, or train on it.",
        "age,\"home, sweet\",id,risk\n1,c,7,high\n")]
    [InlineData("no column 'home, sweet', which", "age,risk\n1,high\n")]
    [InlineData("line 3, column 'risk': rows are to be added to class 'new', which the generator does not know; it knows high, low.",
        "age,\"home, sweet\",risk\n1,c,high\n1,c,new\n1,c,high\n")]
    public void ATableThatDoesNotFitTheGeneratorIsSaid(string sentence, string csv)
    {
        Succeeds(GanProcess.Run(["train", _table, "--label", "risk", "--out", _space.In("run"), .. Fast]));
        Succeeds(GanProcess.Run("export", _space.In("run")));
        GanProcess.Result result = GanProcess.Run(["upsample", _space.Write("u.csv", csv), "--label", "risk", "--generator", _space.In("run/generator.onnx"),
            "--out", _space.In("a.csv")]);
        Assert.True(result.IsRefusal, $"{result.ExitCode}: {result.Error}");
        Assert.Contains(sentence, result.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_space.In("a.csv")));
    }

    [Theory]
    [InlineData("no column 'class'; it has age, 'home, sweet', risk. Name the class column with --label.")]
    [InlineData("is the data already; leave it out, or name a preset in the table's place.", "--data", "x")]
    [InlineData("none.yaml: no such file; name a schema file.", "--label", "risk", "--schema", "none.yaml")]
    public void WhatCannotBeTrainedOnIsSaid(string sentence, params string[] more)
    {
        GanProcess.Result result = GanProcess.Run(["train", _table, "--out", _space.In("run"), .. more]);
        Assert.True(result.IsRefusal, $"{result.ExitCode}: {result.Error}");
        Assert.Contains(sentence, result.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_space.In("run")));
    }

    private static void Succeeds(GanProcess.Result result) => Assert.True(result.ExitCode == 0, result.Error);
}
