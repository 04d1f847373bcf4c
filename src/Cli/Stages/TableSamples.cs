using GanPipeline.Primitives;
using TorchSharp;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Cli.Stages;

/// <summary>Encoded rows straight from a network in evaluation mode.</summary>
internal static class TableSamples
{
    private const int Batch = 512;

    /// <summary>[N, width]: a row of each class in <paramref name="classes"/>.</summary>
    public static Tensor Draw(Generator generator, long[] classes, ulong seed, Device device)
    {
        if (classes.Length == 0) return empty(0, generator.Format.Size);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        var parts = new List<Tensor>();
        for (int first = 0; first < classes.Length; first += Batch)
        {
            long[] part = classes[first..Math.Min(classes.Length, first + Batch)];
            float[] noise = new float[part.Length * generator.LatentSize];
            GaussianNoise.Fill(seed, (ulong)first, generator.LatentSize, noise);
            parts.Add(generator.call(tensor(noise, [part.Length, generator.LatentSize], device: device), tensor(part, device: device)).cpu());
        }
        return cat(parts).contiguous().MoveToOuterDisposeScope();
    }
}
