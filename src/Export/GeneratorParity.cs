using GanPipeline.Primitives;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Export;

/// <summary>Compares a generator file's samples with the network's, on noise that the training never saw.</summary>
/// <param name="generator">The network.</param>
/// <param name="seed">Seed of the run, from which the noise is drawn.</param>
/// <param name="options">What the file is to be like.</param>
internal sealed class GeneratorParity(Generator generator, ulong seed, ExportOptions options)
{
    private readonly Lazy<double[]> _spreads = new(() => Deviation.Spreads(
        GeneratorBatch.Of(generator, seed, Deviation.Samples).Samples(generator, options.LatentScale), (int)generator.Format.Size));

    /// <summary>Differences on the network's own scale; for bytes, what is beyond their rounding.</summary>
    public ParityCheck Compare(OnnxRun run, int count)
    {
        var batch = GeneratorBatch.Of(generator, seed, count);
        var expected = batch.Samples(generator, options.LatentScale);
        var found = run.Run(options.Names.Sample, count, batch.Inputs(options.Names));
        if (found.Length != expected.Length)
        {
            return new ParityCheck(count, double.PositiveInfinity);
        }

        double[] differences = [.. found.Select((data, i) => Difference(data, expected[i], Units.At(generator.Format, i)))];
        return new ParityCheck(count, ParityVerification.Largest(differences)) { Deviation = Deviation.Mean(differences, _spreads.Value) };
    }

    /// <summary>
    /// Undoes the file's last steps. Where its scale is 0, it has forgotten what the network put out: then any constant is right, if it is the constant.
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
}
