using System.Diagnostics;
using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Metrics;

namespace GanPipeline.Cli.Tests;

/// <summary>Training that is stopped or killed at some moment ends, after --resume, with the weights of a run that was not.</summary>
public sealed class InterruptionTests
{
    private static readonly string[] Size = ["--set", "epochs=40", "--set", "sample_every=10"];

    [Theory]
    [InlineData(GanProcess.Interrupt)]
    [InlineData(GanProcess.Terminate)]
    public void ASignalEndsTrainingWithACheckpoint(int signal)
    {
        using var space = new Workspace();
        string[] train = ["train", space.Preset, "--data", space.Data, "--out", space.In("run"), "--set", "epochs=1000000", "--set", "sample_every=0", "--set",
            "checkpoint_every=1000000"];
        using Process process = GanProcess.Start(train);
        WaitForMetrics(space.In("run/metrics.csv"), 200);
        GanProcess.Signal(process, signal);
        GanProcess.Result result = GanProcess.Finish(process);
        Assert.Equal(128 + signal, result.ExitCode);
        Assert.Contains("last.ckpt holds the last step. Go on with --resume.", result.Message, StringComparison.Ordinal);
        long step = Checkpoint.Read(space.In("run/last.ckpt")).Header.Step;
        Assert.True(step >= 200);
        Assert.True(MetricsCsv.Read(space.In("run/metrics.csv"))[^1].Step <= step);
    }

    [Fact]
    public void KilledTenTimesAtRandomMomentsItEndsWithTheSameWeights()
    {
        using var space = new Workspace();
        Assert.Equal(0, GanProcess.Run(["train", space.Preset, "--data", space.Data, "--out", space.In("whole"), .. Size]).ExitCode);
        string[] killed = ["train", space.Preset, "--data", space.Data, "--out", space.In("killed"), "--resume", .. Size];
        var random = new Random(20);
        int kills = 0;
        while (kills < 10)
        {
            DateTime begun = DateTime.UtcNow;
            using Process process = GanProcess.Start(killed);
            // One kill falls into the start, the next into training, which begins later on a busy machine. A run that ends before its kill is begun again.
            if (kills % 2 == 1) SpinWait.SpinUntil(() => process.HasExited || File.GetLastWriteTimeUtc(space.In("killed/metrics.csv")) > begun);
            if (process.WaitForExit(random.Next(50, 500)))
            {
                Directory.Delete(space.In("killed"), recursive: true);
                continue;
            }
            GanProcess.Signal(process, GanProcess.Kill);
            process.WaitForExit();
            kills++;
        }
        GanProcess.Result result = GanProcess.Run(killed);
        Assert.True(result.ExitCode == 0, result.Error);
        Checkpoint whole = Checkpoint.Read(space.In("whole/last.ckpt")), resumed = Checkpoint.Read(space.In("killed/last.ckpt"));
        Assert.Equal(400, resumed.Header.Step);
        Assert.Equal(whole.Tensors.Keys, resumed.Tensors.Keys);
        foreach ((string name, float[] values) in whole.Tensors) Assert.Equal(values, resumed.Tensors[name]);
        Assert.Equal(MetricsCsv.Read(space.In("whole/metrics.csv")).Select(r => (r.Step, r.DiscriminatorLoss)), MetricsCsv.Read(space.In("killed/metrics.csv"))
            .Select(r => (r.Step, r.DiscriminatorLoss)));
        Assert.Empty(Directory.GetFiles(space.In("killed"), ".*.tmp"));
        // Every event has its size whatever its time and speed, so a step that is missing or there twice would show.
        const string Events = "events.out.tfevents.0.gan";
        Assert.Equal(new FileInfo(space.In($"whole/{Events}")).Length, new FileInfo(space.In($"killed/{Events}")).Length);
    }

    [Fact]
    public void TwoProcessesDoNotTrainIntoOneFolder()
    {
        using var space = new Workspace();
        string[] train = ["train", space.Preset, "--data", space.Data, "--out", space.In("run"), "--set", "epochs=1000000", "--set", "sample_every=0", "--set",
            "checkpoint_every=50"];
        using Process first = GanProcess.Start(train);
        WaitForMetrics(space.In("run/metrics.csv"), 1000);
        foreach (string command in new[] { "train", "run" })
        {
            GanProcess.Result second = GanProcess.Run([command, .. train[1..], "--resume"]);
            Assert.NotEqual(0, second.ExitCode);
            Assert.Contains("another process is writing there", second.Message, StringComparison.Ordinal);
        }
        // What reads the folder and adds a file of its own does no harm.
        foreach (string command in new[] { "report", "export" }) Assert.Equal(0, GanProcess.Run(command, space.In("run")).ExitCode);
        GanProcess.Signal(first, GanProcess.Kill);
        first.WaitForExit();
        long killed = Checkpoint.Read(space.In("run/last.ckpt")).Header.Step;
        // The lock ended with its process.
        GanProcess.Result resumed = GanProcess.Run([.. train, "--resume", "--max-time", "1s"]);
        Assert.Contains($"resumed after step {killed} of", resumed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(space.In("run")), f => Path.GetFileName(f).StartsWith('.'));
    }

    private static void WaitForMetrics(string path, long step)
    {
        var clock = Stopwatch.StartNew();
        while (!File.Exists(path) || MetricsCsv.Read(path) is not [.., { Step: var last }] || last < step)
        {
            Assert.True(clock.Elapsed < GanProcess.Patience, $"training did not get to step {step}");
            Thread.Sleep(20);
        }
    }
}
