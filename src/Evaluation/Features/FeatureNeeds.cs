namespace GanPipeline.Evaluation.Features;

/// <summary>What metrics over feature vectors need.</summary>
internal static class FeatureNeeds
{
    private const string NoClassifier = "there is no classifier of the real data's classes";

    public static Requirement<FeatureComparison> Classifier { get; } = That("a classifier of the real classes", c => c.Recognised is not null, NoClassifier);

    public static Requirement<FeatureComparison> ClassifiedReal { get; } =
        That("a classifier of the real classes", c => c.RealRecognised is not null, NoClassifier);

    public static Requirement<FeatureComparison> RealClasses { get; } = That("real classes", c => c.Real.Labels is not null, NoClassifier);

    public static Requirement<FeatureComparison> AskedClasses { get; } = That("classes asked for", c => c.Generated.Labels is not null,
        "the generated samples come without the classes that they were asked for");

    public static Requirement<FeatureComparison> Classes { get; } = That("classes on both sides",
        c => c.ClassNames.Count > 0 && c.Generated.Labels is not null && c.Real.Labels is not null, "the samples have no classes");

    public static Requirement<FeatureComparison> TrainingAndHeldOut { get; } = That("training and held-out samples",
        c => c.Training is not null && c.HeldOut is not null, "the training samples or held-out ones are not known");

    /// <summary>So many samples on each side.</summary>
    public static Requirement<FeatureComparison> Samples(int fewest) => new($"{fewest} samples on each side", c =>
        Fewest(c) >= fewest ? null : $"it needs at least {fewest} samples on each side, and one has {Fewest(c)}");

    /// <summary>The number of samples of the smaller side.</summary>
    public static int Fewest(FeatureComparison sets) => Math.Min(sets.Generated.Count, sets.Real.Count);

    private static Requirement<FeatureComparison> That(string name, Func<FeatureComparison, bool> met, string reason) =>
        Requirement<FeatureComparison>.That(name, met, reason);
}
