namespace GanPipeline;

/// <summary>How far a stage is.</summary>
public abstract record StageProgress;

/// <summary>A part of the work, by number: samples that were generated, bytes that came, folds that were compared.</summary>
/// <param name="What">What is counted: <c>samples</c>, <c>classifiers</c>, or the name of a file whose bytes are counted.</param>
/// <param name="Done">How much is done.</param>
/// <param name="Total">How much there is.</param>
public sealed record WorkProgress(string What, long Done, long Total) : StageProgress;

/// <summary>How far training is; reported a few times a second at most, and at each row of <c>metrics.csv</c>.</summary>
/// <param name="Step">Steps that were taken, those before a resume included.</param>
/// <param name="TotalSteps">Steps of the whole run.</param>
/// <param name="StepsPerEpoch">Steps of an epoch.</param>
/// <param name="Epochs">Epochs of the whole run.</param>
public sealed record TrainingProgress(long Step, long TotalSteps, long StepsPerEpoch, int Epochs) : StageProgress
{
    /// <summary>The figures of the last row of <c>metrics.csv</c>, in the report that belongs to it; null in all others.</summary>
    public TrainingFigures? Figures { get; init; }

    /// <summary>Whether training begins with this report, or goes on where it was stopped.</summary>
    public bool Begins { get; init; }
}

/// <summary>Figures of training, means over the steps since the last.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="DiscriminatorLoss">Loss of the discriminator.</param>
/// <param name="GeneratorLoss">Loss of the generator.</param>
/// <param name="SamplesPerSecond">Real samples that were trained on in a second.</param>
public sealed record TrainingFigures(long Epoch, double DiscriminatorLoss, double GeneratorLoss, double SamplesPerSecond);

/// <summary>A stage within the one that was called is over: <see cref="Gan.Run"/> trains, exports, generates and evaluates.</summary>
/// <param name="Result">Its result: a <see cref="TrainResult"/>, an <see cref="ExportResult"/>, a <see cref="GenerateResult"/> ...</param>
public sealed record StageFinished(object Result) : StageProgress;
