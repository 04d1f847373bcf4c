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
        var options = new AdviseOptions(_table) { Folds = 2, Repeats = 1, Steps = 3, Epochs = 1, Learner = "all", Goal = "recall", Out = _space["folds.csv"] };
        AdviseResult result = host.Call(h => Gan.Advise(options, h, h));
        Assert.Equal((2, Rows, "macro-F2", "yes"), (result.Folds, result.Rows, result.Goal, result.RareClass));
        Assert.Equal(["logistic regression", "FastTree", "LightGBM"], result.Methods.Select(m => m.Learner).Distinct());
        foreach (IGrouping<string, MethodFigures> learner in result.Methods.GroupBy(m => m.Learner))
        {
            Assert.Equal(("as it is", MethodFigures.ChoiceName), (learner.First().Method, learner.Last().Method));
            Assert.Contains(learner, m => m.Method.StartsWith("generator at ", StringComparison.Ordinal));
            Assert.Contains(result.Advice, a => a.StartsWith($"For {learner.Key}: ", StringComparison.Ordinal));
        }
        Assert.All(result.Methods, m => Assert.All([m.Goal, m.GoalTuned, m.MacroF1, m.MacroF1Tuned, m.Recall, m.RecallTuned, m.Precision, m.PrecisionTuned,
            m.PrAuc, m.CalibrationError], figures => Assert.All(figures, f => Assert.InRange(f, 0, 1))));
        Assert.Equal(1 + 2 * result.Methods.Count, File.ReadAllLines(_space["folds.csv"]).Length);
        WorkProgress[] steps = [.. host.Progress.OfType<WorkProgress>().Where(p => p.What == "steps of the comparison")];
        Assert.Equal((0L, steps[^1].Total), (steps[0].Done, steps[^1].Done));
        Assert.Equal(steps.Select(p => p.Done).Order(), steps.Select(p => p.Done));
        Assert.Contains(host.Logged, line => line.Contains("outer fold 2 of 2: trying", StringComparison.Ordinal));
    }

    /// <summary>The rare class is told by its colour: nothing is to be gained, and the table says so; with an order of costs, rows may be added.</summary>
    [Fact]
    public void ATableIsBalancedByWhatIsBestOnFolds()
    {
        var host = new Host();
        var options = new BalanceOptions(_table, _space["balanced"])
        {
            Folds = 2,
            Repeats = 1,
            Generator = false,
            Learner = "logistic",
            SyntheticColumn = "made",
        };
        BalanceResult result = host.Call(h => Gan.Balance(options, h, h));
        Assert.Equal((_space["balanced/balanced.csv"], "logistic regression"), (result.Table, result.Learner));
        string[] lines = File.ReadAllLines(result.Table), real = File.ReadAllLines(_table);
        Assert.Equal(real.Select((line, i) => line + (i == 0 ? ",made" : ",0")), lines[..real.Length]);
        Assert.Equal(result.Classes.Sum(c => c.After - c.Before), lines.Length - real.Length);
        Assert.All(lines[real.Length..], line => Assert.EndsWith(",yes,1", line, StringComparison.Ordinal));
        Assert.Equal(["no", "yes"], result.Factors.Keys.Order());
        Assert.InRange(result.Threshold!.Value, 0, 1);
        using var record = System.Text.Json.JsonDocument.Parse(File.ReadAllText(_space["balanced/balance.json"]));
        Assert.Equal(result.Method, record.RootElement.GetProperty("method").GetString());
        Assert.Equal(result.Threshold, record.RootElement.GetProperty("threshold").GetProperty("above").GetDouble());
        Assert.Equal(1 + 2 * result.Comparison.Methods.Count, File.ReadAllLines(_space["balanced/scores.csv"]).Length);
        Assert.Contains("instead of", result.Advice[0], StringComparison.Ordinal);
        // The same again, and never over files that are there.
        Assert.Throws<UserErrorException>(() => Gan.Balance(options));
        BalanceResult again = host.Call(h => Gan.Balance(options with { Out = _space["again"] }, h, h));
        Assert.Equal(lines, File.ReadAllLines(again.Table));
        Assert.Equal(File.ReadAllText(_space["balanced/scores.csv"]), File.ReadAllText(_space["again/scores.csv"]));
    }

    [Fact]
    public void OptionsOfABalanceThatMakeNoSenseAreRefused()
    {
        var options = new BalanceOptions(_table, _space["no"]);
        Assert.Contains("no such goal", Assert.Throws<UserErrorException>(() => Gan.Balance(options with { Goal = "best" })).Message, StringComparison.Ordinal);
        Assert.Contains("no such classifier", Assert.Throws<UserErrorException>(() => Gan.Balance(options with { Learner = "svm" })).Message,
            StringComparison.Ordinal);
        Assert.Contains("no class 'x'", Assert.Throws<UserErrorException>(() => Gan.Balance(options with { Goal = "cost=x>no=1" })).Message,
            StringComparison.Ordinal);
        Assert.Equal(ErrorKind.Usage, Assert.Throws<UserErrorException>(() => Gan.Balance(options with { Folds = 1 })).Kind);
        Assert.Equal(ErrorKind.Usage, Assert.Throws<UserErrorException>(() => Gan.Balance(options with { Repeats = 0 })).Kind);
        Assert.Contains("--no-generator", Assert.Throws<UserErrorException>(() => Gan.Balance(options with { Steps = 0 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATokenEndsAComparison()
    {
        using var stop = new CancellationTokenSource();
        var host = new Host { OnReport = _ => stop.Cancel() };
        Assert.Throws<StageStoppedException>(() => host.Call(h => Gan.Advise(new AdviseOptions(_table) { Folds = 2 }, h, h, stop.Token)));
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
