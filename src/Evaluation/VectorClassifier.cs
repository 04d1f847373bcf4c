using GanPipeline.Primitives;
using GanPipeline.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Evaluation;

/// <summary>How a <see cref="VectorClassifier"/> is trained.</summary>
internal sealed record VectorClassifierOptions
{
    /// <summary>Decides the initial weights and the order of the rows.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// Batches of 128 rows to learn from. A number of steps, not of passes, so that classifiers of a small and of an up-sampled set get equal training.
    /// </summary>
    public int Steps { get; init; } = 1500;
}

/// <summary>
/// A small fully connected classifier for points, table rows or feature vectors. Trained once on a set as it is and once on the set up-sampled, it shows
/// what the up-sampling is worth. It computes on the CPU, and is not for use by several threads at once.
/// </summary>
internal sealed class VectorClassifier : IDisposable
{
    private const double LearningRate = 5e-3;
    private readonly VectorNetwork _network;
    private readonly int _columns;
    private readonly float[] _logShares;

    private VectorClassifier(VectorNetwork network, int columns, float[] logShares) => (_network, _columns, _logShares) = (network, columns, logShares);

    /// <summary>Number of classes.</summary>
    public int Classes => _logShares.Length;

    /// <summary>Trains a classifier. The same arguments and number of threads give the same one to the bit.</summary>
    /// <param name="rows">[N, columns], finite; N at least 1.</param>
    /// <param name="columns">Values in a row.</param>
    /// <param name="labels">[N] class indices.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="options">Seed and length of the training.</param>
    /// <param name="progress">Hears the share of the training done, 0 to 1.</param>
    /// <param name="cancellation">Ends the training.</param>
    /// <exception cref="UserErrorException">There are no rows, a value is not finite, or a label is outside the classes.</exception>
    /// <exception cref="ArgumentException">Rows, columns and labels do not fit together.</exception>
    public static VectorClassifier Train(ReadOnlySpan<float> rows, int columns, ReadOnlySpan<long> labels, int classes, VectorClassifierOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new VectorClassifierOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (rows.IsEmpty) throw new UserErrorException("there are no rows to train the classifier on.");
        using var state = new LibtorchState();
        using DisposeScope scope = NewDisposeScope();
        Tensor inputs = Rows(rows, columns);
        ClassLabels.CheckCount(labels.Length, inputs.shape[0]);
        ClassLabels.Check(labels, classes);

        manual_seed((long)SeedStream.Derive(options.Seed, "classifier weights"));
        Tensor mean = inputs.mean([0]), deviation = (inputs - mean).Squared().mean([0]).sqrt();
        deviation = deviation.Plus(deviation.eq(Held.Zero).to_type(float32)); // a constant column stays as it is
        var classifier = new VectorClassifier(new VectorNetwork(mean, deviation, classes), columns, LogShares(labels, classes));
        try
        {
            SupervisedFit.Run(classifier._network, inputs, tensor(labels.ToArray()), options.Steps, LearningRate, options.Seed, progress, cancellation);
        }
        catch
        {
            classifier.Dispose();
            throw;
        }
        return classifier;
    }

    /// <summary>The most likely class of each row.</summary>
    /// <param name="rows">[N, columns], finite.</param>
    /// <param name="balanced">
    /// Whether all classes are taken as equally likely beforehand, whatever their shares of the training rows: the logarithm of its share is taken off each
    /// class's logit (Menon et al. 2021, "Long-tail learning via logit adjustment", section 4.1).
    /// </param>
    /// <returns>[N] class indices.</returns>
    /// <exception cref="UserErrorException">A value is not finite.</exception>
    public long[] Predict(ReadOnlySpan<float> rows, bool balanced = false)
    {
        if (rows.IsEmpty) return [];
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor logits = _network.call(Rows(rows, _columns));
        return (balanced ? logits - tensor(_logShares) : logits).argmax(1).data<long>().ToArray();
    }

    /// <summary>The probability of each class for each row.</summary>
    /// <param name="rows">[N, columns], finite.</param>
    /// <returns>[N, classes], row-major.</returns>
    /// <exception cref="UserErrorException">A value is not finite.</exception>
    public float[] Probabilities(ReadOnlySpan<float> rows)
    {
        if (rows.IsEmpty) return [];
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        return _network.call(Rows(rows, _columns)).softmax(1).contiguous().data<float>().ToArray();
    }

    /// <summary>Predicts rows and scores the predictions.</summary>
    /// <param name="rows">[N, columns], finite; N at least 1.</param>
    /// <param name="labels">[N] class indices as they are.</param>
    public ClassificationScores Score(ReadOnlySpan<float> rows, ReadOnlySpan<long> labels) => ClassificationScores.Of(labels, Predict(rows), Classes);

    /// <summary>The logarithm of each class's share of the rows; one without rows is taken to have one.</summary>
    private static float[] LogShares(ReadOnlySpan<long> labels, int classes)
    {
        int[] counts = new int[classes];
        foreach (long label in labels) counts[label]++;
        float all = labels.Length;
        return [.. counts.Select(count => MathF.Log(Math.Max(1, count) / all))];
    }

    private static Tensor Rows(ReadOnlySpan<float> rows, int columns)
    {
        if (rows.Length % columns != 0) throw new ArgumentException($"{rows.Length} values are no whole rows of {columns}.", nameof(rows));
        for (int i = 0; i < rows.Length; i++)
            if (!float.IsFinite(rows[i]))
                throw new UserErrorException($"row {i / columns}, column {i % columns}: {rows[i]} is not a finite number; remove or repair the row.");
        return tensor(rows.ToArray(), [rows.Length / columns, columns]);
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
