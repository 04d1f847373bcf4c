using GanPipeline.Images;
using GanPipeline.Primitives;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Metrics;
using GanPipeline.Training.Runs;

namespace GanPipeline.Training.Tests;

/// <summary>TensorBoard's file of a run, read back by a reader that is neither ours nor TorchSharp's.</summary>
public sealed class EventLogTests : IDisposable
{
    private const int StepsPerEpoch = 20;
    private readonly TemporaryFolder _space = new();
    private readonly RunFolder _run;
    private readonly List<string> _warnings = [];

    public EventLogTests()
    {
        _run = new RunFolder(_space["run"]);
        Directory.CreateDirectory(_run.In("samples"));
    }

    public void Dispose() => _space.Dispose();

    [Fact]
    public void An_independent_reader_finds_every_number_and_picture_while_the_run_goes_on()
    {
        var log = new EventLog(_run, _warnings.Add);
        Assert.Empty(Files());
        Follow(log, from: 0, to: 60);
        LoggedEvent[] events = Read();
        Assert.Single(events, e => e.Version == "brain.Event:2");
        Assert.Equal([10L, 20, 30, 40, 50, 60], Steps(events, "d_loss"));
        Assert.Equal(Row(30).DiscriminatorLoss, events.Single(e => e.Step == 30 && e.Scalars.ContainsKey("d_loss")).Scalars["d_loss"]);
        Assert.True(float.IsNaN(events.Single(e => e.Step == 50 && e.Scalars.ContainsKey("d_gradient_norm")).Scalars["d_gradient_norm"]));
        Assert.Equal([20L, 40, 60], Steps(events, "quality")); // only where it was measured
        Assert.Empty(Steps(events, "class_accuracy"));
        string[] tags = [.. events.SelectMany(e => e.Scalars.Keys).Distinct()];
        Assert.Equal(["d_loss", "g_loss", "real_score", "fake_score", "d_accuracy", "d_gradient_norm", "g_gradient_norm", "d_learning_rate",
            "g_learning_rate", "samples_per_second", "resident_mib", "quality"], tags);
        LoggedEvent[] pictures = [.. events.Where(e => e.Pictures.Count > 0)];
        Assert.Equal([20L, 40, 60], pictures.Select(e => e.Step));
        Assert.All(pictures, e => Assert.Equal("22 x 12 x 4", e.Pictures["samples"]));
        Assert.Empty(_warnings);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(30)] // in the middle of an epoch, whose picture is one of before
    [InlineData(0)] // killed before the first checkpoint
    public void A_resumed_run_has_every_step_once(int resumedFrom)
    {
        Follow(new EventLog(_run, _warnings.Add), from: 0, to: 60);
        File.WriteAllText(_run.In("events.out.tfevents.1.else"), "another program's");
        Follow(new EventLog(_run, _warnings.Add), from: resumedFrom, to: 80);
        LoggedEvent[] events = Read();
        Assert.Equal(Enumerable.Range(1, 8).Select(i => 10L * i), Steps(events, "d_loss"));
        Assert.Equal([20L, 40, 60, 80], events.Where(e => e.Pictures.Count > 0).Select(e => e.Step));
        Assert.True(File.Exists(_run.In("events.out.tfevents.1.else")));
    }

    [Fact]
    public void What_is_measured_at_the_end_stands_at_the_last_step_once()
    {
        Follow(new EventLog(_run, _warnings.Add), from: 0, to: 60);
        EventLog.AddFinal(_run, [("recall", 0.25), ("kernel-distance", double.NaN)]);
        EventLog.AddFinal(_run, [("recall", 0.5), ("kernel-distance", double.NaN)]); // measured again
        LoggedEvent last = Assert.Single(Read(), e => e.Scalars.Keys.Any(k => k.StartsWith("final/", StringComparison.Ordinal)));
        Assert.Equal(new KeyValuePair<string, float>("final/recall", 0.5f), Assert.Single(last.Scalars));
        Assert.Equal(60, last.Step);
        Follow(new EventLog(_run, _warnings.Add), from: 60, to: 80); // a run that goes on is no longer what was measured
        Assert.DoesNotContain(Read(), e => e.Scalars.Keys.Any(k => k.StartsWith("final/", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_stopped_and_resumed_run_has_the_events_of_one_that_was_not_stopped()
    {
        RunOptions options = SmallRun.Options();
        using Dataset data = SmallRun.Load(options);
        var whole = new RunFolder(_space["whole"]);
        Train(whole, new RunMode(), CancellationToken.None);
        var stopped = new RunFolder(_space["stopped"]);
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Train(stopped, new RunMode(), stop.Token, () => stop.Cancel()));
        Train(stopped, new RunMode { Resume = true }, CancellationToken.None);
        Assert.NotEmpty(Told(whole));
        Assert.Equal(Told(whole), Told(stopped));

        void Train(RunFolder folder, RunMode mode, CancellationToken token, Action? at = null) =>
            TrainingRun.Train(options, data, TorchSharp.torch.CPU, folder, mode, new StopAt(new EventLog(folder, _warnings.Add), at), token);

        // The speed and the memory are not the same twice.
        static string[] Told(RunFolder folder) => [.. Files(folder).SelectMany(EventReader.Read)
            .Where(e => e.Version.Length == 0 && !e.Scalars.ContainsKey("samples_per_second") && !e.Scalars.ContainsKey("resident_mib"))
            .Select(e => $"{e.Step} {string.Join(' ', e.Scalars)} {string.Join(' ', e.Pictures)}")];
    }

    [Fact]
    public void A_folder_that_cannot_be_written_to_ends_the_events_and_not_the_run()
    {
        var log = new EventLog(new RunFolder(_space["missing"]), _warnings.Add);
        log.Started(0, 100, StepsPerEpoch);
        log.Measured(Row(10));
        Assert.Contains("no more events are written for TensorBoard, training goes on", Assert.Single(_warnings));
    }

    private static MetricRow Row(long step) => new()
    {
        Epoch = (step + StepsPerEpoch - 1) / StepsPerEpoch,
        Step = step,
        DiscriminatorLoss = 1 + step / 100f,
        GeneratorLoss = 0.5f,
        RealScore = 0.6f,
        FakeScore = 0.4f,
        DiscriminatorAccuracy = 0.7f,
        DiscriminatorGradient = step == 50 ? float.NaN : 1,
        GeneratorGradient = 2,
        DiscriminatorLearningRate = 1e-3,
        GeneratorLearningRate = 1e-3,
        Quality = step % StepsPerEpoch == 0 ? 3 : null,
        SamplesPerSecond = 100,
        ResidentMib = 200,
    };

    /// <summary>What a run does with its folder and tells: a row every ten steps, and a picture an epoch.</summary>
    private void Follow(EventLog log, long from, long to)
    {
        using var metrics = new MetricsCsv(_run.Metrics, from);
        log.Started(from, to, StepsPerEpoch);
        for (long step = from + 10; step <= to; step += 10)
        {
            metrics.Write(Row(step));
            log.Measured(Row(step));
            if (step % StepsPerEpoch != 0) continue;
            string path = _run.Samples(step / StepsPerEpoch);
            PngFile.Write(path, ImageGrid.Compose(new byte[2 * 64], 1, 8, 8, 2));
            log.Wrote(path);
        }
    }

    private string[] Files() => Files(_run);

    private static string[] Files(RunFolder run) => [.. Directory.GetFiles(run.Path, "events.out.tfevents.*.gan*").Order(StringComparer.Ordinal)];

    private LoggedEvent[] Read() => [.. Files().SelectMany(EventReader.Read)];

    private static IEnumerable<long> Steps(LoggedEvent[] events, string tag) => events.Where(e => e.Scalars.ContainsKey(tag)).Select(e => e.Step);

    /// <summary>Passes on what the events hear, and does something at step 17: in the middle of an epoch.</summary>
    private sealed class StopAt(EventLog log, Action? then) : IRunObserver
    {
        public void Started(long step, long totalSteps, long stepsPerEpoch) => log.Started(step, totalSteps, stepsPerEpoch);

        public void Stepped(long step)
        {
            if (step == 17) then?.Invoke();
        }

        public void Measured(MetricRow row) => log.Measured(row);

        public void Warned(string what) { }

        public void Wrote(string path) => log.Wrote(path);
    }
}
