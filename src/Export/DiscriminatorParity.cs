using GanPipeline.Primitives;
using GanPipeline.Training.Networks;
using static TorchSharp.torch;

namespace GanPipeline.Export;

/// <summary>Compares a discriminator file's logits with the network's, on random samples.</summary>
/// <param name="discriminator">The network.</param>
/// <param name="context">What it was built for.</param>
/// <param name="seed">Seed of the run, from which the samples are drawn.</param>
/// <param name="names">Names of the file's inputs and outputs.</param>
internal sealed class DiscriminatorParity(Discriminator discriminator, NetworkContext context, ulong seed, PortNames names)
{
    private IReadOnlyList<double[]>? _spreads;

    /// <summary>Largest difference of a logit in a batch; where the logits are large, as a share of the largest.</summary>
    public ParityCheck Compare(OnnxRun run, int count)
    {
        var batch = Batch(count);
        var expected = Logits(batch);
        string[] outputs = discriminator.ClassHead is null ? [names.Logit] : [names.Logit, names.ClassLogits];
        (string, Array)[] inputs = [(names.Sample, batch.Data), .. batch.Labels is { } labels ? [(names.Label, labels)] : Array.Empty<(string, Array)>()];
        var found = run.Run(outputs, count, inputs).Cast<float[]>().ToList();
        if (!found.Select(logits => logits.Length).SequenceEqual(expected.Select(logits => logits.Length)))
        {
            return new ParityCheck(count, double.PositiveInfinity);
        }

        _spreads ??= [.. Logits(Batch(Deviation.Samples)).Select(logits => Deviation.Spreads(logits, logits.Length / Deviation.Samples))];
        var differences = found.Zip(expected, (a, b) => a.Zip(b, (x, y) => (double)Math.Abs(x - y)).ToArray()).ToList();
        var sizes = expected.Select(logits => ParityVerification.Largest(logits.Select(logit => Math.Abs((double)logit)).Append(1)));
        return new ParityCheck(count, differences.Zip(sizes, (all, size) => ParityVerification.Largest(all) / size).Max())
        {
            Deviation = differences.Zip(_spreads, Deviation.Mean).Max(),
        };
    }

    /// <summary>Random samples in the data's units and in the network's, and their classes in turn.</summary>
    private (float[] Data, float[] Network, long[]? Labels) Batch(int count)
    {
        var format = context.Format;
        var network = new float[count * format.Size];
        GaussianNoise.Fill(SeedStream.Derive(seed, "export verification", (ulong)count), 0, (int)format.Size, network);
        var data = network.Select((number, i) => Math.Clamp(number, -1, 1) * Units.At(format, i).Scale + Units.At(format, i).Shift).ToArray();
        return (data, [.. data.Select((number, i) => Units.At(format, i) is var (scale, shift) && scale == 0 ? 0 : (number - shift) / scale)],
            discriminator.Label is null ? null : [.. Enumerable.Range(0, count).Select(i => (long)(i % context.ClassNames.Count))]);
    }

    /// <summary>The network's logits: of being real and, with such a head, of the classes.</summary>
    private IReadOnlyList<float[]> Logits((float[] Data, float[] Network, long[]? Labels) batch)
    {
        var count = batch.Network.Length / context.Format.Size;
        return count == 0 ? [.. Enumerable.Repeat(Array.Empty<float>(), discriminator.ClassHead is null ? 1 : 2)]
            : ParityVerification.InEvaluation(discriminator, IReadOnlyList<float[]> () =>
        {
            var device = discriminator.parameters().First().device;
            var output = discriminator.call(tensor(batch.Network, [count, .. context.Format.Shape], device: device), batch.Labels is null
                ? null : tensor(batch.Labels, device: device));
            return output.ClassLogits is { } classes ? [Numbers(output.Realness), Numbers(classes)] : [Numbers(output.Realness)];
        });
    }

    private static float[] Numbers(Tensor tensor) => tensor.cpu().contiguous().data<float>().ToArray();
}
