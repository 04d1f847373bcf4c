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
    /// <summary>Largest difference of a logit in a batch; where the logits are large, as a share of the largest.</summary>
    public double Difference(OnnxRun run, int batch)
    {
        var format = context.Format;
        var network = new float[batch * format.Size];
        GaussianNoise.Fill(SeedStream.Derive(seed, "export verification", (ulong)batch), 0, (int)format.Size, network);
        var data = network.Select((number, i) => Math.Clamp(number, -1, 1) * Units.At(format, i).Scale + Units.At(format, i).Shift).ToArray();
        network = [.. data.Select((number, i) => Units.At(format, i) is var (scale, shift) && scale == 0 ? 0 : (number - shift) / scale)];
        long[]? labels = discriminator.Label is null ? null : [.. Enumerable.Range(0, batch).Select(i => (long)(i % context.ClassNames.Count))];
        (string, Array)[] inputs = [(names.Sample, data), .. labels is null ? Array.Empty<(string, Array)>() : [(names.Label, labels)]];

        var (logits, classes) = Network(network, labels, batch);
        var worst = Difference(run.Run(names.Logit, batch, inputs), logits);
        return classes is null ? worst : Math.Max(worst, Difference(run.Run(names.ClassLogits, batch, inputs), classes));
    }

    private static double Difference(float[] found, float[] expected) => found.Length == expected.Length
        ? ParityVerification.Largest(found.Zip(expected, (a, b) => (double)Math.Abs(a - b))) / ParityVerification.Largest(
            expected.Select(logit => Math.Abs((double)logit)).Append(1))
        : double.PositiveInfinity;

    private (float[] Logits, float[]? Classes) Network(float[] samples, long[]? labels, int batch) => ParityVerification.InEvaluation(discriminator, () =>
    {
        var device = discriminator.parameters().First().device;
        var verdict = discriminator.call(tensor(samples, [batch, .. context.Format.Shape], device: device), labels is null
            ? null : tensor(labels, device: device));
        return (Numbers(verdict.Realness), verdict.ClassLogits is { } classes ? Numbers(classes) : null);
    });

    private static float[] Numbers(Tensor tensor) => tensor.cpu().contiguous().data<float>().ToArray();
}
