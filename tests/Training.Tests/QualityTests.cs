using GanPipeline.Primitives;
using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Metrics;
using GanPipeline.Training.Networks;
using GanPipeline.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Training.Tests;

/// <summary>What is measured between the steps, and what follows from it.</summary>
public class QualityTests
{
    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 2)]
    public void The_best_checkpoint_is_that_of_the_best_figure(bool lowerIsBetter, int bestEpoch)
    {
        using var folder = new TemporaryFolder();
        RunOptions options = SmallRun.Options() with { Epochs = 4, QualityEvery = 1 };
        var probe = new Script([5, 9, 1, 3], lowerIsBetter);
        RunOutcome outcome = Train(options, new RunFolder(folder["run"]), probe);
        Assert.Null(outcome.EndedEarly);
        Assert.Equal(bestEpoch * SmallRun.BatchesPerEpoch, Checkpoint.Read(Path.Combine(folder["run"], "best.ckpt")).Header.Step);
        Assert.Equal(4 * SmallRun.BatchesPerEpoch, Checkpoint.Read(Path.Combine(folder["run"], "last.ckpt")).Header.Step);
        Assert.Equal([5, 9, 1, 3], MetricsCsv.Read(Path.Combine(folder["run"], "metrics.csv")).Where(r => r.Quality is not null).Select(r => r.Quality!.Value));
        Assert.Equal((6, 6 * 2), (probe.Labels, probe.Values));
    }

    [Fact]
    public void A_run_that_gets_no_better_ends_and_says_so()
    {
        using var folder = new TemporaryFolder();
        RunOptions options = SmallRun.Options() with { Epochs = 9, QualityEvery = 1, Patience = 2 };
        RunOutcome outcome = Train(options, new RunFolder(folder["run"]), new Script([5, 4, 4, double.NaN, 1], true));
        Assert.Contains("no better in 2 measurements", outcome.EndedEarly);
        Assert.Equal(4 * SmallRun.BatchesPerEpoch, outcome.Last.Header.Step);
        Assert.Equal(new BestSoFar(4, 2 * SmallRun.BatchesPerEpoch, 2), outcome.Last.Header.Best);
    }

    /// <summary>Measured in parts, the counter goes on where it was.</summary>
    [Fact]
    public void Patience_survives_a_stop()
    {
        using var folder = new TemporaryFolder();
        RunOptions options = SmallRun.Options() with { Epochs = 2, QualityEvery = 1, Patience = 2 };
        var run = new RunFolder(folder["run"]);
        Train(options, run, new Script([5, 6], true));
        RunOutcome outcome = Train(options with { Epochs = 9 }, run, new Script([7], true), resume: true);
        Assert.NotNull(outcome.EndedEarly);
        Assert.Equal(3 * SmallRun.BatchesPerEpoch, outcome.Last.Header.Step);
    }

    [Fact]
    public void A_run_ends_after_its_time_and_can_go_on()
    {
        using var folder = new TemporaryFolder();
        RunOptions options = SmallRun.Options();
        using Dataset data = SmallRun.Load(options);
        RunOutcome outcome = TrainingRun.Train(options, data, CPU, new RunFolder(folder["run"]), new RunMode(MaxTime: TimeSpan.FromTicks(1)), new Quiet(),
            CancellationToken.None);
        Assert.Contains("--max-time", outcome.EndedEarly);
        Assert.Equal(0, outcome.Last.Header.Step);
        Assert.Null(Train(options, new RunFolder(folder["run"]), null, resume: true).EndedEarly);
    }

    [Fact]
    public void Samples_that_look_alike_are_warned_of_once()
    {
        RunOptions options = SmallRun.Options();
        using Dataset data = SmallRun.Load(options);
        using var trainer = new Trainer(options, data, CPU);
        using var watch = new CollapseWatch(options, data, CPU);
        using (no_grad()) foreach (Tensor p in trainer.Sampler.parameters()) p.zero_();
        (double diversity, string? warning) = watch.Look(trainer.Sampler);
        Assert.Equal(0, diversity, 6);
        Assert.Contains("mode collapse", warning);
        Assert.Null(watch.Look(trainer.Sampler).Warning);
    }

    /// <summary>Real samples are as diverse as themselves: a generator that repeats its noise in the data's scale has no warning.</summary>
    [Fact]
    public void Samples_as_varied_as_the_data_are_not_warned_of()
    {
        RunOptions options = SmallRun.Options() with { Latent = 2, Conditional = false };
        using Dataset data = SmallRun.Load(options);
        using var watch = new CollapseWatch(options, data, CPU);
        using var generator = new Generator(2, [], data.Format, null, nn.Sequential(nn.Identity()));
        (double diversity, string? warning) = watch.Look(generator);
        Assert.InRange(diversity, 0.5, 10);
        Assert.Null(warning);
    }

    [Fact]
    public void A_divergence_in_the_middle_names_its_step_and_leaves_the_last_checkpoint()
    {
        using var folder = new TemporaryFolder();
        RunOptions options = SmallRun.Options() with { Epochs = 50, LogEvery = 7 };
        options.DiscriminatorOptimizer.LearningRate = 10;
        options.Discriminator = new MlpDiscriminatorOptions { Hidden = [.. Enumerable.Repeat(8, 14)] }; // a product of so many weights soon overflows
        options.Regularizers.Clear();
        options.Objective = "wasserstein";
        var run = new RunFolder(folder["run"]);
        using Dataset data = SmallRun.Load(options);
        string message = Assert.Throws<UserErrorException>(() => TrainingRun.Train(options, data, CPU, run, new RunMode(), new Quiet(), CancellationToken.None))
            .Message;
        Assert.Matches("training diverged at step [0-9]+: the (discriminator|generator)'s (loss|gradient) is not finite", message);
        if (File.Exists(run.LastCheckpoint)) Assert.All(Checkpoint.Read(run.LastCheckpoint).Tensors["discriminator.parameters"], w =>
            Assert.True(float.IsFinite(w)));
    }

    private static RunOutcome Train(RunOptions options, RunFolder folder, IQualityProbe? probe, bool resume = false)
    {
        using Dataset data = SmallRun.Load(options);
        return TrainingRun.Train(options, data, CPU, folder, new RunMode(resume, Probe: probe), new Quiet(), CancellationToken.None);
    }

    /// <summary>Says what it is told to, one figure a measurement.</summary>
    private sealed class Script(double[] figures, bool lowerIsBetter) : IQualityProbe
    {
        private int _next;

        public string Metric => "script";

        public bool LowerIsBetter => lowerIsBetter;

        public int Labels { get; private set; }

        public int Values { get; private set; }

        public double Measure(Func<int, ulong, (float[] Samples, long[] Labels)> draw)
        {
            (float[] samples, long[] labels) = draw(6, 3);
            Assert.Equal([0, 1, 0, 1, 0, 1], labels);
            Assert.Equal(samples, draw(6, 3).Samples);
            (Labels, Values) = (labels.Length, samples.Length);
            return figures[_next++];
        }
    }

    private sealed class Quiet : IRunObserver
    {
        public void Started(long step, long totalSteps, long stepsPerEpoch) { }

        public void Stepped(long step) { }

        public void Measured(MetricRow row) { }

        public void Warned(string what) { }

        public void Wrote(string path) { }
    }
}
