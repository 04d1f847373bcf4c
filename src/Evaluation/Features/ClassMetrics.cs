using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Features;

/// <summary>Whether generated samples show their classes, by classifiers of real ones, and what classifiers learn from generated ones.</summary>
internal static class ClassMetrics
{
    /// <summary>
    /// Share of generated samples that a classifier trained on real data recognises as the class asked for. One that is right on 98 % of real data lets even
    /// perfect samples reach about 0.98 only.
    /// </summary>
    public static MetricDescriptor<FeatureComparison> ClassAccuracy { get; } = new()
    {
        Name = "class-accuracy",
        Title = "Generated samples recognised as the class asked for",
        Range = "0 to 1",
        Better = Better.Higher,
        Paper = "Shmelkov et al. 2018, How good is my GAN?, section 3 (GAN-test)",
        By = Breakdown.Classes,
        Needs = [FeatureNeeds.Classifier, FeatureNeeds.AskedClasses],
        Numbers = (c, _) => Measurement.Accuracy(c.Generated.Labels!, c.Recognised!, c.ClassNames, count => $"{count} generated samples"),
    };

    public static IReadOnlyList<MetricDescriptor<FeatureComparison>> All { get; } =
    [
        ClassAccuracy,
        // What the classifier predicts for generated samples is worth as much as this. Real samples that it was trained on say little.
        new()
        {
            Name = "classifier-accuracy",
            Title = "Real samples recognised by the classifier",
            Range = "0 to 1",
            Better = Better.Neither,
            Paper = "Shmelkov et al. 2018, How good is my GAN?, section 3 (GAN-base)",
            Needs = [FeatureNeeds.ClassifiedReal, FeatureNeeds.RealClasses],
            Numbers = (c, _) => [Measurement.Accuracy(c.Real.Labels!, c.RealRecognised!, [], count => $"{count} {c.RealName} samples").First() with
            {
                Data = "real",
            }],
        },
        // Accuracy on real samples of a classifier that was trained on generated ones alone. It falls when samples are poor, of the wrong class, or too alike.
        new()
        {
            Name = "classification-accuracy-score",
            Title = "Accuracy on real samples of a classifier trained on generated ones",
            Range = "0 to 1",
            Better = Better.Higher,
            Paper = "Ravuri and Vinyals 2019, Classification accuracy score for conditional generative models",
            By = Breakdown.Classes,
            Needs = [Requirement<FeatureComparison>.That("classes on both sides", c => c.TrainOnGenerated is not null,
                "the generated samples have no classes to learn")],
            Numbers = (c, _) => TrainedOnGenerated(c),
        },
        // Kullback-Leibler divergence of the shares of the classes recognised in generated samples from those of the real samples. A class that real samples
        // lack makes it infinite, which is left empty.
        new()
        {
            Name = "class-divergence",
            Title = "Divergence of the classes' shares",
            Range = "0 and above, in nats",
            Better = Better.Lower,
            Paper = "Metz et al. 2017, Unrolled generative adversarial networks, section 3.3.1",
            Needs = [FeatureNeeds.Classifier, FeatureNeeds.RealClasses],
            Numbers = (c, _) => [Divergence(c)],
        },
        // For generators that choose the class themselves, and for sets of many classes such as stacked digits.
        new()
        {
            Name = "classes-covered",
            Title = "Classes that appear among the samples",
            Range = "0 to the number of classes",
            Better = Better.Higher,
            Paper = "Metz et al. 2017, Unrolled generative adversarial networks, section 3.3.1 (1000 classes of stacked digits)",
            Needs = [FeatureNeeds.Classifier],
            Numbers = (c, _) => [new(c.Recognised!.Distinct().Count(), $"of {c.ClassNames.Count} classes, {c.Recognised!.Length} generated samples")],
        },
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
