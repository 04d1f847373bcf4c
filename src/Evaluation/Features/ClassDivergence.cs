using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Features;

/// <summary>
/// Kullback-Leibler divergence, in nats, of the shares of the classes recognised in generated samples from those of the real samples: 0 where each class
/// comes as often as in the data. A class that real samples lack makes it infinite, which is left empty.
/// </summary>
internal sealed class ClassDivergence : Metric<FeatureComparison>
{
    /// <inheritdoc/>
    public override string Name => "class-divergence";

    /// <inheritdoc/>
    public override string Title => "Divergence of the classes' shares";

    /// <inheritdoc/>
    public override string Paper => "Metz et al. 2017, Unrolled generative adversarial networks, section 3.3.1";

    /// <inheritdoc/>
    public override Better Better => Better.Lower;

    /// <inheritdoc/>
    public override string? Obstacle(FeatureComparison input) => input.Recognised is null || input.Real.Labels is null
        ? "there is no classifier of the real data's classes" : null;

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(FeatureComparison input)
    {
        double[] generated = Shares(input.Recognised!), real = Shares(input.Real.Labels!);
        double divergence = generated.Zip(real, (p, q) => p == 0 ? 0 : p * Math.Log(p / q)).Sum();
        return [Result(divergence, null, $"{input.Recognised!.Length} generated against {input.Real.Count} {input.RealName} samples")];

        double[] Shares(long[] labels)
        {
            double[] shares = new double[input.ClassNames.Count];
            foreach (long label in labels) shares[label] += 1.0 / labels.Length;
            return shares;
        }
    }
}
