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
        Assert.Equal(Events("whole"), Events("killed"));

        long Events(string run) => new FileInfo(Assert.Single(Directory.GetFiles(space.In(run), "events.out.tfevents.*.gan"))).Length;
    }

    [Theory]
    [InlineData(GanProcess.Interrupt)]
    [InlineData(GanProcess.Terminate)]
    public void ASignalEndsACommandThatWaitsForItsData(int signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no named pipes in folders");
        using var space = new Workspace();
        string pipe = space.In("pipe.csv");
        Process.Start("mkfifo", pipe).WaitForExit();
        using Process writer = Process.Start(new ProcessStartInfo("sh", ["-c", $"exec 3>'{pipe}'; echo a,b,class >&3; exec sleep 600"]))!;
        try
        {
            using Process process = GanProcess.Start("train", pipe, "--label", "class", "--out", space.In("run"));
            Thread.Sleep(1000); // it reads what never comes
            var clock = Stopwatch.StartNew();
            GanProcess.Signal(process, signal);
            GanProcess.Result result = GanProcess.Finish(process);
            Assert.Equal((128 + signal, "gan: stopped on request."), (result.ExitCode, result.Message));
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"it took {clock.Elapsed}"); // a second, on a machine that does nothing else
        }
        finally
        {
            writer.Kill();
        }
    }

    [Fact]
    public void AnInterruptedStageNeverEndsAsIfItWereDoneAndLeavesNothing()
    {
        using var space = new Workspace();
        Assert.Equal(0, GanProcess.Run(["train", space.Preset, "--data", space.Data, "--out", space.In("run"), .. Size]).ExitCode);
        string target = space.In("out/generator.onnx");
        Directory.CreateDirectory(space.In("out"));
        for (int delay = 50; ; delay += 50)
        {
            using Process process = GanProcess.Start("export", space.In("run"), "--out", target);
            if (process.WaitForExit(delay) || !GanProcess.TrySignal(process, GanProcess.Terminate)) break; // it ends before the signal
            GanProcess.Result result = GanProcess.Finish(process);
            // Before the program listens, the signal ends it by itself; when it has ended its work, the signal comes too late.
            if (result.ExitCode == 0) Assert.True(result.Output.Contains("exported", StringComparison.Ordinal) && File.Exists(target));
            else Assert.Equal(128 + GanProcess.Terminate, result.ExitCode);
            Assert.Equal(File.Exists(target) ? [target] : [], Directory.GetFileSystemEntries(space.In("out")));
            File.Delete(target);
        }
    }

    [Fact]
    public void ASecondSignalEndsTheProcessAtOnce()
    {
        using var space = new Workspace();
        // A step of many minutes, which training ends after.
        using Process process = GanProcess.Start("train", space.Preset, "--data", space.Data, "--out", space.In("run"), "--set", "batch=160", "--set",
            "generator.hidden=[4096,4096]", "--set", "discriminator.hidden=[4096,4096]", "--set",
            "update={scheme: alternating, discriminator_steps: 1000}");
        SpinWait.SpinUntil(() => process.HasExited || File.Exists(space.In("run/metrics.csv")));
        Thread.Sleep(1000);
        GanProcess.Signal(process, GanProcess.Terminate);
        Assert.False(process.WaitForExit(2500), "it ended without its checkpoint");
        GanProcess.Signal(process, GanProcess.Terminate);
        GanProcess.Result result = GanProcess.Finish(process);
        Assert.Equal((128 + GanProcess.Terminate, "gan: ended at once."), (result.ExitCode, result.Message));
    }

    [Fact]
    public void WhatIsFinishedIsNotDoneAgain()
    {
        using var space = new Workspace();
        string[] train = ["train", space.Preset, "--data", space.Data, "--out", space.In("run"), "--resume", "--set", "epochs=1"];
        Assert.Equal(0, GanProcess.Run(train).ExitCode);
        DateTime written = File.GetLastWriteTimeUtc(space.In("run/last.ckpt"));
        GanProcess.Result again = GanProcess.Run(train);
        Assert.Equal((0, $"{space.In("run")} is finished: everything that this command makes is there.\n", ""),
            (again.ExitCode, again.Output, again.Error));
        Assert.Equal(written, File.GetLastWriteTimeUtc(space.In("run/last.ckpt")));
        GanProcess.Result more = GanProcess.Run([.. train, "--set", "log_every=6", "--override"]);
        Assert.Contains("trained 10 steps", more.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheTimeOfARunIsThatOfAllItsStages()
    {
        using var space = new Workspace();
        string[] run = ["run", space.Preset, "--data", space.Data, "--out", space.In("run"), "--resume", "--set", "epochs=1000000", "--set", "sample_every=0"];
        var clock = Stopwatch.StartNew();
        GanProcess.Result result = GanProcess.Run([.. run, "--max-time", "12s"]); // enough to begin in on a busy machine
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"it took {clock.Elapsed}"); // 12, on a machine that does nothing else
        Assert.Contains("trained", result.Output, StringComparison.Ordinal);
        if (result.ExitCode == 75) Assert.Contains("the time is over (--max-time) before all was done.", result.Message, StringComparison.Ordinal);
        else Assert.Contains("training ended early: its time was over", result.Output.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.False(File.Exists(space.In("run/finished.yaml")));

        GanProcess.Result none = GanProcess.Run([.. run, "--max-time", "0.001s"]);
        Assert.Equal(75, none.ExitCode);
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
            Assert.Equal(75, second.ExitCode);
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
