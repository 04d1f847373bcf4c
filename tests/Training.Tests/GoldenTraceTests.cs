using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Metrics;
using GanPipeline.Training.Networks;
using GanPipeline.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

/// <summary>Twenty steps from the same weights on the same numbers give what plain PyTorch gives (scripts/record_trace.py).</summary>
public class GoldenTraceTests
{
    public static TheoryData<string> Traces => [.. Directory.GetFiles(Trace.Folder, "*.json").Select(p => Path.GetFileNameWithoutExtension(p)).Order()];

    [Theory]
    [MemberData(nameof(Traces))]
    public void Twenty_steps_are_those_of_PyTorch(string name)
    {
        var trace = Trace.Read(name);
        Dictionary<string, double> differences = Differences(trace, CPU);
        TestContext.Current.TestOutputHelper?.WriteLine("largest differences: " + string.Join("; ", differences.Select(d => $"{d.Key} {d.Value:E1}")));
        Assert.All(differences, d => Assert.True(d.Value <= trace.Tolerance, $"{d.Key}: {d.Value}"));
    }

    /// <summary>The largest differences of the losses and of each tensor from what was recorded.</summary>
    internal static Dictionary<string, double> Differences(Trace trace, Device device)
    {
        RunOptions options = trace.Options() with { Sampling = Sampling.Shuffle }; // the batches are the recorded ones, which lack a class at times
        using Dataset data = PortableDraws.Data(trace.Format, trace.Classes, trace.Batch * options.Update.BatchesPerStep, 0);
        using var trainer = new Trainer(options, data, device);
        trainer.Load(PortableStart.Of(trainer.Save(), options));
        var draws = new PortableDraws(trace.Format, trace.Classes, trace.Batch, device);
        double loss = 0;
        for (int step = 0; step < trace.Losses.Length; step++)
        {
            trainer.TakeStep(draws);
            StepMeans means = trainer.TakeMeans();
            double[] mine = [means.DiscriminatorLoss, means.GeneratorLoss, means.RealScore, means.FakeScore];
            loss = trace.Losses[step].Zip(mine, (a, b) => Math.Abs(a - b)).Append(loss).Max();
        }
        Checkpoint end = trainer.Save();
        return trace.Tensors.Select(t => (t.Key, Value: Trace.LargestDifference(end.Tensors[t.Key], t.Value))).Prepend(("losses", loss)).ToDictionary();
    }
}
