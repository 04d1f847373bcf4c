using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Features;

/// <summary>
/// Share of generated samples that a classifier trained on real data recognises as the class asked for, of all and of each class. A classifier that is right on
/// 98 % of real data lets even perfect samples reach about 0.98 only.
/// </summary>
internal sealed class ClassAccuracy : Metric<FeatureComparison>
{
    /// <inheritdoc/>
    public override string Name => "class-accuracy";

    /// <inheritdoc/>
    public override string Title => "Generated samples recognised as the class asked for";

    /// <inheritdoc/>
    public override string Paper => "Shmelkov et al. 2018, How good is my GAN?, section 3 (GAN-test)";

    /// <inheritdoc/>
    public override Better Better => Better.Higher;

    /// <inheritdoc/>
    public override string? Obstacle(FeatureComparison input) => input.Recognised is null ? "there is no classifier of the real data's classes"
        : input.Generated.Labels is null ? "the generated samples come without the classes that they were asked for" : null;

    /// <inheritdoc/>
    public override IEnumerable<MetricResult> Measure(FeatureComparison input)
    {
        long[] asked = input.Generated.Labels!, recognised = input.Recognised!;
        yield return Share("", Enumerable.Range(0, asked.Length));
        for (int c = 0; c < input.ClassNames.Count; c++)
        {
            int label = c;
            yield return Share(input.ClassNames[c], Enumerable.Range(0, asked.Length).Where(i => asked[i] == label));
        }

        MetricResult Share(string part, IEnumerable<int> places)
        {
            double[] hits = [.. places.Select(i => asked[i] == recognised[i] ? 1.0 : 0.0)];
            string sample = $"{hits.Length} generated samples";
            return hits.Length == 0 ? Result(double.NaN, null, sample, part)
                : Result(hits.Average(), Bootstrap.OfMean(hits, input.Seed, $"{Name} {part}"), sample, part);
        }
    }
}
