using GanPipeline.Primitives;

namespace GanPipeline.Pipeline.Tests;

/// <summary>What is done with a table, as calls.</summary>
[Collection(OneAtATime.Name)]
public sealed class TableCallTests : IDisposable
{
    private const int Rows = 160;

    private readonly TemporaryFolder _space = new();
    private readonly string _table, _holes;

    public TableCallTests()
    {
        var random = new Random(5);
        string[] rows = [.. Enumerable.Range(0, Rows).Select(i => i % 5 == 0
            ? FormattableString.Invariant($"{random.NextDouble() + 1:F4},{random.Next(40, 60)},red,yes")
            : FormattableString.Invariant($"{random.NextDouble():F4},{random.Next(20, 50)},{(i % 2 == 0 ? "blue" : "green")},no"))];
        _table = _space["table.csv"];
        File.WriteAllLines(_table, ["x,age,colour,class", .. rows]);
        _holes = _space["holes.csv"];
        File.WriteAllLines(_holes, ["x,age,colour,class", .. rows.Select((row, i) => i % 4 == 1 ? "," + row.Split(',', 2)[1] : row)]);
    }

    public void Dispose() => _space.Dispose();

    [Fact]
    public void MethodsAreComparedOnFolds()
    {
        var host = new Host();
        AdviseResult result = host.Call(h => Gan.Advise(new AdviseOptions(_table) { Folds = 2, Steps = 3, Epochs = 1, Out = _space["folds.csv"] }, h, h));
        Assert.Equal((2, (long)Rows), (result.Folds, result.Rows));
        Assert.Equal("generator", result.Methods[^1].Name);
        Assert.All(result.Methods, m => Assert.Equal((2, 2), (m.MacroF1.Count, m.BalancedAccuracy.Count)));
        Assert.StartsWith("Use ", result.Advice, StringComparison.Ordinal);
        Assert.Equal(1 + 2 * result.Methods.Count, File.ReadAllLines(_space["folds.csv"]).Length);
        Assert.Equal([0L, 1L], host.Progress.OfType<WorkProgress>().Select(p => p.Done));
    }

    [Fact]
    public void ATokenEndsAComparison()
    {
        using var stop = new CancellationTokenSource();
        var host = new Host { OnReport = _ => stop.Cancel() };
        Assert.Throws<StageStoppedException>(() => host.Call(h => Gan.Advise(new AdviseOptions(_table) { Folds = 2, Steps = 1000 }, h, h, stop.Token)));
    }

    [Fact]
    public void HolesAreFilledAndTheMethodsCompared()
    {
        ImputeResult result = new Host().Call(h => Gan.Impute(new ImputeOptions(_holes, _space["filled.csv"]) { Steps = 100 }, h, h));
        Assert.Equal(40, result.Filled["x"]);
        Assert.Equal(["x", "age", "colour", "class"], result.Columns.Select(c => c.Name));
        Assert.Equal(result.Method, result.Choice.MinBy(c => c.Value).Key);
        Assert.Equal(ImputeResult.Methods, result.Measured);
        Assert.DoesNotContain(File.ReadAllLines(Assert.Single(result.Files)), line => line.StartsWith(','));
        Assert.Equal(ErrorKind.Usage, Assert.Throws<UserErrorException>(() => Gan.Impute(new ImputeOptions(_holes, "x.csv") { Steps = 0 })).Kind);
    }

    [Fact]
    public void ATableIsAnonymisedAndItsPrivacyMeasured()
    {
        var host = new Host();
        var options = new AnonymizeOptions(_table, _space["synthetic.csv"]) { Steps = 3, Epochs = 1, Copies = Copies.Keep };
        AnonymizeResult result = host.Call(h => Gan.Anonymize(options, h, h));
        Assert.Equal((Rows, 0, null, null), (result.Rows, result.Lacking, result.CopiesRemoved, result.Privacy));
        Assert.Equal(_space["synthetic.privacy.csv"], result.Report);
        Assert.Contains(result.Metrics, m => m.Metric == "membership-inference");
        Assert.Equal(Rows + 1, File.ReadAllLines(result.Out).Length);
        Assert.NotEmpty(host.Progress);
        UserErrorException secret = Assert.Throws<UserErrorException>(() => Gan.Anonymize(options with { Epsilon = 1, Seed = 4, Copies = null }));
        Assert.Contains("drawn in secret", secret.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoTablesAreEvaluated()
    {
        EvaluateResult result = new Host().Call(h => Gan.Evaluate(new EvaluateOptions(_table) { Data = _table, Metrics = ["exact-copies"] }, h, h));
        Assert.Null(result.Out);
        Assert.NotEmpty(result.Metrics);
    }
}
