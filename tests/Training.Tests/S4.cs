using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

/// <summary>Row S4.</summary>
internal static class S4
{
    private static readonly string[] ClassNames = [.. Enumerable.Range(0, 10).Select(i => $"{i}")];

    public static NetworkContext Context => new(100, ClassNames, SampleFormat.Pixels(1, 28, 28), CPU);

    public static RunOptions Options(int batch) => new()
    {
        System = "mnist-cgan",
        Data = new IdxDataOptions(),
        Latent = 100,
        Batch = batch,
        Generator = new MlpGeneratorOptions { Hidden = [128, 256, 512], BatchNorm = true, BatchNormEpsilon = 0.8 },
        Discriminator = new MlpDiscriminatorOptions { Hidden = [512, 256] },
    };
}
