namespace GanPipeline.Evaluation.Features;

/// <summary>Whether generated samples show their classes, by classifiers of real ones, and how classifiers trained on generated ones do.</summary>
internal static class ClassMetrics
{
    /// <summary>
    /// Share of generated samples that a classifier trained on real data recognises as the class asked for. One that is right on 98 % of real data lets even
    /// perfect samples reach about 0.98 only.
    /// </summary>
    public static MetricDescriptor<FeatureComparison> ClassAccuracy { get; } = new("class-accuracy",
        "Generated samples recognised as the class asked for", "0 to 1", Better.Higher,
        "Shmelkov et al. 2018, How good is my GAN?, section 3 (GAN-test)",
        Breakdown.Classes, [FeatureNeeds.Classifier, FeatureNeeds.AskedClasses],
        (c, _) => Measurement.Accuracy(c.Generated.Labels!, c.Recognised!, c.ClassNames, count => $"{count} generated samples"));

    public static IReadOnlyList<MetricDescriptor<FeatureComparison>> All { get; } =
    [
        ClassAccuracy,
        // What the classifier predicts for generated samples is worth as much as this. Real samples that it was trained on say little.
        new("classifier-accuracy", "Real samples recognised by the classifier", "0 to 1", Better.Neither,
            "Shmelkov et al. 2018, How good is my GAN?, section 3 (GAN-base)",
            Breakdown.None, [FeatureNeeds.ClassifiedReal, FeatureNeeds.RealClasses],
            (c, _) => [Measurement.Accuracy(c.Real.Labels!, c.RealRecognised!, [], count => $"{count} {c.RealName} samples").First() with
            {
                Data = "real",
            }]),
        // Accuracy on real samples of a classifier that was trained on generated ones alone. It falls when samples are poor, of the wrong class, or too alike.
        new("classification-accuracy-score", "Accuracy on real samples of a classifier trained on generated ones", "0 to 1", Better.Higher,
            "Ravuri and Vinyals 2019, Classification accuracy score for conditional generative models",
            Breakdown.Classes, [Requirement<FeatureComparison>.That("classes on both sides", c => c.TrainOnGenerated is not null,
                "the generated samples have no classes to train on")], (c, _) => TrainedOnGenerated(c)),
        // Kullback-Leibler divergence of the shares of the classes recognised in generated samples from those of the real samples. A class that real samples
        // lack makes it infinite, which is left empty.
        new("class-divergence", "Divergence of the classes' shares", "0 and above, in nats", Better.Lower,
            "Metz et al. 2017, Unrolled generative adversarial networks, section 3.3.1",
            Breakdown.None, [FeatureNeeds.Classifier, FeatureNeeds.RealClasses], (c, _) => [Divergence(c)]),
        // For generators that choose the class themselves, and for sets of many classes such as stacked digits.
        new("classes-covered", "Classes that appear among the samples", "0 to the number of classes", Better.Higher,
            "Metz et al. 2017, Unrolled generative adversarial networks, section 3.3.1 (1000 classes of stacked digits)",
            Breakdown.None, [FeatureNeeds.Classifier],
            (c, _) => [new(c.Recognised!.Distinct().Count(), $"of {c.ClassNames.Count} classes, {c.Recognised!.Length} generated samples")]),
    ];

    private static IEnumerable<Measurement> TrainedOnGenerated(FeatureComparison sets)
    {
        SyntheticClassifier classifier = sets.TrainOnGenerated!();
        return Measurement.Accuracy(classifier.Actual, classifier.Predicted, sets.ClassNames,
            count => $"trained on {classifier.TrainedOn} generated, scored on {count} {sets.RealName} samples")
            .Where(m => m.Class.Length == 0 || double.IsFinite(m.Value)); // a class may have no real sample
    }

    private static Measurement Divergence(FeatureComparison sets)
    {
        double[] generated = Shares(sets.Recognised!), real = Shares(sets.Real.Labels!);
        return new Measurement(generated.Zip(real, (p, q) => p == 0 ? 0 : p * Math.Log(p / q)).Sum(),
            $"{sets.Recognised!.Length} generated against {sets.Real.Count} {sets.RealName} samples");

        double[] Shares(long[] labels)
        {
            double[] shares = new double[sets.ClassNames.Count];
            foreach (long label in labels) shares[label] += 1.0 / labels.Length;
            return shares;
        }
    }
}
