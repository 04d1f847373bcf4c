using System.Runtime.CompilerServices;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using GanPipeline.Training.Regularizers;

namespace GanPipeline.Training.Tests;

/// <summary>A run on two moons that takes milliseconds and yet has every part: batch norm, dropout, R1, a moving average, classes.</summary>
internal static class SmallRun
{
    /// <summary>190 points in batches of 16: 11 steps an epoch, and 14 samples left over.</summary>
    public const int BatchesPerEpoch = 11;

    public static RunOptions Options() => new()
    {
        System = "small",
        Seed = 7,
        Data = new MoonsDataOptions { Upper = 150, Lower = 40, Test = 20 },
        Latent = 4,
        Batch = 16,
        Epochs = 3,
        Threads = 1,
        LogEvery = 4,
        Ema = 0.9,
        Generator = new MlpGeneratorOptions { Hidden = [16, 12], BatchNorm = true },
        Discriminator = new MlpDiscriminatorOptions { Hidden = [16, 12], Dropout = [0.2, 0] },
        Regularizers = [new R1Options { Weight = 0.1, Every = 3 }],
    };

    public static Dataset Load(RunOptions options) => options.Data.Load(null, DataSplit.Train, options.Seed);

    /// <summary>One thread: the networks here are so small that a second one only waits.</summary>
    [ModuleInitializer]
    internal static void UseOneThread() => Devices.UseThreads(1);
}
