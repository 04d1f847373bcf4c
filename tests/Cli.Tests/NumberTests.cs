using System.Globalization;

namespace GanPipeline.Cli.Tests;

/// <summary>Values from the command line: generated and added rows hold what float32 could not, written as the table writes it, or it is refused before
/// training.</summary>
public sealed class NumberTests : IDisposable
{
    private static readonly string[] Fast = ["--set", "steps=100", "--set", "epochs=2", "--set", "generator.hidden=[16]", "--set",
        "discriminator.hidden=[16]", "--set", "discriminator.class_hidden=[16]", "--set", "batch=32"];

    private readonly Workspace _space = new();
    private string _exported = "";

    public void Dispose() => _space.Dispose();

    [Fact]
    public void SecondsCentsAndAccountsAreNotRounded()
    {
        Column real = Column.Of(Case("t_epoch.csv"), "ts"), made = Generated(Case("t_epoch.csv"), "ts");
        AreWholeAndWithin(real, made);
        Assert.InRange(made.Texts.Count(t => long.Parse(t, CultureInfo.InvariantCulture) % 128 == 0), 0, made.Texts.Length / 10);
        Assert.True(made.Texts.Distinct().Count() > 20);
        Column accounts = Column.Of(_space.In("g.csv"), "acct"), cents = Column.Of(_space.In("g.csv"), "cents");
        AreWholeAndWithin(Column.Of(Case("t_epoch.csv"), "acct"), accounts);
        IsWithin(Column.Of(Case("t_epoch.csv"), "cents"), cents);
        Assert.All(cents.Texts, text => Assert.Matches(@"^\d{7}(\.\d{1,2})?$", text));
        Assert.Contains(cents.Numbers, value => Math.Abs(value * 100 - Math.Round(value * 100)) < 1e-6 && (float)value != value);
    }

    [Fact]
    public void AFractionBehindALargeOffsetVaries()
    {
        Column made = Generated(Case("tt4.csv"), "off");
        IsWithin(Column.Of(Case("tt4.csv"), "off"), made);
        Assert.True(made.Numbers.Distinct().Count() > 50, $"{made.Numbers.Distinct().Count()} numbers");
        Assert.Matches("on average [0-9.E-]+ % of the spread", _exported);
        Assert.True(made.Numbers.Select(value => Math.Floor(value * 100)).Distinct().Count() > 20);
    }

    [Fact]
    public void ANumberThatNoGeneratorGivesIsRefusedBeforeTrainingWithTheColumnsName()
    {
        GanProcess.Result refused = GanProcess.Run(["train", Case("tt3.csv"), "--label", "class", "--out", _space.In("run"), .. Fast]);
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("tt3.csv line 2, column 'vast': '5.57488923588657e+299' is beyond 1E+30, the largest number that a generator gives", refused.Message,
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(_space.In("run")));
    }

    /// <summary>Twenty digits are more than an integer of 64 bits holds: generated codes are real ones.</summary>
    [Fact]
    public void CodesOfTwentyDigitsAreRealCodes()
    {
        string[] codes = [.. Enumerable.Range(0, 6).Select(i => $"9876543210987654321{i}")];
        string table = Table("code", [.. Enumerable.Range(0, 200).Select(i => codes[i * i % 6])]);
        Assert.All(Generated(table, "code").Texts, text => Assert.Contains(text, codes));
    }

    [Fact]
    public void CodesOfTwentyDigitsThatTellTheRowsApartAreDroppedWithANote()
    {
        string table = Table("code", [.. Enumerable.Range(0, 200).Select(i => $"98765432109{(i * 7919L * 104729 % 999999937) + 1000000000L}")]);
        GanProcess.Result trained = GanProcess.Run(["train", table, "--label", "class", "--out", _space.In("run"), .. Fast]);
        Assert.True(trained.ExitCode == 0, trained.Error);
        Assert.Contains("column 'code' has another value in each of 200 rows, so it seems to be an ID and is dropped; --keep code keeps it", trained.Error,
            StringComparison.Ordinal);
    }

    /// <summary>Where float64 no longer tells whole numbers apart.</summary>
    [Fact]
    public void WholeNumbersBeyondFloat64KeepTheirLastDigit()
    {
        string[] numbers = [.. Enumerable.Range(0, 200).Select(i => (1735689600123456789L + (i * 7919L % 1000)).ToString(CultureInfo.InvariantCulture))];
        Column made = Generated(Table("ns", numbers), "ns");
        Assert.All(made.Texts, text => Assert.InRange(long.Parse(text, CultureInfo.InvariantCulture), numbers.Min(long.Parse), numbers.Max(long.Parse)));
        Assert.True(made.Texts.Distinct().Count() > 20 && made.Texts.Select(text => text[^1]).Distinct().Count() > 5);
    }

    [Fact]
    public void AddedRowsHaveTheZipCodesOfTheTable()
    {
        string table = Case("t_zip.csv");
        Generated(table, "zip");
        GanProcess.Result upsampled = GanProcess.Run("upsample", table, "--generator", _space.In("run/generator.onnx"), "--out", _space.In("u.csv"));
        Assert.True(upsampled.ExitCode == 0, upsampled.Error);
        Column real = Column.Of(table, "zip"), all = Column.Of(_space.In("u.csv"), "zip");
        Assert.True(all.Texts.Length > real.Texts.Length);
        Assert.Contains(all.Texts[real.Texts.Length..], text => text[0] == '0');
        Assert.Equal(real.Texts.Order().Distinct(), all.Texts.Order().Distinct());
        Assert.All(Column.Of(_space.In("g.csv"), "zip").Texts, text => Assert.Contains(text, real.Texts));
    }

    [Fact]
    public void AConstantIsCopiedAsItStands()
    {
        Assert.All(Generated(Case("fl_real.csv"), "fl").Texts, text => Assert.Equal("0.30000000000000004", text));
        Assert.All(Column.Of(_space.In("g.csv"), "const").Texts, text => Assert.Equal("7", text));
        Assert.All(Column.Of(_space.In("g.csv"), "void").Texts, Assert.Empty);
    }

    [Fact]
    public void TimesHaveTheSecondsOfTheTable()
    {
        string[] made = Generated(Case("t_datefrac.csv"), "d").Texts;
        Assert.True(made.Select(text => text[^5..]).Distinct().Count() > 100);
        Assert.All(made, text => Assert.True(DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)));
    }

    [Theory]
    [InlineData("t_datems.csv", "d", "yyyy-MM-ddTHH:mm:ss.fff'Z'")]
    [InlineData("t_dateus.csv", "d", "dd-MMM-yyyy")]
    [InlineData("t_time.csv", "hm", "HH:mm")]
    [InlineData("f06.csv", "until", "yyyy-MM-dd")]
    public void DatesKeepTheirForm(string file, string column, string format)
    {
        string[] real = Column.Of(Case(file), column).Texts, made = Generated(Case(file), column).Texts;
        DateTime[] dates = [.. real.Select(Date)];
        Assert.All(made, text => Assert.InRange(Date(text), dates.Min(), dates.Max()));
        Assert.True(made.Distinct().Count() > 20);

        DateTime Date(string text) => DateTime.ParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault);
    }

    [Fact]
    public void TimesOfSeveralOffsetsAreRefusedBeforeTraining()
    {
        GanProcess.Result refused = GanProcess.Run(["train", Case("f04.csv"), "--label", "class", "--out", _space.In("run"), .. Fast]);
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("f04.csv line 5, column 't': '2024-06-09T06:00:00Z' has another offset from UTC than '2024-04-30T07:00:00+02:00' of line 2",
            refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_space.In("run")));
    }

    /// <summary>Trains, exports and generates 300 rows.</summary>
    private Column Generated(string table, string column)
    {
        Succeeds(GanProcess.Run(["train", table, "--label", "class", "--out", _space.In("run"), .. Fast]));
        GanProcess.Result exported = GanProcess.Run("export", _space.In("run"), "--verbose");
        Succeeds(exported);
        _exported = exported.Output;
        Assert.Matches("values that differ by more than roundings: none at batch 0, .* at batch 1000; (none differs at all|on average [0-9.E-]+ % of the " +
            "spread)",
            exported.Output);
        Assert.DoesNotContain("average 0 %", exported.Output, StringComparison.Ordinal);
        Succeeds(GanProcess.Run("generate", _space.In("run/generator.onnx"), "--out", _space.In("g.csv"), "--count", "300"));
        return Column.Of(_space.In("g.csv"), column);
    }

    private string Table(string name, string[] values)
    {
        var random = new Random(1);
        return _space.Write("t.csv", $"x,{name},class\n" + string.Concat(values.Select((value, i) =>
            FormattableString.Invariant($"{random.NextDouble():F3},{value},{(i % 5 == 0 ? "rare" : "common")}\n"))));
    }

    private static void AreWholeAndWithin(Column real, Column made)
    {
        IsWithin(real, made);
        Assert.All(made.Texts, text => Assert.Matches(@"^\d+$", text));
    }

    private static void IsWithin(Column real, Column made) => Assert.All(made.Numbers, value => Assert.InRange(value, real.Numbers.Min(), real.Numbers.Max()));

    private static void Succeeds(GanProcess.Result result) => Assert.True(result.ExitCode == 0, result.Error);

    private static string Case(string file) => Path.Combine(AppContext.BaseDirectory, "Cases", file);

    /// <summary>The texts of a column of a file without quotes.</summary>
    private sealed record Column(string[] Texts)
    {
        public double[] Numbers => [.. Texts.Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

        public static Column Of(string file, string name)
        {
            string[][] rows = [.. File.ReadAllLines(file).Select(line => line.Split(','))];
            int place = Array.IndexOf(rows[0], name);
            return new Column([.. rows[1..].Select(row => row[place])]);
        }
    }
}
