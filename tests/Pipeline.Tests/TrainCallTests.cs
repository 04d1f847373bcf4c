using GanPipeline.Primitives;

namespace GanPipeline.Pipeline.Tests;

/// <summary>Training, running and exporting as calls.</summary>
[Collection(OneAtATime.Name)]
public sealed class TrainCallTests(TrainedRun trained) : IDisposable
{
    private readonly TemporaryFolder _space = new();

    public void Dispose() => _space.Dispose();

    [Fact]
    public void TheResultsAreWhatIsInTheFolder()
    {
        Assert.Equal((20, null, false, false), (trained.Training.Steps, trained.Training.EndedEarly, trained.Training.CanGoOn, trained.Training.WasFinished));
        Assert.True(File.Exists(trained.Training.Checkpoint));
        Assert.Equal(new FileInfo(trained.Export.Path).Length, trained.Export.Bytes);
        Assert.Equal(["lower", "upper"], trained.Export.Info.ClassNames.Order());
        Assert.Equal(trained.Training.Checkpoint, trained.Export.Checkpoint);
    }

    [Fact]
    public void ProgressBeginsEndsAndHasFigures()
    {
        var host = new Host();
        TrainResult result = host.Call(h => Gan.Train(TrainedRun.Options(_space["run"]), h, h));
        TrainingProgress[] steps = [.. host.Progress.OfType<TrainingProgress>()];
        Assert.True(steps[0].Begins);
        Assert.Equal((0, 20, 5, 4), (steps[0].Step, steps[0].TotalSteps, steps[0].StepsPerEpoch, steps[0].Epochs));
        Assert.Equal((20, 4), (steps[^1].Step, steps[^1].Figures!.Epoch));
        Assert.Equal(result, Assert.Single(host.Progress.OfType<StageFinished>()).Result);
        Assert.Contains(host.Logged, line => line.StartsWith("Information: training moons-cgan on ", StringComparison.Ordinal));
    }

    [Fact]
    public void ATokenEndsTrainingWithACheckpointThatIsGoneOnWith()
    {
        using var stop = new CancellationTokenSource();
        var host = new Host { OnReport = p => { if (p is TrainingProgress { Figures.Epoch: 2 }) stop.Cancel(); } };
        TrainOptions options = TrainedRun.Options(_space["run"]);
        StageStoppedException stopped = Assert.Throws<StageStoppedException>(() => host.Call(h => Gan.Train(options, h, h, stop.Token)));
        Assert.Contains("last.ckpt holds the last step", stopped.Remedy, StringComparison.Ordinal);
        TrainResult resumed = new Host().Call(h => Gan.Train(options with { Resume = true }, h, h));
        Assert.Equal(20, resumed.Steps);
        Assert.Equal(File.ReadAllBytes(trained.Training.Checkpoint), File.ReadAllBytes(resumed.Checkpoint)); // as if it had never stopped
        Assert.True(new Host().Call(h => Gan.Train(options with { Resume = true }, h, h)).WasFinished);
    }

    [Fact]
    public void SettingsOfAllKindsReachTheRun()
    {
        var settings = new Dictionary<string, string> { ["generator_optimizer.learning_rate"] = "0.003" };
        TrainOptions options = TrainedRun.Options(_space["run"]) with { Settings = settings };
        _ = new Host().Call(h => Gan.Train(options, h));
        string written = File.ReadAllText(_space["run/options.yaml"]);
        Assert.Contains("learning_rate: 0.003", written, StringComparison.Ordinal);
        Assert.Contains("seed: 3\n", written, StringComparison.Ordinal);
        UserErrorException wrong = Assert.Throws<UserErrorException>(() => Gan.Train(options with { Batch = 1 }));
        Assert.Contains("'batch' must be between 2 and 65536", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AWholeRunReportsItsStagesAndReturnsWhatItMeasured()
    {
        var host = new Host();
        RunResult result = host.Call(h => Gan.Run(TrainedRun.Options(_space["run"]), h, h));
        Assert.Equal([typeof(TrainResult), typeof(ExportResult), typeof(GenerateResult), typeof(MethodScores)],
            host.Progress.OfType<StageFinished>().Select(f => f.Result.GetType()));
        MethodScores scores = host.Progress.OfType<StageFinished>().Select(f => f.Result).OfType<MethodScores>().Single();
        Assert.Equal(("points", "lower"), (scores.RowName, scores.RareClass));
        Assert.Contains(result.Metrics, m => m.Metric == "classifier-gain");
        Assert.All([result.Generator, result.Report], file => Assert.True(File.Exists(file)));
        RunResult again = new Host().Call(h => Gan.Run(TrainedRun.Options(_space["run"]) with { Resume = true }, h, h));
        Assert.True(again.Training.WasFinished);
        Assert.True(File.Exists(Gan.Report(new ReportOptions(_space["run"])).Page));
        CompareResult compared = Gan.Compare(new CompareRunsOptions([_space["run"], trained.Training.Folder], _space["compared"]));
        Assert.Equal(2, compared.Rows.Count);
    }

    [Fact]
    public void ARunWhoseTimeIsOverSaysSo()
    {
        UserErrorException over = Assert.Throws<UserErrorException>(() => new Host().Call(h =>
            Gan.Run(TrainedRun.Options(_space["run"]) with { MaxTime = TimeSpan.FromMilliseconds(1) }, h, h)));
        Assert.Equal(ErrorKind.Passing, over.Kind);
        Assert.StartsWith("the time is over (--max-time)", over.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASweepSaysWhichRunsFailedAndWhy()
    {
        var options = new SweepOptions(["moons-cgan"], _space["sweep"])
        {
            Seeds = [1, 2],
            Program = ["/bin/sh", "-c", "echo it is broken >&2; exit 3"],
            Parallel = 1,
        };
        SweepResult result = await Gan.SweepAsync(options);
        Assert.Equal(0, result.Finished);
        Assert.All(result.Runs, run => Assert.Equal((SweepStatus.Failed, "it is broken"), (run.Status, run.Message)));
        Assert.StartsWith("2 of 2 runs failed: moons-cgan_seed=1, moons-cgan_seed=2; ", result.Problem, StringComparison.Ordinal);
        Assert.Equal(3, File.ReadAllLines(result.Table).Length);
    }
}
