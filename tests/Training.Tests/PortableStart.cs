using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using GanPipeline.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

/// <summary>A state before the first step with the weights of scripts/traces/portable.py: by shape and order of the parameters alone.</summary>
internal static class PortableStart
{
    public static Checkpoint Of(Checkpoint untrained, RunOptions options)
    {
        CheckpointHeader header = untrained.Header;
        using DisposeScope scope = NewDisposeScope();
        using FlatNetwork generator = new(options.Generator.Build(options.GeneratorContext(header.ClassNames, header.Format, CPU)));
        using FlatNetwork discriminator = new(options.Discriminator.Build(options.DiscriminatorContext(header.ClassNames, header.Format, CPU)));
        (float[] g, float[] d) = (Weights(generator, PortableNumbers.Generator), Weights(discriminator, PortableNumbers.Discriminator));
        (float[] left, float[] right) = untrained.Tensors.ContainsKey("discriminator.spectral.left") ? SingularVectors(discriminator, d) : ([], []);
        return new Checkpoint(header, untrained.Tensors.Select(t => (t.Key, t.Key switch
        {
            "generator.parameters" or Checkpoint.SamplerParameters => tensor(g),
            "discriminator.parameters" or "discriminator.spectral.weights" => tensor(d),
            "discriminator.spectral.left" => tensor(left),
            "discriminator.spectral.right" => tensor(right),
            _ => tensor(t.Value),
        })));
    }

    private static float[] Weights(FlatNetwork network, ulong stream)
    {
        var all = new List<float>();
        double? inputs = null;
        foreach ((string name, long[] shape) in network.Layout)
        {
            int count = (int)shape.Aggregate(1L, (a, b) => a * b);
            if (shape.Length > 1) inputs = count / shape[0];
            else if (name.EndsWith("weight", StringComparison.Ordinal)) inputs = null;
            all.AddRange(inputs is { } n ? PortableNumbers.Weights(stream, count, n)
                : Enumerable.Repeat(name.EndsWith("weight", StringComparison.Ordinal) ? 1f : 0f, count));
            stream++;
        }
        return [.. all];
    }

    private static (float[] Left, float[] Right) SingularVectors(FlatNetwork network, float[] weights)
    {
        List<float> left = [], right = [];
        int at = 0;
        foreach ((_, long[] shape) in network.Layout)
        {
            int count = (int)shape.Aggregate(1L, (a, b) => a * b), rows = (int)shape[0];
            if (shape.Length > 1)
            {
                Tensor u = tensor(Array.ConvertAll(PortableNumbers.Uniform(PortableNumbers.Uniforms + 1, left.Count, rows), v => (float)v));
                u /= u.norm(2f);
                Tensor v = mv(tensor(weights[at..(at + count)], [rows, count / rows]).t(), u);
                left.AddRange(u.data<float>().ToArray());
                right.AddRange((v / v.norm(2f)).data<float>().ToArray());
            }
            at += count;
        }
        return ([.. left], [.. right]);
    }
}
