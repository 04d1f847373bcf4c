using GanPipeline.Tables;

namespace GanPipeline.Resampling;

/// <summary>A method of dealing with rare classes: the rows that a classifier is trained on, and how its probabilities are decided by.</summary>
/// <param name="Name">For people.</param>
/// <param name="Key">In files.</param>
/// <param name="Resample">Makes the training rows out of the real ones, by a seed.</param>
/// <param name="MovesThreshold">
/// Whether the classifier is asked as if all classes were equally frequent, which is free and often does what added rows do.
/// </param>
internal sealed record Method(string Name, string Key, Func<LabelledRows, ulong, CancellationToken, LabelledRows> Resample, bool MovesThreshold = false)
{
    /// <summary>The data as they are.</summary>
    public static Method Untouched { get; } = new("as it is", "untouched", (rows, _, _) => rows);

    /// <summary>The data as they are, with decisions as if all classes were equally frequent.</summary>
    public static Method MovedThreshold { get; } = Untouched with { Name = "moved threshold", Key = "moved threshold", MovesThreshold = true };

    /// <summary>The methods that cost nothing, the data as they are first.</summary>
    /// <param name="table">How the rows are encoded, where they are a table's; other rows have no SMOTE-NC.</param>
    public static IReadOnlyList<Method> Free(TableCodec? table)
    {
        Method[] methods = [Untouched, MovedThreshold, Of("random over-sampling", "repeated rows", new RandomOversampling())];
        return table is null ? methods : [.. methods, Of("SMOTE-NC", "SMOTE-NC", new Smote())];

        Method Of(string name, string key, IResampler resampler) => new(name, key, (rows, seed, _) =>
        {
            long[] wanted = rows.Lacking();
            return rows.Append(Oversampling.Of(rows, table, resampler, wanted, seed), wanted);
        });
    }

    /// <summary>Trains a classifier on rows that this method gave, and asks it for the classes of others.</summary>
    /// <param name="trainer">The classifier.</param>
    /// <param name="resampled">What <see cref="Resample"/> made.</param>
    /// <param name="others">[N, columns] real rows.</param>
    /// <param name="seed">Seed of the classifier.</param>
    /// <param name="stop">Ends the training.</param>
    /// <returns>[N] class indices.</returns>
    public long[] Predict(IClassifierTrainer trainer, LabelledRows resampled, ReadOnlyMemory<float> others, ulong seed, CancellationToken stop)
    {
        using IFittedClassifier classifier = trainer.Fit(resampled, null, seed, stop);
        return MovesThreshold ? classifier.PredictBalanced(others, resampled.ClassCounts()) : classifier.Predict(others, resampled.ClassNames.Count);
    }
}
