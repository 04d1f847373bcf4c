using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Regularizers;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

/// <summary>Twenty steps from the same weights on the same numbers give what plain PyTorch gives (scripts/record_trace.py).</summary>
public class GoldenTraceTests
{
    private const double Tolerance = 1e-5;

    [Fact]
    public void Twenty_steps_of_S4_are_those_of_PyTorch() => Compare("s4.json", o => o);

    [Fact]
    public void Twenty_steps_with_R1_and_a_moving_average_are_those_of_PyTorch() =>
        Compare("s4-r1-ema.json", o => o with { Ema = 0.999, Regularizers = [new R1Options { Weight = 1, Every = 2 }] });

    [Fact]
    public void Twenty_steps_with_the_whole_batch_have_the_losses_of_PyTorch() => Compare("s4-batch128.json", o => o, weights: false);

    private static void Compare(string file, Func<RunOptions, RunOptions> change, bool weights = true)
    {
        var trace = Trace.Read(file);
        int batch = trace.Batch;
        RunOptions options = change(S4.Options(batch));
        using Dataset data = S4.Data(batch);
        using var trainer = new Trainer(options, data, CPU);
        trainer.Load(S4.Start(trainer.Save()));
        double loss = 0;
        for (int step = 0; step < S4.Steps; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor index = arange(step * batch, (step + 1) * batch, int64);
            trainer.TakeStep(data.Batch(index), data.Labels!.index_select(0, index), S4.Noise(step, batch));
            (float d, float g, float real, float fake) = trainer.TakeMeans();
            loss = trace.Losses[step].Zip([d, g, real, fake], (a, b) => Math.Abs(a - b)).Append(loss).Max();
        }
        Checkpoint end = trainer.Save();
        var differences = trace.Tensors.ToDictionary(t => t.Key, t => Trace.LargestDifference(end.Tensors[t.Key], t.Value));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"largest differences: losses {loss:E1}; " + string.Join("; ", differences.Select(d => $"{d.Key} {d.Value:E1}")));
        Assert.InRange(loss, 0, Tolerance);
        if (weights) Assert.All(differences.Values, d => Assert.InRange(d, 0, Tolerance));
    }
}
