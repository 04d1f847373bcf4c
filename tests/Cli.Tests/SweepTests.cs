using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace GanPipeline.Cli.Tests;

/// <summary>Many runs by one command.</summary>
public sealed class SweepTests
{
    [Fact]
    public void EveryCombinationIsTrainedOnceAndEndsInOneTable()
    {
        using var space = new Workspace();
        string[] sweep = ["sweep", space.Preset, "--data", space.Data, "--out", space.In("sweep"), "--seeds", "1-2", "--vary", "batch=16,32", "--set",
            "epochs=1", "--train-only"];
        GanProcess.Result planned = GanProcess.Run([.. sweep, "--dry-run"]);
        Assert.Contains("small_batch=32_seed=2: waiting", planned.Output);
        Assert.False(Directory.Exists(space.In("sweep")));

        GanProcess.Result result = GanProcess.Run(sweep);
        Assert.True(result.ExitCode == 0, result.Error);
        string[][] table = Table(space);
        Assert.Equal(["run", "preset", "variant", "seed", "batch", "status", "message", "process_seconds", "epoch", "step", "d_loss", "g_loss"],
            table[0].Take(12));
        Assert.Equal(["small_batch=16_seed=1", "small_batch=16_seed=2", "small_batch=32_seed=1", "small_batch=32_seed=2"], table.Skip(1).Select(r => r[0]));
        Assert.All(table.Skip(1), r => Assert.Equal("finished", r[5]));
        Assert.Equal(["10", "10", "5", "5"], table.Skip(1).Select(r => r[9])); // 160 samples
        Assert.Equal(4, table.Skip(1).Select(r => r[10]).Distinct().Count()); // the losses differ
        Assert.Contains("trained 10 steps", File.ReadAllText(space.In("sweep/small_batch=16_seed=1.log")));

        // The same command again trains only what has not finished.
        DateTime before = File.GetLastWriteTimeUtc(space.In("sweep/small_batch=16_seed=1/last.ckpt"));
        Directory.Delete(space.In("sweep/small_batch=32_seed=2"), recursive: true);
        GanProcess.Result again = GanProcess.Run(sweep);
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("3 have finished before", again.Error);
        Assert.Equal(before, File.GetLastWriteTimeUtc(space.In("sweep/small_batch=16_seed=1/last.ckpt")));
        Assert.Equal(table.Skip(1).Select(r => r[10]), Table(space).Skip(1).Select(r => r[10]));

        // What a run measured has a column for each value.
        File.WriteAllText(space.In("sweep/small_batch=16_seed=2/quality.csv"),
            "metric,data,class,value,low,high,better,sample\nrecall,,,0.25,,,higher,x\nrecall,,a,0.5,,,higher,x\n");
        Assert.Equal(0, GanProcess.Run(sweep).ExitCode);
        string[] lines = File.ReadAllLines(space.In("sweep/sweep.csv"));
        Assert.EndsWith(",recall,\"recall, a\"", lines[0]);
        Assert.EndsWith(",,", lines[1]);
        Assert.EndsWith(",0.25,0.5", lines[2]);

        // The page of all of them is there, and what the sweep wrote beside its runs is no run.
        Assert.Contains("Comparison of 4 runs", File.ReadAllText(space.In("sweep/compare.html")));
        GanProcess.Result compared = GanProcess.Run(["compare", .. Directory.GetFileSystemEntries(space.In("sweep")).Order(), "--out", space.In("side")]);
        Assert.True(compared.ExitCode == 0, compared.Error);
        Assert.Contains("left out, since a sweep wrote them beside its runs: compare.csv, compare.html, small_batch=16_seed=1.log", compared.Error);

        GanProcess.Result other = GanProcess.Run([.. sweep, "--set", "latent=5"]);
        Assert.Equal(3, other.ExitCode);
        Assert.Contains("it holds a finished run with other options", other.Message);
    }

    [Fact]
    public void AFailingRunIsNamedAndTheOthersGoOn()
    {
        using var space = new Workspace();
        GanProcess.Result result = GanProcess.Run("sweep", space.Preset, "--data", space.Data, "--out", space.In("sweep"), "--vary", "batch=500,16", "--set",
            "epochs=1", "--train-only");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("1 of 2 runs failed: small_batch=500_seed=1", result.Message);
        string[][] table = Table(space);
        Assert.Equal(["failed", "finished"], table.Skip(1).Select(r => r[5]));
        Assert.Contains("fewer than one batch of 500", File.ReadAllText(space.In("sweep/sweep.csv")));
    }

    [Fact]
    public void ASignalEndsTheRunsWithCheckpointsAndTheyAreGoneOnWith()
    {
        using var space = new Workspace();
        string[] sweep = ["sweep", space.Preset, "--data", space.Data, "--out", space.In("sweep"), "--seeds", "1,2", "--set", "epochs=2000", "--set",
            "sample_every=0", "--set", "checkpoint_every=2000", "--parallel", "2", "--train-only"];
        using Process process = GanProcess.Start(sweep);
        string[] metrics = [space.In("sweep/small_seed=1/metrics.csv"), space.In("sweep/small_seed=2/metrics.csv")];
        for (var clock = Stopwatch.StartNew(); !metrics.All(m => File.Exists(m) && File.ReadLines(m).Count() > 3);
            Thread.Sleep(20)) Assert.True(clock.Elapsed < GanProcess.Patience);
        GanProcess.Signal(process, GanProcess.Interrupt);
        GanProcess.Result stopped = GanProcess.Finish(process);
        Assert.Equal(130, stopped.ExitCode);
        Assert.Contains("The same command goes on", stopped.Message);
        Assert.All(Table(space).Skip(1), r => Assert.Equal("stopped", r[4]));
        Assert.All(metrics, m => Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(m)!, "last.ckpt"))));

        // Ten steps an epoch. The end moves nearer, so that the test does: epochs may change when a run goes on.
        int[] reached = [.. Table(space).Skip(1).Select(r => int.Parse(r[8], CultureInfo.InvariantCulture))];
        string epochs = $"epochs={reached.Max() / 10 + 5}";
        GanProcess.Result resumed = GanProcess.Run([.. sweep.Select(a => a == "epochs=2000" ? epochs : a)]);
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.All(Table(space).Skip(1), r => Assert.Equal($"{10 * (reached.Max() / 10 + 5)}", r[8]));
        foreach ((int index, int step) in reached.Index())
        {
            Match from = Regex.Match(File.ReadAllText(space.In($"sweep/small_seed={index + 1}.log")), @"resumed after step (\d+)");
            Assert.InRange(int.Parse(from.Groups[1].Value, CultureInfo.InvariantCulture), step, step + 4); // a row each five steps
        }
    }

    [Theory]
    [InlineData(3, "--seeds", "3 runs, 3 at once with 1 thread each", 1)]
    [InlineData(6, "--parallel=3 --seeds", "3 runs, 3 at once with 2 threads each", 2)]
    [InlineData(3, "--parallel=1 --seeds", "3 runs, 1 at once with 3 threads each", 3)]
    public void RunsShareTheCores(int cores, string options, string note, int threads)
    {
        using var space = new Workspace();
        GanProcess.Result result = GanProcess.Run(new Dictionary<string, string> { ["DOTNET_PROCESSOR_COUNT"] = $"{cores}" },
            ["sweep", space.Preset, "--data", space.Data, "--out", space.In("sweep"),
            "--set", "threads=0", "--set", "epochs=1", "--train-only", .. options.Split(' ', '='), "1-3"]);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains(note, result.Error);
        for (int seed = 1; seed <= 3; seed++) Assert.Contains($"(cpu, {threads} threads)", File.ReadAllText(space.In($"sweep/small_seed={seed}.log")));
        string[] events = [.. result.Error.Split('\n').Where(l => l.StartsWith("small_", StringComparison.Ordinal))
            .Select(l => l.Contains("started", StringComparison.Ordinal) ? "started" : "finished")];
        string[] expected = threads == 3 ? ["started", "finished", "started", "finished", "started", "finished"]
            : ["started", "started", "started", "finished", "finished", "finished"];
        Assert.Equal(expected, events);
    }

    [Theory]
    [InlineData("--seeds a: write numbers and ranges", "--seeds", "a")]
    [InlineData("--seeds 3-1", "--seeds", "3-1")]
    [InlineData("--vary batch: write key=value,value", "--vary", "batch")]
    [InlineData("two runs of the name 'small_seed=1'", "--seeds", "1,1")]
    [InlineData("unknown key 'bach'; did you mean 'batch'?", "--vary", "bach=1,2")]
    [InlineData("no variant 'source'", "--variant", "source")]
    [InlineData("--parallel -1", "--parallel", "-1")]
    public void WhatCannotBeSweptGetsASentence(string message, params string[] arguments)
    {
        using var space = new Workspace();
        GanProcess.Result result = GanProcess.Run(["sweep", space.Preset, "--data", space.Data, "--out", space.In("sweep"), .. arguments]);
        Assert.True(result.IsRefusal, $"{result.ExitCode}: {result.Error}");
        Assert.Contains(message, result.Message);
        Assert.False(Directory.Exists(space.In("sweep")));
    }

    private static string[][] Table(Workspace space) => [.. File.ReadLines(space.In("sweep/sweep.csv"))
        .Select(l => l.Replace("\"", "", StringComparison.Ordinal).Split(','))];
}
