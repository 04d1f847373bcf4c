using System.Globalization;

namespace GanPipeline.Cli.Tests;

/// <summary>gan evaluate of a table's generator and of the file that it generates.</summary>
public sealed class EvaluateTableTests : IDisposable
{
    private static readonly string[] Fast = ["--set", "steps=6", "--set", "epochs=2", "--set", "batch=16", "--set", "generator.hidden=[8]", "--set",
        "discriminator.hidden=[8]", "--set", "discriminator.class_hidden=[8]"];
    private readonly Workspace _space = new();

    public void Dispose() => _space.Dispose();

    [Theory]
    [InlineData("class", "")]
    [InlineData("kind", "")]
    [InlineData("class", "NA")] // a text for what is missing
    public void AGeneratorAndTheFileThatItGeneratesGetTheSameNumbers(string label, string gap)
    {
        string[] header = Header(label), training = Rows(0, 160, gap), held = Rows(160, 80, gap);
        string train = _space.Write("train.csv", string.Join("\n", [string.Join(',', header), .. training]) + "\n"),
            test = _space.Write("test.csv", string.Join("\n", [string.Join(',', header), .. held]) + "\n");
        string[] missing = gap.Length > 0 ? ["--missing", gap] : [];
        Succeeds(GanProcess.Run(["train", train, "--label", label, "--out", _space.In("run"), .. missing, .. Fast]));
        Succeeds(GanProcess.Run("export", _space.In("run")));
        string generator = _space.In("run/generator.onnx"), made = _space.In("made.csv");
        // The classes of the training rows, one after the other.
        string classes = _space.Write("classes.txt", string.Concat(training.Select(row => row[(row.LastIndexOf(',') + 1)..] + "\n")));
        Succeeds(GanProcess.Run("generate", generator, "--out", made, "--class-list", classes, "--seed", "4"));
        string[] data = ["--data", train, "--test", test, "--seed", "4", "--label", label];
        Succeeds(GanProcess.Run(["evaluate", generator, .. data, "--out", _space.In("g.csv")]));
        Succeeds(GanProcess.Run(["evaluate", made, .. data, "--out", _space.In("f.csv")]));
        string[] numbers = File.ReadAllLines(_space.In("g.csv"));
        Assert.Equal(numbers, File.ReadAllLines(_space.In("f.csv")));
        foreach (string metric in (string[])["kolmogorov-smirnov", "total-variation", "exact-copies", "table-two-sample-test", "train-on-synthetic",
            "missing-values", "membership-inference"]) Assert.Contains(numbers, line => line.StartsWith(metric + ",", StringComparison.Ordinal));
        Assert.Contains(numbers, line => line.StartsWith("missing-values,class usual,price,", StringComparison.Ordinal));
    }

    /// <summary>Per cents, a currency, groups of three digits and decimal commas: numbers as the file writes them.</summary>
    [Theory]
    [InlineData(';', ',')]
    [InlineData(',', '.')]
    public void NumbersThatAreNotWrittenPlainlyAreNumbersToo(char separator, char point)
    {
        string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture).Replace('.', point);
        string[] Rows(int first) => [.. Enumerable.Range(first, 160).Select(i => string.Join(separator, Number(i * 37 % 1000 / 10.0, "0.0") + "%",
            "$" + Number(i * 53 % 977 / 4.0, "0.00"), (i * 7919L % 99991 + 990).ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' '),
            i % 4 == 0 ? "rare" : "usual"))];
        string header = string.Join(separator, "share", "price", "people", "class");
        string train = _space.Write("train.csv", string.Join("\n", [header, .. Rows(0)]) + "\n"),
            test = _space.Write("test.csv", string.Join("\n", [header, .. Rows(160)]) + "\n"),
            schema = _space.Write("s.yaml", "columns: { people: { thousands: \" \" } }");
        Succeeds(GanProcess.Run(["train", train, "--schema", schema, "--out", _space.In("run"), .. Fast]));
        Succeeds(GanProcess.Run("export", _space.In("run")));
        string generator = _space.In("run/generator.onnx"), made = _space.In("made.csv");
        string classes = _space.Write("classes.txt", string.Concat(Rows(0).Select(row => row[(row.LastIndexOf(separator) + 1)..] + "\n")));
        Succeeds(GanProcess.Run("generate", generator, "--out", made, "--class-list", classes, "--seed", "4"));
        string[] data = ["--data", train, "--test", test, "--seed", "4"];
        Succeeds(GanProcess.Run(["evaluate", generator, .. data, "--out", _space.In("g.csv")]));
        Succeeds(GanProcess.Run(["evaluate", made, .. data, "--out", _space.In("f.csv")]));
        string[] numbers = File.ReadAllLines(_space.In("g.csv"));
        Assert.Equal(numbers, File.ReadAllLines(_space.In("f.csv")));
        foreach (string column in (string[])["share", "price", "people"])
            Assert.Contains(numbers, line => line.StartsWith($"kolmogorov-smirnov,,{column},", StringComparison.Ordinal));
        GanProcess.Result described = GanProcess.Run("describe", train, "--schema", schema, "--set", "steps=2");
        Assert.Matches($"share +numeric +0[{point}]0% to 99[{point}]9%", described.Output);
        Assert.Matches("people +integer +990 to 100 872", described.Output);
    }

    private static string[] Header(string label) => ["id", "price", "count", "flag", "member", "zip", "day", "share", "same", "empty", label];

    /// <summary>An ID, decimals with gaps, integers, truth values as words and as numbers, digits with zeros in front, dates, exponents, constants.</summary>
    private static string[] Rows(int first, int count, string gap) => [.. Enumerable.Range(first, count).Select(i =>
    {
        bool rare = i % 4 == 0;
        string price = i % 7 == 3 ? gap : FormattableString.Invariant($"{(rare ? 40 : 3) + i * i % 97 / 4.0:F2}");
        string day = i % 11 == 5 ? gap : $"2024-0{1 + i % 3}-{1 + i * 5 % 28:D2}";
        return FormattableString.Invariant($"A{i:D4},{price},{i * 37 % 1000},{(i % 3 == 0 ? "yes" : "no")},{(rare ? 1 : i % 2)},0{i * 13 % 5 + 1234},{day},") +
            FormattableString.Invariant($"{(i * 29 % 83 + 1) / 1e7},0.30000000000000004,,{(rare ? "rare" : "usual")}");
    })];

    private static void Succeeds(GanProcess.Result result) => Assert.True(result.ExitCode == 0, result.Error);
}
