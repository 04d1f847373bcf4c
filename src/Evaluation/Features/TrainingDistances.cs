namespace GanPipeline.Evaluation.Features;

/// <summary>How far generated samples, and real ones that training never saw, are from their nearest training sample.</summary>
/// <param name="Generated">[n] nearest training sample of each of some generated samples.</param>
/// <param name="HeldOut">[m] the same for samples held out.</param>
/// <param name="TrainingCount">Number of training samples that were looked through.</param>
internal sealed record TrainingDistances(Neighbour[] Generated, Neighbour[] HeldOut, int TrainingCount)
{
    /// <summary>Samples of each kind that are looked up at most: all training samples are looked through for each.</summary>
    private const int MostQueries = 2000;

    public string Sizes => $"{Generated.Length} generated and {HeldOut.Length} held-out against {TrainingCount} training samples";

    public static TrainingDistances Of(FeatureComparison sets) => new(
        Nearest(sets.Generated.Shuffled(sets.Seed, "nearest training", MostQueries), sets.Training!.Value),
        Nearest(sets.HeldOut!.Value.Shuffled(sets.Seed, "nearest training", MostQueries), sets.Training.Value), sets.Training.Value.Count);

    private static Neighbour[] Nearest(FeatureSet from, FeatureSet training) => Array.ConvertAll(Distances.Nearest(from, training, 1), n => n[0]);
}
