using GanPipeline.Primitives;
using TorchSharp;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Training.Runs;

/// <summary>Samples of a generator that is being trained, in the data's own units: those that its exported file would make from the same seed.</summary>
public static class SampleSource
{
    private const int MostAtOnce = 500;

    /// <summary>Makes samples with a generator in evaluation mode; classes take turns.</summary>
    public static (float[] Samples, long[] Labels) Draw(Generator generator, int count, ulong seed, Device device)
    {
        int size = (int)generator.Format.Size, classes = generator.ClassNames.Count;
        float[] samples = new float[(long)count * size];
        long[] labels = new long[classes == 0 ? 0 : count];
        for (int i = 0; i < labels.Length; i++) labels[i] = i % classes;
        for (int first = 0; first < count; first += MostAtOnce)
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGradient = no_grad();
            int part = Math.Min(MostAtOnce, count - first);
            float[] noise = new float[part * generator.LatentSize];
            GaussianNoise.Fill(seed, (ulong)first, generator.LatentSize, noise);
            Tensor? label = classes == 0 ? null : tensor(labels[first..(first + part)], device: device);
            Tensor made = generator.Format.ToDataUnits(generator.call(tensor(noise, [part, generator.LatentSize], device: device), label));
            made.cpu().contiguous().data<float>().CopyTo(samples.AsSpan(first * size));
        }
        return (samples, labels);
    }
}
