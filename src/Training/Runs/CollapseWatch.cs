using System.Globalization;
using GanPipeline.Training.Data;
using TorchSharp;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Training.Runs;

/// <summary>
/// Watches for mode collapse: how far apart the samples of one fixed set of latents are, relative to as many real samples. 1 is as varied as the data; samples
/// that look alike come near 0.
/// </summary>
internal sealed class CollapseWatch : IDisposable
{
    private const int Most = 256;
    private const double Alarm = 0.25;

    private readonly Tensor _noise;
    private readonly Tensor? _labels;
    private readonly double _realSpread, _realNearest;
    private bool _warned;

    /// <summary>Fixes the latents, and measures the real samples.</summary>
    public CollapseWatch(RunOptions options, Dataset data, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        int count = (int)Math.Min(Most, data.Count);
        Tensor index = Held.Range(0, count, int64).Times(data.Count / count);
        (_realSpread, _realNearest) = Distances(data.Batch(index));
        _labels = options.Conditional ? data.Labels?.index_select(0, index).to(device).DetachFromDisposeScope() : null;
        int latent = options.GeneratorContext(data.ClassNames, data.Format, device).LatentSize;
        float[] noise = new float[count * latent];
        GaussianNoise.Fill(SeedStream.Derive(options.Seed, "collapse watch"), 0, latent, noise);
        _noise = tensor(noise, [count, latent], device: device).DetachFromDisposeScope();
    }

    /// <summary>Looks at a generator in evaluation mode.</summary>
    /// <returns>
    /// The mean distance of a sample to the nearest other one, relative to real samples; and a warning when either that or the mean distance of all pairs has
    /// just fallen below a quarter.
    /// </returns>
    public (double Diversity, string? Warning) Look(Generator generator)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        (double spread, double nearest) = Distances(generator.call(_noise, _labels));
        (double diversity, double width) = (Ratio(nearest, _realNearest), Ratio(spread, _realSpread));
        bool collapsed = diversity < Alarm || width < Alarm;
        string? warning = collapsed && !_warned ? string.Create(CultureInfo.InvariantCulture,
            $"the samples look alike (a sample's nearest neighbour is at {diversity:P0} of the distance that real ones have, all pairs at {width:P0}): mode " +
                $"collapse, or too early to say") : null;
        _warned = collapsed;
        return (diversity, warning);
    }

    private static double Ratio(double generated, double real) => real > 0 ? generated / real : 1;

    /// <summary>Mean distance of all pairs, and mean distance to the nearest other sample.</summary>
    private static (double Spread, double Nearest) Distances(Tensor samples)
    {
        Tensor flat = samples.flatten(1).cpu();
        long count = flat.shape[0];
        if (count < 2) return (0, 0);
        Tensor distances = cdist(flat, flat);
        Tensor others = distances.Plus(eye(count).Times(float.MaxValue));
        return (distances.sum().item<float>() / (count * (count - 1.0)), others.min(1).values.mean().item<float>());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _noise.Dispose();
        _labels?.Dispose();
    }
}
