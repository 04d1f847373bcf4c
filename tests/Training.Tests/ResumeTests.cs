using GanPipeline.Primitives;
using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Metrics;
using GanPipeline.Training.Runs;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

/// <summary>A run that was stopped and resumed ends with the same bits as one that was not.</summary>
public class ResumeTests
{
    [Theory]
    [InlineData(nameof(Sampling.Shuffle), 0.9, 1)]
    [InlineData(nameof(Sampling.Shuffle), 0, 17)]
    [InlineData(nameof(Sampling.Shuffle), 0.9, 22)] // an epoch's end
    [InlineData(nameof(Sampling.Balanced), 0.9, 17)]
    public void A_trainer_goes_on_from_a_checkpoint(string sampling, double ema, int stopAfter)
    {
        RunOptions options = SmallRun.Options() with { Sampling = Enum.Parse<Sampling>(sampling), Ema = ema };
        using Dataset data = SmallRun.Load(options);
        using var straight = new Trainer(options, data, CPU);
        Take(straight, 40);

        using var folder = new TemporaryFolder();
        using (var first = new Trainer(options, data, CPU))
        {
            Take(first, stopAfter);
            first.Refresh();
            first.Save().Write(folder["a.ckpt"]);
        }
        using var second = new Trainer(options, data, CPU);
        second.Load(Checkpoint.Read(folder["a.ckpt"]));
        Take(second, 40 - stopAfter);
        AssertSameState(straight, second);
    }

    /// <summary>Everything that has a state or draws random numbers of its own, in a few runs.</summary>
    [Theory]
    [InlineData("update={scheme: simultaneous}", "regularizers=[{name: spectral_norm}, {name: r2, every: 2}, {name: instance_noise, decay_epochs: 2}]")]
    [InlineData("update={scheme: real_then_fake}", "regularizers=[{name: label_smoothing}, {name: gradient_penalty, every: 3}]", "objective=least_squares")]
    [InlineData("update={scheme: alternating, discriminator_steps: 3, generator_noise: fresh}", "regularizers=[{name: weight_clipping}]",
        "objective=wasserstein",
        "generator_optimizer.schedule={kind: cosine, from: 0, to: 5}", "discriminator_optimizer.clip_norm=0.1")]
    [InlineData("conditional=false", "regularizers=[{name: packing}, {name: unrolling, steps: 2}, {name: r1}]", "objective=relativistic",
        "discriminator.dropout=[]")]
    [InlineData("conditional=false", "objective=softmax", "update={scheme: simultaneous}", "regularizers=[{name: r1, every: 5}]")]
    public void Every_remedy_and_scheme_goes_on_from_a_checkpoint(params string[] changes)
    {
        RunOptions options = Preset.Parse(Preset.ToYaml(SmallRun.Options()), "p.yaml", overrides: changes);
        using Dataset data = SmallRun.Load(options);
        using var straight = new Trainer(options, data, CPU);
        Take(straight, 24);
        using var folder = new TemporaryFolder();
        using (var first = new Trainer(options, data, CPU))
        {
            Take(first, 13);
            first.Save().Write(folder["a.ckpt"]);
        }
        using var second = new Trainer(options, data, CPU);
        second.Load(Checkpoint.Read(folder["a.ckpt"]));
        Take(second, 11);
        AssertSameState(straight, second);
        Assert.Equal(straight.TakeMeans(), second.TakeMeans());
    }

    [Fact]
    public void Another_seed_gives_other_weights()
    {
        using Dataset data = SmallRun.Load(SmallRun.Options());
        using Trainer one = new(SmallRun.Options(), data, CPU), other = new(SmallRun.Options() with { Seed = 8 }, data, CPU);
        Assert.NotEqual(one.Save().Tensors["generator.parameters"], other.Save().Tensors["generator.parameters"]);
    }

    /// <summary>Told to stop in the middle of an epoch, between two rows, and again later.</summary>
    [Fact]
    public void A_run_folder_goes_on_as_if_nothing_had_happened()
    {
        using var folder = new TemporaryFolder();
        RunOptions options = SmallRun.Options();
        using Dataset data = SmallRun.Load(options);
        RunFolder whole = new(folder["whole"]), parts = new(folder["parts"]);
        TrainingRun.Train(options, data, CPU, whole, new RunMode(), new Silent(), CancellationToken.None);
        foreach (int stopAt in (int[])[6, 21])
        {
            using var stop = new CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() => TrainingRun.Train(options, data, CPU, parts, new RunMode(Resume: true), new StopAt(stopAt, stop),
                stop.Token));
            Assert.Equal(stopAt, Checkpoint.Read(parts.LastCheckpoint).Header.Step);
        }
        TrainingRun.Train(options, data, CPU, parts, new RunMode(Resume: true), new Silent(), CancellationToken.None);

        Assert.Equal(File.ReadAllBytes(whole.LastCheckpoint), File.ReadAllBytes(parts.LastCheckpoint));
        Assert.Equal([4, 8, 11, 12, 16, 20, 22, 24, 28, 32, 33], MetricsCsv.Read(parts.Metrics).Select(r => r.Step));
        Assert.Equal(MetricsCsv.Read(whole.Metrics).Select(WithoutClock), MetricsCsv.Read(parts.Metrics).Select(WithoutClock));
        for (int epoch = 1; epoch <= 3; epoch++) Assert.Equal(File.ReadAllBytes(whole.Samples(epoch)), File.ReadAllBytes(parts.Samples(epoch)));
    }

    /// <summary>What a kill leaves: a checkpoint of an earlier epoch, rows after it, half a row, and half a file under a hidden name.</summary>
    [Fact]
    public void A_killed_run_drops_the_rows_that_it_will_write_again()
    {
        using var folder = new TemporaryFolder();
        RunOptions options = SmallRun.Options();
        using Dataset data = SmallRun.Load(options);
        RunFolder whole = new(folder["whole"]), killed = new(folder["killed"]);
        TrainingRun.Train(options, data, CPU, whole, new RunMode(), new Silent(), CancellationToken.None);
        Assert.Throws<KillException>(() => TrainingRun.Train(options, data, CPU, killed, new RunMode(), new KillAt(27), CancellationToken.None));
        Assert.Equal(22, Checkpoint.Read(killed.LastCheckpoint).Header.Step);
        File.AppendAllText(killed.Metrics, "3,28,1.2");
        File.WriteAllText(killed.In(".last.ckpt.0123456789abcdef0123456789abcdef.tmp"), "half");
        File.WriteAllText(killed.In("samples/.epoch-0003.png.0123456789abcdef0123456789abcdef.tmp"), "half");

        TrainingRun.Train(options, data, CPU, killed, new RunMode(Resume: true), new Silent(), CancellationToken.None);
        Assert.Equal(File.ReadAllBytes(whole.LastCheckpoint), File.ReadAllBytes(killed.LastCheckpoint));
        Assert.Equal(MetricsCsv.Read(whole.Metrics).Select(WithoutClock), MetricsCsv.Read(killed.Metrics).Select(WithoutClock));
        Assert.Empty(Directory.GetFiles(killed.Path, ".*", SearchOption.AllDirectories));
    }

    /// <summary>What is cleaned up is what a run makes under hidden names, in the folders that it writes into, and nothing through a link.</summary>
    [Fact]
    public void Only_what_a_run_left_is_cleaned_up()
    {
        const string Hex = "0123456789abcdef0123456789abcdef";
        using var folder = new TemporaryFolder();
        RunOptions options = SmallRun.Options() with { Epochs = 1 };
        using Dataset data = SmallRun.Load(options);
        var run = new RunFolder(folder["run"]);
        TrainingRun.Train(options, data, CPU, run, new RunMode(), new Silent(), CancellationToken.None);
        string[] left = [$".last.ckpt.{Hex}.tmp", $"samples/.epoch-0001.png.{Hex}.tmp", ".gan-lock"];
        string[] kept = [".mine.0123.tmp", $".{Hex}.tmp", $"notes.{Hex}.tmp", $"mine/.last.ckpt.{Hex}.tmp", $".last.ckpt.{Hex}.tmp.txt"];
        Directory.CreateDirectory(run.In("mine"));
        foreach (string name in left.Concat(kept)) File.WriteAllText(run.In(name), "half");
        string alive = run.In($".report.html.{Hex}.tmp");
        using (new FileStream(alive, FileMode.CreateNew, FileAccess.Write, FileShare.Read)) // another process is writing it
            TrainingRun.Train(options, data, CPU, run, new RunMode(Resume: true), new Silent(), CancellationToken.None);
        Assert.All(left, name => Assert.False(File.Exists(run.In(name)), name));
        Assert.All(kept.Append(Path.GetFileName(alive)), name => Assert.True(File.Exists(run.In(name)), name));
    }

    [Fact]
    public void A_run_folder_with_links_is_not_gone_on_with()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links take a right on Windows");
        using var folder = new TemporaryFolder();
        RunOptions options = SmallRun.Options() with { Epochs = 1 };
        using Dataset data = SmallRun.Load(options);
        var run = new RunFolder(folder["run"]);
        TrainingRun.Train(options, data, CPU, run, new RunMode(), new Silent(), CancellationToken.None);
        File.WriteAllText(folder["precious"], "mine");
        File.Delete(run.Metrics);
        File.CreateSymbolicLink(run.Metrics, folder["precious"]);
        Assert.Contains("metrics.csv: it is a link", Assert.Throws<UserErrorException>(() =>
            TrainingRun.Train(options, data, CPU, run, new RunMode(Resume: true), new Silent(), CancellationToken.None)).Message);
        Assert.Equal("mine", File.ReadAllText(folder["precious"]));
    }

    [Fact]
    public void A_folder_in_which_a_run_died_before_it_began_can_be_resumed()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[".options.yaml.0123456789abcdef0123456789abcdef.tmp"], "half");
        RunOptions options = SmallRun.Options() with { Epochs = 1 };
        using Dataset data = SmallRun.Load(options);
        Checkpoint end = TrainingRun.Train(options, data, CPU, new RunFolder(folder.Name), new RunMode(Resume: true), new Silent(), CancellationToken.None)
            .Last;
        Assert.Equal(SmallRun.BatchesPerEpoch, end.Header.Step);
    }

    [Fact]
    public void A_finished_run_can_be_resumed_and_stays_as_it_is()
    {
        using var folder = new TemporaryFolder();
        RunOptions options = SmallRun.Options() with { Epochs = 1 };
        using Dataset data = SmallRun.Load(options);
        var run = new RunFolder(folder["run"]);
        TrainingRun.Train(options, data, CPU, run, new RunMode(), new Silent(), CancellationToken.None);
        byte[] before = File.ReadAllBytes(run.LastCheckpoint), rows = File.ReadAllBytes(run.Metrics);
        TrainingRun.Train(options, data, CPU, run, new RunMode(Resume: true), new Silent(), CancellationToken.None);
        Assert.Equal(before, File.ReadAllBytes(run.LastCheckpoint));
        Assert.Equal(rows, File.ReadAllBytes(run.Metrics));
    }

    [Fact]
    public void A_folder_that_holds_something_else_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        RunOptions options = SmallRun.Options() with { Epochs = 1 };
        using Dataset data = SmallRun.Load(options);
        File.WriteAllText(folder["notes.txt"], "mine");
        foreach (bool resume in (bool[])[false, true])
            Assert.Contains("no run", Assert.Throws<UserErrorException>(() => Train(new RunFolder(folder.Name), resume)).Message);
        Assert.Equal(["notes.txt"], Directory.GetFileSystemEntries(folder.Name).Select(Path.GetFileName));
        Assert.Contains("it is a file", Assert.Throws<UserErrorException>(() => Train(new RunFolder(folder["notes.txt"]), false)).Message);

        var run = new RunFolder(folder["run"]);
        Train(run, false);
        byte[] before = File.ReadAllBytes(run.LastCheckpoint);
        Assert.Contains("--resume", Assert.Throws<UserErrorException>(() => Train(run, false)).Message);
        Assert.Equal(before, File.ReadAllBytes(run.LastCheckpoint));

        Checkpoint Train(RunFolder where, bool resume) => TrainingRun.Train(options, data, CPU, where, new RunMode(resume), new Silent(),
            CancellationToken.None).Last;
    }

    [Fact]
    public void Other_options_are_listed_and_refused_and_other_data_too()
    {
        using var folder = new TemporaryFolder();
        RunOptions options = SmallRun.Options() with { Epochs = 1 };
        using Dataset data = SmallRun.Load(options), otherData = SmallRun.Load(options with { Seed = 99 });
        var run = new RunFolder(folder["run"]);
        TrainingRun.Train(options, data, CPU, run, new RunMode(), new Silent(), CancellationToken.None);
        string[] files = [.. Directory.GetFiles(run.Path, "*", SearchOption.AllDirectories).Order()];
        byte[][] before = Array.ConvertAll(files, File.ReadAllBytes);

        string message = Refused(options with { Batch = 8, Ema = 0.5 }, data);
        Assert.Contains("then batch: 16", message);
        Assert.Contains("now batch: 8", message);
        Assert.Contains("now ema: 0.5", message);
        Assert.DoesNotContain("latent", message);
        Assert.Contains("made from other data", Refused(options, otherData));
        Assert.Equal(before, Array.ConvertAll(files, File.ReadAllBytes));

        var heard = new Listener();
        TrainingRun.Train(options with { Ema = 0.5, Epochs = 2 }, otherData, CPU, run, new RunMode(Resume: true, Override: true), heard,
            CancellationToken.None);
        Assert.Contains(heard.Warnings, w => w.Contains("now ema: 0.5", StringComparison.Ordinal));
        Assert.Contains(heard.Warnings, w => w.Contains("then data", StringComparison.Ordinal));

        string Refused(RunOptions changed, Dataset with) =>
            Assert.Throws<UserErrorException>(() => TrainingRun.Train(changed, with, CPU, run, new RunMode(Resume: true), new Silent(), CancellationToken.None))
                .Message;
    }

    /// <summary>What only says when something is written or when the run ends changes no step, and so may change without force.</summary>
    [Fact]
    public void A_run_can_be_made_longer_and_be_written_at_other_times()
    {
        using var folder = new TemporaryFolder();
        RunOptions options = SmallRun.Options() with { Epochs = 1 }, longer = options with { Epochs = 3, LogEvery = 2, SampleEvery = 0, CheckpointEvery = 2 };
        using Dataset data = SmallRun.Load(options);
        RunFolder parts = new(folder["parts"]), whole = new(folder["whole"]);
        TrainingRun.Train(options, data, CPU, parts, new RunMode(), new Silent(), CancellationToken.None);
        var heard = new Listener();
        Checkpoint end = TrainingRun.Train(longer, data, CPU, parts, new RunMode(Resume: true), heard, CancellationToken.None).Last;
        Checkpoint straight = TrainingRun.Train(longer, data, CPU, whole, new RunMode(), new Silent(), CancellationToken.None).Last;
        Assert.Equal(straight.Tensors["generator.parameters"], end.Tensors["generator.parameters"]);
        Assert.Contains(heard.Warnings, w => w.Contains("now log_every: 2", StringComparison.Ordinal));
    }

    /// <summary>Its time would seem to be over for ever, and each resuming would say so again.</summary>
    [Fact]
    public void A_run_is_not_resumed_to_end_before_where_it_is()
    {
        using var folder = new TemporaryFolder();
        RunOptions options = SmallRun.Options() with { Epochs = 2 };
        using Dataset data = SmallRun.Load(options);
        var run = new RunFolder(folder["run"]);
        TrainingRun.Train(options, data, CPU, run, new RunMode(), new Silent(), CancellationToken.None);
        string message = Assert.Throws<UserErrorException>(() => TrainingRun.Train(
            options with { Epochs = 1 }, data, CPU, run, new RunMode(Resume: true), new Silent(), CancellationToken.None)).Message;
        Assert.Contains($"it holds {2 * SmallRun.BatchesPerEpoch} steps, and with these options the run ends after {SmallRun.BatchesPerEpoch};", message,
            StringComparison.Ordinal);
    }

    /// <summary>Where the steps are given, the epochs say how fast learning rates change, and how many steps there are after rounding.</summary>
    [Fact]
    public void A_run_of_so_many_steps_keeps_its_epochs()
    {
        using var folder = new TemporaryFolder();
        RunOptions options = SmallRun.Options() with { Steps = 12, Epochs = 3 };
        using Dataset data = SmallRun.Load(options);
        var run = new RunFolder(folder["run"]);
        TrainingRun.Train(options, data, CPU, run, new RunMode(), new Silent(), CancellationToken.None);
        string message = Assert.Throws<UserErrorException>(() => Train(options with { Epochs = 5, LogEvery = 2 })).Message;
        Assert.Contains("then epochs: 3; now epochs: 5)", message);
        Assert.Contains("log_every", message);
        Assert.Contains("then steps: 12", Assert.Throws<UserErrorException>(() => Train(options with { Steps = 0, Epochs = 5 })).Message);
        Assert.Equal(12, Train(options with { LogEvery = 2 }).Header.Step);

        Checkpoint Train(RunOptions changed) =>
            TrainingRun.Train(changed, data, CPU, run, new RunMode(Resume: true), new Silent(), CancellationToken.None).Last;
    }

    /// <summary>A run that is refused after its networks were built.</summary>
    [Fact]
    public void A_run_that_is_refused_puts_libtorchs_state_back()
    {
        using var folder = new TemporaryFolder();
        RunOptions options = SmallRun.Options() with { Epochs = 1 };
        using Dataset data = SmallRun.Load(options);
        File.WriteAllText(folder["notes.txt"], "mine");
        using Tensor before = get_rng_state();
        Assert.Throws<UserErrorException>(() => TrainingRun.Train(options, data, CPU, new RunFolder(folder.Name), new RunMode(), new Silent(),
            CancellationToken.None));
        using Tensor after = get_rng_state();
        Assert.Equal(before.data<byte>().ToArray(), after.data<byte>().ToArray());
    }

    /// <summary>The best that was measured, if it is of this run; else the last.</summary>
    [Fact]
    public void A_run_is_gone_on_with_from_its_best_state()
    {
        using var folder = new TemporaryFolder();
        RunOptions options = SmallRun.Options() with { Epochs = 3, QualityEvery = 1 };
        using Dataset data = SmallRun.Load(options), otherData = SmallRun.Load(options with { Seed = 99 });
        RunFolder run = new(folder["run"]), plain = new(folder["plain"]), other = new(folder["other"]);
        Assert.Contains("no checkpoint there", Assert.Throws<UserErrorException>(() => run.Chosen()).Message);
        foreach ((RunFolder where, Dataset what) in new[] { (run, data), (other, otherData) })
            TrainingRun.Train(options, what, CPU, where, new RunMode { Probe = new BestAtTheSecond() }, new Silent(), CancellationToken.None);
        TrainingRun.Train(options, data, CPU, plain, new RunMode(), new Silent(), CancellationToken.None);

        Assert.Equal((22, run.BestCheckpoint), (run.Chosen().Checkpoint.Header.Step, run.Chosen().Path));
        Assert.Contains("best state that was measured, of step 22", run.Chosen().Which);
        Assert.Equal((33, plain.LastCheckpoint, "the last state, of step 33"),
            (plain.Chosen().Checkpoint.Header.Step, plain.Chosen().Path, plain.Chosen().Which));
        File.Copy(other.BestCheckpoint, plain.BestCheckpoint);
        Assert.Equal(plain.LastCheckpoint, plain.Chosen().Path);
        Assert.Contains("is not of this run", plain.Chosen().Which);
        File.Delete(run.LastCheckpoint);
        Assert.Equal(run.BestCheckpoint, run.Chosen().Path);
    }

    private sealed class BestAtTheSecond : IQualityProbe
    {
        private int _measured;

        public string Metric => "order";

        public bool LowerIsBetter => true;

        public double Measure(Func<int, ulong, (float[] Samples, long[] Labels)> draw) => ++_measured == 2 ? 1 : 2;
    }

    private static void Take(Trainer trainer, int steps)
    {
        for (int i = 0; i < steps; i++) trainer.TakeStep();
    }

    private static void AssertSameState(Trainer expected, Trainer actual)
    {
        expected.Refresh();
        actual.Refresh();
        Checkpoint a = expected.Save(), b = actual.Save();
        Assert.Equal(a.Header.Step, b.Header.Step);
        Assert.Equal(a.Tensors.Keys, b.Tensors.Keys);
        foreach ((string name, float[] values) in a.Tensors)
            Assert.Equal(Array.ConvertAll(values, BitConverter.SingleToInt32Bits), Array.ConvertAll(b.Tensors[name], BitConverter.SingleToInt32Bits));
    }

    private static MetricRow WithoutClock(MetricRow row) => row with { SamplesPerSecond = 0, ResidentMib = 0 };

    private class Silent : IRunObserver
    {
        public virtual void Started(long step, long totalSteps, long stepsPerEpoch) { }

        public virtual void Stepped(long step) { }

        public virtual void Measured(MetricRow row) { }

        public virtual void Warned(string what) { }

        public virtual void Wrote(string path) { }
    }

    private sealed class Listener : Silent
    {
        public List<string> Warnings { get; } = [];

        public override void Warned(string what) => Warnings.Add(what);
    }

    private sealed class StopAt(long at, CancellationTokenSource stop) : Silent
    {
        public override void Stepped(long step)
        {
            if (step == at) stop.Cancel();
        }
    }

    private sealed class KillException : Exception;

    private sealed class KillAt(long at) : Silent
    {
        public override void Stepped(long step)
        {
            if (step == at) throw new KillException();
        }
    }
}
