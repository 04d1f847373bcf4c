using GanPipeline.Primitives;
using GanPipeline.Training;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Export;

/// <summary>Compares a generator file's samples with the network's, on noise that the training never saw.</summary>
/// <param name="generator">The network.</param>
/// <param name="seed">Seed of the run, from which the noise is drawn.</param>
/// <param name="options">What the file is to be like.</param>
internal sealed class GeneratorParity(Generator generator, ulong seed, ExportOptions options)
{
    /// <summary>Largest absolute difference in a batch, on the network's own scale; for bytes, what is beyond their rounding.</summary>
    public double Difference(OnnxRun run, int batch)
    {
        var noise = new float[batch * generator.LatentSize];
        GaussianNoise.Fill(SeedStream.Derive(seed, "export verification", (ulong)batch), 0, generator.LatentSize, noise);
        long[]? labels = generator.Label is null ? null : [.. Enumerable.Range(0, batch).Select(i => (long)(i % generator.ClassNames.Count))];

        var expected = Network(noise, labels, batch);
        (string, Array)[] inputs = [(options.Names.Noise, noise), .. labels is null ? Array.Empty<(string, Array)>() : [(options.Names.Label, labels)]];
        var found = run.Run(options.Names.Sample, batch, inputs);
        return found.Length == expected.Length
            ? ParityVerification.Largest(found.Select((data, i) => Difference(data, expected[i], Units.At(generator.Format, i))))
            : double.PositiveInfinity;
    }

    /// <summary>
    /// Undoes the file's last steps. Where its scale is 0, it has forgotten what the network said: then any constant is right, if it is the constant.
    /// </summary>
    private double Difference(float data, float network, (float Scale, float Shift) units)
    {
        if (units.Scale == 0)
        {
            return data == units.Shift ? 0 : double.PositiveInfinity;
        }

        var cut = options.Clamp || options.Bytes ? Math.Clamp(network * (double)units.Scale + units.Shift, 0, 255)
            : network * (double)units.Scale + units.Shift;
        return Math.Max(0, Math.Abs(data - cut) - (options.Bytes ? 0.5 : 0)) / Math.Abs(units.Scale);
    }

    private float[] Network(float[] noise, long[]? labels, int batch) => ParityVerification.InEvaluation(generator, () =>
    {
        var device = generator.parameters().First().device;
        var latents = tensor(noise, [batch, generator.LatentSize], device: device).Times(options.LatentScale);
        return generator.call(latents, labels is null ? null : tensor(labels, device: device)).cpu().contiguous().data<float>().ToArray();
    });
}
