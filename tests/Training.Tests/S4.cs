using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

/// <summary>Row S4 with the weights, noise and images of the recorded traces.</summary>
internal static class S4
{
    public const int Steps = 20, Latent = 100, Classes = 10, Pixels = 784;
    private const ulong Seed = 100, GeneratorStream = 1000 * Seed, DiscriminatorStream = GeneratorStream + 100, NoiseStream = GeneratorStream + 200;
    private const ulong ImageStream = GeneratorStream + 300, LabelStream = GeneratorStream + 400;

    public static readonly string[] ClassNames = [.. Enumerable.Range(0, Classes).Select(i => $"{i}")];

    public static NetworkContext Context => new(Latent, ClassNames, SampleFormat.Pixels(1, 28, 28), CPU);

    public static RunOptions Options(int batch) => new()
    {
        System = "mnist-cgan", Data = new IdxDataOptions(), Latent = Latent, Batch = batch,
        Generator = new MlpGeneratorOptions { Hidden = [128, 256, 512], BatchNorm = true, BatchNormEpsilon = 0.8 },
        Discriminator = new MlpDiscriminatorOptions { Hidden = [512, 256] },
    };

    /// <summary>The images of all steps, in the order in which the trace takes them.</summary>
    public static Dataset Data(int batch)
    {
        int count = Steps * batch;
        byte[] pixels = Array.ConvertAll(PortableNumbers.Uniform(ImageStream, 0, count * Pixels), u => (byte)(256 * u));
        long[] labels = Array.ConvertAll(PortableNumbers.Uniform(LabelStream, 0, count), u => (long)(Classes * u));
        return new Dataset("portable", "0123456789abcdef", tensor(pixels, [count, 1, 28, 28], uint8),
            tensor(labels), ClassNames, SampleFormat.Pixels(1, 28, 28));
    }

    public static Tensor Noise(int step, int batch) => tensor(PortableNumbers.Bell(NoiseStream, (long)step * batch * Latent, batch * Latent), [batch, Latent]);

    /// <summary>A state before the first step that has the trace's weights.</summary>
    public static Checkpoint Start(Checkpoint untrained)
    {
        float[] generator = Weights(GeneratorStream, [(110, 128, false), (128, 256, true), (256, 512, true), (512, 784, false)]);
        float[] discriminator = Weights(DiscriminatorStream, [(794, 512, false), (512, 256, false), (256, 1, false)]);
        using DisposeScope scope = NewDisposeScope();
        return new Checkpoint(untrained.Header, untrained.Tensors.Select(t => (t.Key, t.Key switch
        {
            "generator.parameters" or Checkpoint.SamplerParameters => tensor(generator),
            "discriminator.parameters" => tensor(discriminator),
            _ => tensor(t.Value),
        })));
    }

    private static float[] Weights(ulong stream, (int Inputs, int Outputs, bool BatchNorm)[] layers)
    {
        var all = new List<float>();
        foreach ((int inputs, int outputs, bool batchNorm) in layers)
        {
            all.AddRange(PortableNumbers.Weights(stream++, inputs * outputs, inputs));
            all.AddRange(PortableNumbers.Weights(stream++, outputs, inputs));
            if (!batchNorm) continue;
            all.AddRange(Enumerable.Repeat(1f, outputs).Concat(Enumerable.Repeat(0f, outputs)));
            stream += 2;
        }
        return [.. all];
    }
}
