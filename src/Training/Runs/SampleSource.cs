using TorchSharp;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Training.Runs;

/// <summary>Samples straight from a network in evaluation mode: those that its exported file would make from the same seed.</summary>
internal static class SampleSource
{
    private const int MostAtOnce = 500;

    /// <summary>Makes samples in the data's own units; classes take turns.</summary>
    public static (float[] Samples, long[] Labels) Draw(Generator generator, int count, ulong seed, Device device)
    {
        int classes = generator.ClassNames.Count;
        long[] labels = [.. Enumerable.Range(0, classes == 0 ? 0 : count).Select(i => (long)i % classes)];
        return (Draw(generator, count, labels, seed, device, generator.Format.ToDataUnits), labels);
    }

    /// <summary>[N, width] rows of a table in their code: one of each class in <paramref name="labels"/>.</summary>
    public static float[] DrawEncoded(Generator generator, long[] labels, ulong seed, Device device) =>
        Draw(generator, labels.Length, labels, seed, device, generated => generated);

    private static float[] Draw(Generator generator, int count, long[] labels, ulong seed, Device device, Func<Tensor, Tensor> toUnits)
    {
        int size = (int)generator.Format.Size;
        float[] samples = new float[(long)count * size];
        for (int first = 0; first < count; first += MostAtOnce)
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGradient = no_grad();
            int part = Math.Min(MostAtOnce, count - first);
            float[] noise = new float[part * generator.LatentSize];
            GaussianNoise.Fill(seed, (ulong)first, generator.LatentSize, noise);
            Tensor? label = labels.Length == 0 ? null : tensor(labels[first..(first + part)], device: device);
            Tensor generated = toUnits(generator.call(tensor(noise, [part, generator.LatentSize], device: device), label));
            generated.cpu().contiguous().data<float>().CopyTo(samples.AsSpan(first * size));
        }
        return samples;
    }
}
