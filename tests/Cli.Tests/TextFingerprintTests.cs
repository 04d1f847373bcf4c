using System.Globalization;
using GanPipeline.Bench;
using GanPipeline.Tables;

namespace GanPipeline.Cli.Tests;

/// <summary>Generated rows are written as real ones are: boosted trees that see the text of the numbers alone do not tell them apart.</summary>
public sealed class TextFingerprintTests : IDisposable
{
    private const int Rows = 1500;
    private const double Chance = 0.56; // sqrt((2 · 1500 + 1) / (12 · 1500²)) = 0.011 is the area's standard deviation: five times that is no chance
    // The preset's networks and steps: smaller ones leave the numbers' distributions unlearned, which the trees see in their lengths.
    private static readonly string[] Preset = ["--set", "steps=1000", "--set", "epochs=1"];

    private static readonly string[] Usual = ["digits", "price", "float", "fives", "epoch", "padded", "constant", "postcode", "single", "age", "ending"],
        Odd = ["standardised", "logarithm", "quantised"];

    private readonly Workspace _space = new();

    public void Dispose() => _space.Dispose();

    [Fact]
    public void TreesDoNotTellGeneratedRowsByTheirText()
    {
        string real = Generate(Usual);
        TextFingerprint found = Compare(real, _space.In("made.csv"));
        Assert.Equal(Usual, found.Columns);
        Assert.All(found.Columns, column => Assert.True(found.Area(column) < Chance, $"{column}: {found.Area(column):F3}"));
        Assert.InRange(found.Area(), 0.5 - (Chance - 0.5), Chance);
    }

    [Fact]
    public void OddNumbersAreGeneratedAsTheyAre()
    {
        Table real = TableReader.Read(Generate(Odd)), made = TableReader.Read(_space.In("made.csv"));
        Assert.All(Odd, column => Assert.Empty(made.Find(column)!.Values.Except(real.Find(column)!.Values)));
        string inspected = GanProcess.Run("inspect", _space.In("run/generator.onnx")).Output;
        Assert.Contains("\nreal values in the file: " + string.Join(", ", Odd.Select(column => $"{real.Find(column)!.Values.Count} of '{column}'")) + "\n",
            inspected, StringComparison.Ordinal);
    }

    /// <summary>
    /// How often each of a hundred values comes is a matter of the network and its steps; so here the numbers are those of real rows, moved by a few values.
    /// </summary>
    [Fact]
    public void TreesDoNotTellOddNumbersByTheirText()
    {
        string real = Write("real.csv", Odd, 1), others = Write("others.csv", Odd, 3);
        TextFingerprint found = Compare(others, Moved(real, new SchemaFile())), between = Compare(others, Moved(real, new SchemaFile().WithoutValues()));
        Assert.All(Odd, column => Assert.True(found.Area(column) < Chance, $"{column}: {found.Area(column):F3}"));
        Assert.InRange(found.Area(), 0.5 - (Chance - 0.5), Chance);
        Assert.All(Odd, column => Assert.True(between.Area(column) > 0.6, $"{column}, with numbers between: {between.Area(column):F3}"));
    }

    /// <summary>What the test above must be able to see.</summary>
    [Theory]
    [InlineData("digits", "float32")]
    [InlineData("price", "unpadded")]
    [InlineData("price", "uniform")]
    [InlineData("age", "uniform")]
    [InlineData("standardised", "between")]
    [InlineData("logarithm", "between")]
    [InlineData("quantised", "between")]
    [InlineData("constant", "float32")]
    [InlineData("postcode", "unpadded")]
    public void TreesTellRowsThatAreWrittenOtherwise(string column, string fault)
    {
        string[] columns = Odd.Contains(column) ? Odd : Usual;
        string real = Write("real.csv", columns, 1), made = Write("made.csv", columns, 2, (name, text) => name != column ? text : Faulty(text, fault));
        Assert.InRange(Compare(real, made).Area(column), fault == "uniform" ? 0.6 : 0.7, 1);
        Assert.InRange(Compare(real, Write("other.csv", columns, 3)).Area(), 0.5 - (Chance - 0.5), Chance);
    }

    /// <summary>Trains on a table, and generates as many rows; the path of the real ones.</summary>
    private string Generate(string[] columns)
    {
        string real = Write("real.csv", columns, 1);
        Succeeds(GanProcess.Run(["train", real, "--label", "class", "--out", _space.In("run"), .. Preset]));
        Succeeds(GanProcess.Run("export", _space.In("run")));
        Succeeds(GanProcess.Run("generate", _space.In("run/generator.onnx"), "--out", _space.In("made.csv"), "--counts", $"a={Rows / 2},b={Rows / 2}"));
        return real;
    }

    /// <summary>The rows once more, after the scalars of their code were moved a little.</summary>
    private string Moved(string real, SchemaFile schema)
    {
        const double Far = 0.15;
        Table table = TableReader.Read(real);
        TableCodec codec = TableCodec.Fit(table, TableSchema.Infer(table, "class", schema));
        float[] rows = codec.Encode(table, schema);
        var random = new Random(4);
        IEnumerable<string> lines = Enumerable.Range(0, table.Rows).Select(row => string.Join(',', codec.Layout().Select(place =>
        {
            ReadOnlySpan<float> code = rows.AsSpan(row * codec.Width, codec.Width);
            float scalar = (float)Math.Clamp(code[place.Scalar] + Far * (2 * random.NextDouble() - 1), -1, 1);
            return place.Column.Style!.Format(place.Column.Generate(place.Column.ChosenSlot(code, place.Slot), scalar));
        }).Append(row % 2 == 0 ? "a" : "b")));
        string path = _space.In("moved.csv");
        File.WriteAllLines(path, [string.Join(',', Odd) + ",class", .. lines]);
        return path;
    }

    private static string Faulty(string text, string fault)
    {
        double number = double.Parse(text, CultureInfo.InvariantCulture);
        return fault switch
        {
            "float32" => ((float)number).ToString("G9", CultureInfo.InvariantCulture),
            "between" => Text(number + 0.04 * new Random((int)(number * 1000)).NextDouble(), "G8"),
            "unpadded" => number.ToString(CultureInfo.InvariantCulture),
            _ => text.Contains('.', StringComparison.Ordinal) ? Text(number + new Random((int)(number * 100)).Next(100) / 100.0, "F2")
                : Text(number + new Random((int)number).Next(5), "F0"),
        };
    }

    private static TextFingerprint Compare(string real, string made) => new(TableReader.Read(real), TableReader.Read(made), "class");

    private string Write(string name, string[] columns, int seed, Func<string, string, string>? change = null)
    {
        var random = new Random(seed);
        IEnumerable<string> rows = Enumerable.Range(0, Rows).Select(row => string.Join(',',
            columns.Select(column => Cell(column, random) is var text && change is not null ? change(column, text) : text).Append(row % 2 == 0 ? "a" : "b")));
        string path = _space.In(name);
        File.WriteAllLines(path, [string.Join(',', columns) + ",class", .. rows]);
        return path;
    }

    private static string Cell(string column, Random random) => column switch
    {
        "digits" => random.Next(3) == 0 ? "-0.85955255" : Text(-0.2 - 0.7 * random.NextDouble(), "G8"),
        "price" => Text(random.Next(10) < 7 ? random.Next(100, 999) : random.Next(10_000, 99_900) / 100.0, "F2"),
        "float" => Float(Math.Round(Math.Pow(random.NextDouble(), 4), 5)),
        "fives" => Text(5 * random.Next(20, 180), "F0"),
        "epoch" => Text(1_700_000_000 + random.Next(30_000_000), "F0"),
        "padded" => Text(random.Next(1, 1000), "F0").PadLeft(6),
        "constant" => "0.30000000000000004",
        "postcode" => Text(random.Next(1, 15) * 321, "00000"),
        "single" => ((float)(0.2 + 0.7 * random.NextDouble())).ToString("R", CultureInfo.InvariantCulture),
        "standardised" => Text((Skewed(random, 30) - 7.3) * 0.045081561, "G8"),
        "logarithm" => Text(Math.Log(5 + Skewed(random, 30)), "G8"),
        "quantised" => Text(Skewed(random, 30) * (double)0.1f, "G8"),
        "age" => Text(random.Next(10) < 5 ? 5 * random.Next(4, 18) : random.Next(20, 90), "F0"),
        _ => Text(random.Next(20, 99) + (random.Next(10) < 8 ? 0.99 : random.Next(100) / 100.0), "F2"),
    };

    private static int Skewed(Random random, double mean) => (int)(-Math.Log(1 - random.NextDouble()) * mean);

    /// <summary>As Python writes it.</summary>
    private static string Float(double number) => number is > 0 and < 1e-4 ? Text(number, "0e-00") : Text(number, "0.0####");

    private static string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);

    private static void Succeeds(GanProcess.Result result) => Assert.True(result.ExitCode == 0, result.Error);
}
