using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

public class MemoryTests
{
    /// <summary>2,000 steps with everything switched on: the live tensors stay as many as they were after 200, and the process does not grow.</summary>
    [Theory]
    [InlineData(nameof(Sampling.Shuffle))]
    [InlineData(nameof(Sampling.Balanced))]
    public void A_long_run_needs_no_more_than_a_short_one(string sampling)
    {
        RunOptions options = SmallRun.Options() with { Sampling = Enum.Parse<Sampling>(sampling), Epochs = 1000 };
        using Dataset data = SmallRun.Load(options);
        using var trainer = new Trainer(options, data, CPU);
        (long tensors, double mib) = After(trainer, 200);
        (long laterTensors, double laterMib) = After(trainer, 1800);
        TestContext.Current.TestOutputHelper?.WriteLine($"live tensors {tensors} and {laterTensors}; resident {mib:F1} and {laterMib:F1} MiB");
        Assert.Equal(tensors, laterTensors);
        Assert.InRange(laterMib - mib, double.NegativeInfinity, 24); // what leaks and is no tensor; code that is compiled anew on the way takes a few
    }

    private static (long Tensors, double Mib) After(Trainer trainer, int steps)
    {
        for (int i = 1; i <= steps; i++)
        {
            trainer.TakeStep();
            if (i % 100 == 0) trainer.TakeMeans();
        }
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true); // gives back what other tests have left
        return (Tensor.TotalCount, Environment.WorkingSet / 1048576.0);
    }
}
