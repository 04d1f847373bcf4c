using GanPipeline.Resampling;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.Evaluation.Classifiers;

/// <summary>
/// Trains one of ML.NET's classifiers of several classes on one thread, so that the same rows and seed give the same classifier to the bit. Classes without a
/// row are kept from it, and have a probability of 0.
/// </summary>
internal abstract class MlNetTrainer : IClassifierTrainer
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    /// <exception cref="UserErrorException">There are no rows, a value is not finite, or a label is outside the classes.</exception>
    /// <exception cref="ArgumentException">Rows, columns, labels and weights do not fit together.</exception>
    public IFittedClassifier Fit(LabelledRows rows, float[]? weights, ulong seed, CancellationToken stop)
    {
        ClassifierRow.Check(rows.Values, rows.Columns);
        ClassLabels.CheckCount(rows.Labels.Length, rows.Values.Length / rows.Columns);
        ClassLabels.Check(rows.Labels, rows.ClassNames.Count);
        if (rows.Count == 0) throw new UserErrorException("there are no rows to train the classifier on.");
        if (weights is not null && weights.Length != rows.Count) throw new ArgumentException($"there are {weights.Length} weights for {rows.Count} rows.");
        long[] present = [.. rows.Labels.Distinct().Order()];
        if (present.Length == 1) return new MlNetClassifier(null, null, present, rows.ClassNames.Count, rows.Columns); // which ML.NET refuses

        int mlSeed = (int)(seed % int.MaxValue);
        var ml = new MLContext(mlSeed);
        uint[] keys = Array.ConvertAll(rows.Labels, label => (uint)Array.BinarySearch(present, label));
        stop.ThrowIfCancellationRequested(); // the training itself, a matter of seconds, cannot be ended
        ITransformer model = Estimator(ml, mlSeed, present.Length).Fit(ClassifierRow.View(ml, rows.Values, rows.Columns, present.Length, keys, weights));
        return new MlNetClassifier(ml, model, present, rows.ClassNames.Count, rows.Columns);
    }

    /// <summary>
    /// The estimator, over the columns of <see cref="ClassifierRow"/>; its scores are the probabilities of all classes, or of two classes it gives that of
    /// class 1 as ML.NET's binary trainers do.
    /// </summary>
    /// <param name="ml">Where it is trained.</param>
    /// <param name="seed">Seed of what is random about it.</param>
    /// <param name="classes">Classes that have rows, at least two.</param>
    protected abstract IEstimator<ITransformer> Estimator(MLContext ml, int seed, int classes);
}

/// <summary>A classifier that ML.NET trained.</summary>
/// <param name="ml">Where it was trained; null for a classifier of one class.</param>
/// <param name="model">What was trained; null for a classifier of one class.</param>
/// <param name="present">The classes that it was trained on, ascending.</param>
/// <param name="classes">Number of classes, also those without a row.</param>
/// <param name="columns">Numbers in a row.</param>
internal sealed class MlNetClassifier(MLContext? ml, ITransformer? model, long[] present, int classes, int columns) : IFittedClassifier
{
    /// <inheritdoc/>
    /// <exception cref="UserErrorException">A value is not finite.</exception>
    public float[] Probabilities(ReadOnlyMemory<float> rows)
    {
        ClassifierRow.Check(rows.Span, columns);
        Int128 count = (Int128)(rows.Length / columns) * classes;
        float[] probabilities = new float[ArrayLimit.Check(count, $"probabilities of {classes} classes", "take fewer rows")];
        if (model is null)
        {
            for (int at = (int)present[0]; at < probabilities.Length; at += classes) probabilities[at] = 1;
            return probabilities;
        }
        IDataView scored = model.Transform(ClassifierRow.View(ml!, rows, columns, present.Length));
        int row = 0;
        if (scored.Schema.GetColumnOrNull("Probability") is not null)
        {
            foreach (float probability in scored.GetColumn<float>("Probability"))
            {
                (probabilities[row * classes + present[0]], probabilities[row * classes + present[1]]) = (1 - probability, probability);
                row++;
            }
            return probabilities;
        }
        foreach (VBuffer<float> scores in scored.GetColumn<VBuffer<float>>("Score"))
        {
            foreach ((int key, float score) in scores.Items()) probabilities[row * classes + present[key]] = score;
            row++;
        }
        return probabilities;
    }

    /// <inheritdoc/>
    public void Dispose() => (model as IDisposable)?.Dispose();
}
