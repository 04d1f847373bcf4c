using System.Globalization;
using System.Text.Json;
using GanPipeline.Primitives;

namespace GanPipeline.Tables.Tests;

/// <summary>Columns of odd numbers of which there are few: what is generated is one of them.</summary>
public class ValueListTests
{
    private const int Rows = 1500;

    private static readonly DateTime Start = new(2021, 1, 1);

    private static readonly int[] s_departures = [.. Enumerable.Range(1, 37).Select(i => i * i)];

    /// <summary>Columns that are on no grid, each as its text.</summary>
    private static readonly Dictionary<string, Func<Random, string>> Odd = new()
    {
        ["standardised"] = random => Text((Skewed(random, 25) - 7.3) * 0.045081561, "G8"),
        ["with a heap of zeros"] = random => random.Next(3) == 0 ? "0" : Text((Skewed(random, 25) + 1) * 0.045081561, "G8"),
        ["logarithms"] = random => Text(Math.Log(1 + Skewed(random, 40)), "R"),
        ["float32"] = random => ((float)Skewed(random, 30) / 7).ToString("R", CultureInfo.InvariantCulture),
        ["roots"] = random => Text(90 * Math.Sqrt(random.Next(12) * random.Next(12) + random.Next(9)), "F2"),
        ["whole with gaps"] = random => Text(Math.Pow(Skewed(random, 15), 3) + 5, "F0"),
        ["beyond 2^53"] = random => (9_100_000_000_000_000_000L + (long)Math.Pow(Skewed(random, 15), 3) * 7_919).ToString(CultureInfo.InvariantCulture),
        ["ends of months"] = random => Start.AddMonths(random.Next(40)).AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["working days"] = random => Workday(random.Next(300)).ToString("dd.MM.yyyy", CultureInfo.InvariantCulture),
        ["times of departure"] = random => Start.AddDays(random.Next(200)).AddMinutes(s_departures[random.Next(s_departures.Length)])
            .ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture),
    };

    /// <summary>Columns whose numbers lie on a grid, are heaped on one, or are as different as chance makes them.</summary>
    private static readonly Dictionary<string, Func<Random, string>> Others = new()
    {
        ["a few whole"] = random => Text(random.Next(70), "F0"),
        ["many whole"] = random => Text(random.Next(3000), "F0"),
        ["waiting times"] = random => Text(-Math.Log(1 - random.NextDouble()) * 300, "F0"),
        ["short waiting times"] = random => Text(-Math.Log(1 - random.NextDouble()) * 2, "F1"),
        ["incomes"] = random => Text(Math.Exp(4 + 1.2 * Normal(random)), "F0"),
        ["measured"] = random => Text(Normal(random), "F2"),
        ["measured in float64"] = random => Text(Normal(random), "R"),
        ["significant"] = random => Text(Math.Exp(Normal(random)), "G3"),
        ["counted"] = random => Text(Enumerable.Range(0, 60).Count(_ => random.Next(3) == 0), "F0"),
        ["sevens"] = random => Text(7 * Skewed(random, 80), "F0"),
        ["prices"] = random => Text(random.Next(10) < 6 ? random.Next(100, 900) : random.Next(10_000, 90_000) / 100.0, "F2"),
        ["ages"] = random => Text(random.Next(10) < 5 ? 5 * random.Next(4, 18) : random.Next(20, 90), "F0"),
        ["days"] = random => Start.AddDays(random.Next(500)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    public static TheoryData<string> OddNames => [.. Odd.Keys];

    public static TheoryData<string> OtherNames => [.. Others.Keys];

    [Theory]
    [MemberData(nameof(OddNames))]
    public void A_generated_value_is_a_real_one_and_a_real_one_stays_what_it_is(string name)
    {
        string[] texts = Make(Odd[name], 1);
        TableCodec codec = Codec(texts);
        ColumnCode[] parts = [.. codec.Parts];
        Assert.Contains(parts, part => part.Listed is not null);
        codec.Check(2);
        HashSet<string> real = [.. texts];
        foreach (ColumnCode part in parts)
        {
            // Of dates with times each part has real values, and not every pair of them is there.
            HashSet<double> numbers = [.. texts.Select(text => part.PartOf(part.Number(text)))];
            Assert.All(numbers, number => Assert.Equal(number, Decoded(part, number)));
            if (part.Listed is null) continue;
            Assert.All(part.Listed.Values, value => Assert.Contains(value, numbers));
            var random = new Random(2);
            for (int i = 0; i < 3000; i++)
            {
                int slot = random.Next(Math.Max(1, part.Slots));
                double made = part.Generate(slot, (float)(2.2 * random.NextDouble() - 1.1));
                Assert.Contains(made, numbers);
                if (parts.Length == 1) Assert.Contains(Written(part, made), real);
            }
        }
    }

    [Theory]
    [MemberData(nameof(OtherNames))]
    public void Other_columns_have_no_list(string name)
    {
        for (int seed = 0; seed < 4; seed++) Assert.All(Codec(Make(Others[name], seed, seed < 2 ? Rows : 200)).Parts, part => Assert.Null(part.Listed));
    }

    [Fact]
    public void A_column_of_which_nothing_is_to_be_kept_has_none()
    {
        string[] texts = Make(Odd["standardised"], 1);
        Table table = TableOf(texts);
        SchemaFile nothing = new SchemaFile().WithoutValues();
        Assert.Null(TableCodec.Fit(table, TableSchema.Infer(table, "class", nothing)).Columns[0].Listed);
        Assert.Null(TableCodec.Fit(table, GanPipeline.Tables.Tests.Text.Schema(table, "columns: { x: { min: -10, max: 100 } }")).Columns[0].Listed);
        Assert.NotNull(TableCodec.Fit(table, GanPipeline.Tables.Tests.Text.Schema(table, "columns: { x: { encoding: quantile } }")).Columns[0].Listed);
    }

    /// <summary>Numbers between two values are shared out as the rows are.</summary>
    [Fact]
    public void A_border_is_nearer_to_the_rarer_value()
    {
        (double, int)[] values = [.. Enumerable.Range(0, 40).Select(i => (i * 100.0, i % 2 == 0 ? 30 : 10))];
        var code = new ColumnCode("x", ColumnType.Integer, CodeKind.Mixture) { Style = new NumberStyle(NumberRounding.Decimals, 0) };
        ValueList list = ValueList.Of(code, values, [])!;
        Assert.Equal(Enumerable.Range(0, 39).Select(i => i * 100.0 + (i % 2 == 0 ? 75 : 25)), list.Borders);
        Assert.Equal((0, 100, 200), (list.Nearest(74), list.Nearest(75), list.Nearest(125)));
        Assert.Equal((-75, 75), list.Reach(0, 0));
        Assert.Equal((75, 275), list.Reach(100, 200));
        Assert.Equal((3875, 3925), list.Reach(3900, 3900));
        Assert.Equal((0, 3900), (list.Nearest(-1e9), list.Nearest(1e9)));
        Assert.Null(ValueList.Of(code, [.. values.Select(v => (v.Item1 / 100, v.Item2))], [])); // every whole number
    }

    [Fact]
    public void A_value_too_far_may_not_be_generated_nor_one_between()
    {
        ColumnCode code = Codec(Make(Odd["standardised"], 1)).Columns[0];
        ValueList list = code.Listed!;
        var random = new Random(3);
        for (int i = 0; i < 1000; i++)
        {
            (int slot, float scalar) = (random.Next(code.Centers.Count), (float)(1.8 * random.NextDouble() - 0.9));
            double made = code.Generate(slot, scalar);
            Assert.True(code.MayGenerate(made, slot, scalar, 1e-4f));
            Assert.False(code.MayGenerate(made + 0.001, slot, scalar, 1e-4f));
            Assert.False(code.MayGenerate(double.NaN, slot, scalar, 1e-4f));
            if (code.Sure(slot, scalar, 2e-4f) is null) continue;
            int place = list.Values.ToList().IndexOf(made);
            if (place > 0) Assert.False(code.MayGenerate(list.Values[place - 1], slot, scalar, 1e-4f));
            if (place < list.Values.Count - 1) Assert.False(code.MayGenerate(list.Values[place + 1], slot, scalar, 1e-4f));
        }
    }

    [Fact]
    public void Lists_that_cannot_be_are_refused()
    {
        ColumnCode code = Codec(Make(Odd["whole with gaps"], 1)).Columns[0];
        double low = code.Min;
        code.Check();
        ValueList[] wrong =
        [
            new([], []), new([low, low + 1], []), new([low, low], [low]), new([low + 1, low], [low]), new([low, low + 1], [low]),
            new([low, low + 1], [low + 2]),
            new([low, double.NaN], [low]), new([low, low + 1], [double.NaN]), new([low, double.PositiveInfinity], [low + 1]), new([low - 1, low], [low]),
            new([.. Enumerable.Range(0, ValueList.Most + 1).Select(i => low + i / 1e6)], [.. Enumerable.Range(1, ValueList.Most).Select(i => low + i / 1e6)]),
        ];
        foreach (ValueList list in wrong) Assert.Throws<UserErrorException>((code with { Listed = list }).Check);
        Assert.Throws<UserErrorException>((code with { Heaps = [new NumberHeap(new NumberGrid(0, 7), 3)] }).Check);
        ColumnCode days = Codec(Make(Odd["ends of months"], 1)).Columns[0];
        Assert.Throws<UserErrorException>((days with { Listed = new ValueList([0.5], []) }).Check);
    }

    [Fact]
    public void A_checkpoint_keeps_the_list_to_the_bit()
    {
        ColumnCode code = Codec(Make(Odd["logarithms"], 1)).Columns[0], back = JsonSerializer.Deserialize<ColumnCode>(JsonSerializer.Serialize(code))!;
        Assert.Equal(code.Listed!.Values, back.Listed!.Values);
        Assert.Equal(code.Listed.Borders, back.Listed.Borders);
    }

    /// <summary>What is computed is what its formula gives, also where no row has it.</summary>
    [Fact]
    public void A_computed_column_has_no_list()
    {
        var random = new Random(4);
        Table table = GanPipeline.Tables.Tests.Text.Table("price,count,total,class\n" + string.Concat(Enumerable.Range(0, 600).Select(i =>
        {
            (int price, int count) = (random.Next(12) * random.Next(12) * 7 + 3, random.Next(1, 12));
            return $"{price},{count},{price * count},{(i % 2 == 0 ? "a" : "b")}\n";
        })));
        TableCodec codec = TableCodec.Fit(table, GanPipeline.Tables.Tests.Text.Schema(table));
        Assert.Equal("total", Assert.Single(codec.Derived).Name);
        Assert.Null(codec.Derived[0].Column.Listed);
        Assert.NotNull(codec.Columns[0].Listed);
    }

    /// <summary>Checkpoints hold what they can: of many columns the shortest lists stay.</summary>
    [Fact]
    public void Many_long_lists_are_given_up()
    {
        const int Columns = 150, Long = 1000, Repeats = 3;
        string[] names = [.. Enumerable.Range(0, Columns).Select(j => $"c{j}")];
        Table table = GanPipeline.Tables.Tests.Text.Table(string.Join(',', names) + ",class\n" + string.Concat(Enumerable.Range(0, Repeats * Long)
            .Select(i => string.Concat(names.Select((_, j) => $"{(i % (j == 0 ? 50 : Long)) * (i % Long + 3L * j + 1)},")) + (i % 2 == 0 ? "a\n" : "b\n"))));
        TableCodec codec = TableCodec.Fit(table, GanPipeline.Tables.Tests.Text.Schema(table,
            $"dependences: false\ncolumns: {{ {string.Join(", ", names.Select(name => $"{name}: {{ encoding: quantile }}"))} }}"));
        Assert.InRange(codec.Columns.Sum(column => column.StoredValues), 100_000, 1 << 17);
        Assert.Contains(codec.Columns, column => column.Listed is null);
    }

    private static double Decoded(ColumnCode code, double number)
    {
        (int slot, float scalar) = code.Encode(number);
        return code.Generate(slot, scalar);
    }

    private static string Written(ColumnCode code, double number) => code.Dates is { } dates ? dates.Text((long)number)
        : code.Wholes is { } wholes ? code.Style!.Format(wholes.Number(number)) : code.Style!.Format(number);

    private static string[] Make(Func<Random, string> cell, int seed, int rows = Rows)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => cell(random))];
    }

    private static TableCodec Codec(string[] texts)
    {
        Table table = TableOf(texts);
        return TableCodec.Fit(table, GanPipeline.Tables.Tests.Text.Schema(table));
    }

    private static Table TableOf(string[] texts) => GanPipeline.Tables.Tests.Text.Column(texts);

    private static int Skewed(Random random, double mean) => (int)(-Math.Log(1 - random.NextDouble()) * mean);

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static DateTime Workday(int number) => Start.AddDays(3 + number / 5 * 7 + number % 5);

    private static string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
