using System.Globalization;

namespace GanPipeline.Cli.Tests;

/// <summary>Dates from the command line: generated in the form, the range and the resolution of the table, or refused before training.</summary>
public sealed class DateTests : IDisposable
{
    private static readonly string[] Fast = ["--set", "steps=50", "--set", "epochs=1", "--set", "batch=16", "--set", "generator.hidden=[8]", "--set",
        "discriminator.hidden=[8]", "--set", "discriminator.class_hidden=[8]"];

    private readonly Workspace _space = new();
    private int _runs;

    public void Dispose() => _space.Dispose();

    /// <summary>Every text that is generated is one that parsing and printing gives again, on the table's grid, between its first and its last.</summary>
    [Theory]
    [InlineData("yyyy-MM-ddTHH:mm:ss'+02:00'", 3600)]
    [InlineData("yyyy-MM-ddTHH:mm:ss.fff'Z'", 1)]
    [InlineData("yyyy-MM-dd HH:mm:ss", 1)]
    [InlineData("dd-MMM-yyyy", 86400)]
    [InlineData("HH:mm", 60)]
    [InlineData("d.M.yyyy", 86400)]
    [InlineData("yyyyMMdd", 86400)]
    public void DatesComeInTheFormAndTheResolutionOfTheTable(string format, int seconds)
    {
        var random = new Random(5);
        string[] dates = [.. Enumerable.Range(0, 200).Select(_ => new DateTime(1958, 6, 1).AddSeconds(random.Next(20_000_000 / seconds) * (long)seconds)
            .ToString(format, CultureInfo.InvariantCulture))];
        Generate(Table(dates), "");
        DateTime[] real = [.. dates.Select(Date)], made = [.. Generated().Select(Date)];
        Assert.All(made, date => Assert.InRange(date, real.Min(), real.Max()));
        Assert.All(made, date => Assert.Equal(0, (date - real[0]).Ticks % (seconds * TimeSpan.TicksPerSecond)));
        Assert.All(Generated(), text => Assert.Equal(text, Date(text).ToString(format, CultureInfo.InvariantCulture)));
        if (seconds == 1) Assert.True(made.Select(date => date.Second).Distinct().Count() > 20);

        DateTime Date(string text) => DateTime.ParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault);
    }

    [Fact]
    public void AnOffsetThatTheSchemaSpeaksOfStaysWhatItIs()
    {
        string[] times = [.. Enumerable.Range(0, 120).Select(i => $"2024-0{1 + i % 6}-{1 + i % 28:D2}T{i % 24:D2}:00:00+02:00")];
        Generate(Table(times), "columns: { t: { type: date, format: \"yyyy-MM-ddTHH:mm:sszzz\" } }");
        Assert.All(Generated(), text => Assert.Matches("^2024-0[1-6]-[0-3][0-9]T[0-2][0-9]:00:00[+]02:00$", text));
    }

    [Fact]
    public void RowsOfDifferentOffsetsAreRefusedBeforeTraining()
    {
        string[] times = [.. Enumerable.Range(0, 60).Select(i => $"2024-01-{1 + i % 28:D2}T{i % 24:D2}:00:00{(i == 7 ? "Z" : "+02:00")}")];
        GanProcess.Result refused = GanProcess.Run(["train", Table(times), "--label", "class", "--out", _space.In("run"), .. Fast]);
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("t.csv line 9, column 't': '2024-01-08T07:00:00Z' has another offset from UTC than '2024-01-01T00:00:00+02:00' of line 2; write all " +
            "times with one offset (all in UTC, say), or leave the column out (--drop t).", refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_space.In("run")));
    }

    [Fact]
    public void AnOpenEndIsProposedAsMissingAndGeneratedAsItIs()
    {
        string[] dates = [.. Enumerable.Range(0, 200).Select(i => i % 3 == 0 ? "9999-12-31"
            : new DateTime(2020, 1, 1).AddDays(i * 37 % 900).ToString("yyyy-MM-dd",
            CultureInfo.InvariantCulture))];
        string table = Table(dates);
        string said = Generate(table, "");
        Assert.Contains("column 't' has 9999-12-31 in 67 of 200 rows, far from its other dates (2020-01-0", said, StringComparison.Ordinal);
        Assert.Contains("say --missing 9999-12-31 or 'missing: [\"\", \"9999-12-31\"]' in the schema file", said, StringComparison.Ordinal);
        Assert.All(Generated(), text => Assert.Matches("^(9999-12-31|202[0-2]-.*)$", text));
        Generate(table, "missing: [\"\", \"9999-12-31\"]");
        Assert.All(Generated(), text => Assert.Matches("^(|202[0-2]-.*)$", text));
    }

    /// <summary>Most between 8 and 18 o'clock, over half a year.</summary>
    [Fact]
    public void TimesOfDayKeepTheirDistribution()
    {
        var random = new Random(4);
        string[] times = [.. Enumerable.Range(0, 1000).Select(_ => new DateTime(2024, 1, 1).AddDays(random.Next(180))
            .AddSeconds(Math.Round(3600 * (13 + Enumerable.Range(0, 12).Sum(_ => random.NextDouble() - 0.5) * 2)))
            .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture))];
        Generate(Table(times), "", "--set", "steps=300", "--set", "generator.hidden=[64]", "--set", "discriminator.hidden=[64]");
        Assert.InRange(Share(Generated()), Share(times) - 0.1, Share(times) + 0.1);

        static double Share(string[] times) => times.Average(time => int.Parse(time.AsSpan(11, 2), CultureInfo.InvariantCulture) is >= 8 and < 18 ? 1.0 : 0);
    }

    private string Table(string[] dates)
    {
        var random = new Random(1);
        return _space.Write("t.csv", "x,t,class\n" + string.Concat(dates.Select((date, i) =>
            FormattableString.Invariant($"{random.NextDouble():F3},{date},{(i % 5 == 0 ? "rare" : "common")}\n"))));
    }

    /// <summary>Trains, exports and generates 400 rows; what training said.</summary>
    private string Generate(string table, string schema, params string[] more)
    {
        string file = _space.Write("s.yaml", schema), run = _space.In($"run{_runs++}");
        GanProcess.Result trained = GanProcess.Run(["train", table, "--label", "class", "--schema", file, "--out", run, .. Fast, .. more]);
        Succeeds(trained);
        Succeeds(GanProcess.Run("export", run));
        Succeeds(GanProcess.Run("generate", Path.Combine(run, "generator.onnx"), "--out", _space.In("g.csv"), "--count", "400", "--force"));
        return trained.Error;
    }

    private string[] Generated() => [.. File.ReadAllLines(_space.In("g.csv"))[1..].Select(line => line.Split(',')[1])];

    private static void Succeeds(GanProcess.Result result) => Assert.True(result.ExitCode == 0, result.Error);
}
