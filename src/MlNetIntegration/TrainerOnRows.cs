using GanPipeline.Resampling;
using Microsoft.ML;

namespace GanPipeline.MlNet;

/// <summary>A trainer of ML.NET's, or a pipeline with one, as what methods are chosen for. It draws from its own context, whatever the seed.</summary>
/// <param name="task">How its models are read.</param>
/// <param name="trainer">The trainer; not for several threads at once.</param>
/// <param name="data">The real rows.</param>
/// <param name="weightColumn">The column that it takes weights from; null for none.</param>
internal sealed class TrainerOnRows(ClassTask task, IEstimator<ITransformer> trainer, LabelledView data, string? weightColumn) : IClassifierTrainer
{
    public string Name => FittedPredictor.Name(trainer.GetType());

    public IFittedClassifier Fit(LabelledRows rows, float[]? weights, ulong seed, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return new Fitted(task, Train(new WeightedRows(rows, weights)), data);
    }

    /// <summary>Fits the trainer on what a method made of rows.</summary>
    public ITransformer Train(WeightedRows resampled) => trainer.Fit(data.Made(resampled.Rows, weightColumn, resampled.Weights));

    private sealed class Fitted(ClassTask task, ITransformer model, LabelledView data) : IFittedClassifier
    {
        public float[] Probabilities(ReadOnlyMemory<float> rows)
        {
            LabelledRows asked = data.Rows with { Values = rows.ToArray(), Labels = new long[rows.Length / data.Rows.Columns] };
            return task.Scored(model, data.Made(asked), asked.ClassNames.Count).Probabilities;
        }

        public void Dispose() => (model as IDisposable)?.Dispose();
    }
}
