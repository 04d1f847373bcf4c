using GanPipeline.Tables;

namespace GanPipeline.Resampling;

/// <summary>A classifier that sees all columns of encoded rows: those, too, that are computed from others and are no part of the code.</summary>
internal sealed class AllColumns : IClassifierTrainer
{
    private readonly IClassifierTrainer _trainer;
    private readonly ComputedNumbers _numbers;

    private AllColumns(IClassifierTrainer trainer, TableCodec codec) => (_trainer, _numbers) = (trainer, new ComputedNumbers(codec));

    /// <inheritdoc/>
    public string Name => _trainer.Name;

    /// <summary>The classifier for rows of a code; the same where it computes no column, or the rows are no table's.</summary>
    public static IClassifierTrainer Of(IClassifierTrainer trainer, TableCodec? codec) =>
        codec is { Derived.Count: > 0 } ? new AllColumns(trainer, codec) : trainer;

    /// <inheritdoc/>
    public IFittedClassifier Fit(LabelledRows rows, float[]? weights, ulong seed, CancellationToken stop) =>
        new Fitted(_trainer.Fit(rows with { Values = _numbers.Appended(rows.Values), Columns = _numbers.Width }, weights, seed, stop), _numbers);

    private sealed class Fitted(IFittedClassifier classifier, ComputedNumbers numbers) : IFittedClassifier
    {
        public float[] Probabilities(ReadOnlyMemory<float> rows) => classifier.Probabilities(numbers.Appended(rows));

        public void Dispose() => classifier.Dispose();
    }
}
