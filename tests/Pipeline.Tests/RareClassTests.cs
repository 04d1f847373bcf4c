using GanPipeline.Primitives;

namespace GanPipeline.Pipeline.Tests;

/// <summary>A class of one, two or five rows: what each call does with it, as docs/tables.md says.</summary>
[Collection(OneAtATime.Name)]
public sealed class RareClassTests : IDisposable
{
    private const int Common = 60, Other = 24;

    private readonly TemporaryFolder _space = new();

    public void Dispose() => _space.Dispose();

    public static TheoryData<int> Rows => [1, 2, 5];

    [Theory]
    [MemberData(nameof(Rows))]
    public void ItIsTrainedOnAndUpsampledAsAnyOther(int rows)
    {
        string table = Table(rows, other: false);
        var host = new Host();
        var options = new TrainOptions(table, _space["run"]) { Steps = 3, Epochs = 1, Batch = 16 };
        host.Call(h => Gan.Train(options, h, h));
        Assert.Contains(host.Logged, line => line.Contains(rows == 1 ? "class 'rare' has one row (line 2)" : $"fewer than 10 rows, 'rare' ({rows} rows)",
            StringComparison.Ordinal));
        host.Call(h => Gan.Export(new ExportRunOptions(_space["run"]), h));
        UpsampleResult result = host.Call(h => Gan.Upsample(new UpsampleOptions(table, _space["run/generator.onnx"], _space["up.csv"]), h, h));
        Assert.Equal(Common - rows, result.Added);
        Assert.Equal(Common, File.ReadAllLines(_space["up.csv"]).Count(line => line.EndsWith(",rare", StringComparison.Ordinal)));
    }

    /// <summary>Of one row or two none is kept apart for testing: the class is trained on, and not measured.</summary>
    [Theory]
    [MemberData(nameof(Rows))]
    public void ItIsNeverKeptApartWhole(int rows)
    {
        new Host().Call(h => Gan.Run(new TrainOptions(Table(rows, other: false), _space["run"]) { Steps = 3, Epochs = 1, Batch = 16 }, h, h));
        Assert.Equal((rows == 5 ? 4 : rows, rows == 5 ? 1 : 0), (Count("run/train.csv"), Count("run/test.csv")));

        int Count(string file) => File.ReadAllLines(_space[file]).Count(line => line.EndsWith(",rare", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void ItIsNotScoredByAdviceWhichSaysSo(int rows)
    {
        var host = new Host();
        AdviseResult result = host.Call(h => Gan.Advise(new AdviseOptions(Table(rows, other: true)) { Folds = 2, Repeats = 1, Generator = false }, h, h));
        Assert.Equal((Common + Other, "other"), (result.Rows, result.RareClass));
        Assert.Equal($"The rarest class that it rests on is 'other' with {Other} rows; it says nothing of 'rare'.", result.Advice[^1]);
        int said = host.Logged.ToList().FindIndex(line => line.Contains($"class 'rare' has {(rows == 1 ? "1 row" : $"{rows} rows")}, fewer than the 10 " +
            $"different",
            StringComparison.Ordinal));
        Assert.InRange(said, 0, host.Logged.ToList().FindIndex(line => line.Contains("outer fold 1 of 2", StringComparison.Ordinal)) - 1);

        UserErrorException refused = Assert.Throws<UserErrorException>(() => Gan.Advise(new AdviseOptions(Table(rows, other: false))));
        Assert.Contains($"class 'rare' has {(rows == 1 ? "1 row" : $"{rows} rows")}, too few to be scored on 3 folds", refused.Message,
            StringComparison.Ordinal);
    }

    /// <summary>Whichever rows a seed holds back: the class is in the synthetic table.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void ItIsAnonymisedWhicheverRowsAreHeldBack(ulong seed)
    {
        string table = Table(1, other: false, common: 3 * Common);
        var options = new AnonymizeOptions(table, _space["synthetic.csv"]) { Steps = 3, Epochs = 1, Batch = 16, Copies = Copies.Keep, Seed = seed };
        new Host().Call(h => Gan.Anonymize(options, h, h));
        Assert.Single(File.ReadAllLines(_space["synthetic.csv"]), line => line.EndsWith(",rare", StringComparison.Ordinal));
    }

    private string Table(int rows, bool other, int common = Common)
    {
        var random = new Random(rows);
        string[] lines = [.. Enumerable.Repeat("rare", rows).Concat(Enumerable.Repeat("common", common)).Concat(Enumerable.Repeat("other", other ? Other : 0))
            .Select(name => FormattableString.Invariant($"{random.NextDouble() * 4 + name.Length:F3},{"abc"[random.Next(3)]},{name}"))];
        File.WriteAllLines(_space["table.csv"], ["x,kind,class", .. lines]);
        return _space["table.csv"];
    }
}
