using CsvHelper.Configuration.Attributes;

namespace GanPipeline.Training.Metrics;

/// <summary>One row of <c>metrics.csv</c>: means over the steps since the row before.</summary>
internal sealed record MetricRow
{
    /// <summary>Epoch that the step belongs to, from 1.</summary>
    [Name("epoch")] public required long Epoch { get; init; }

    /// <summary>Steps taken when the row was written.</summary>
    [Name("step")] public required long Step { get; init; }

    /// <summary>Discriminator loss, penalties not included.</summary>
    [Name("d_loss")] public required float DiscriminatorLoss { get; init; }

    /// <summary>Generator loss.</summary>
    [Name("g_loss")] public required float GeneratorLoss { get; init; }

    /// <summary>D's output for real samples: the mean of sigmoid(logit), 0 to 1, or of its output where the objective makes that no probability.</summary>
    [Name("real_score")] public required float RealScore { get; init; }

    /// <summary>D's output for generated samples.</summary>
    [Name("fake_score")] public required float FakeScore { get; init; }

    /// <summary>Share of samples that D is right about, 0 to 1; of pairs, where the objective gives meaning to their order alone.</summary>
    [Name("d_accuracy")] public required float DiscriminatorAccuracy { get; init; }

    /// <summary>Share of real samples whose class D's class head finds, 0 to 1; empty without one.</summary>
    [Name("class_accuracy")] public float? ClassAccuracy { get; init; }

    /// <summary>Norm of D's gradient before clipping.</summary>
    [Name("d_gradient_norm")] public required float DiscriminatorGradient { get; init; }

    /// <summary>Norm of G's gradient before clipping.</summary>
    [Name("g_gradient_norm")] public required float GeneratorGradient { get; init; }

    /// <summary>D's step size at the next step.</summary>
    [Name("d_learning_rate")] public required double DiscriminatorLearningRate { get; init; }

    /// <summary>G's step size at the next step.</summary>
    [Name("g_learning_rate")] public required double GeneratorLearningRate { get; init; }

    /// <summary>The quality probe's figure; empty unless it was measured at this step.</summary>
    [Name("quality")] public double? Quality { get; init; }

    /// <summary>
    /// Mean distance from a sample to the nearest other one, relative to real samples: 1 is as varied as the data, 0 is collapsed. Empty unless it was measured
    /// at this step.
    /// </summary>
    [Name("diversity")] public double? Diversity { get; init; }

    /// <summary>Real samples that went through training per second, sample grids, measurements and checkpoints not counted.</summary>
    [Name("samples_per_second")] public required double SamplesPerSecond { get; init; }

    /// <summary>Resident memory of the process in MiB.</summary>
    [Name("resident_mib")] public required double ResidentMib { get; init; }
}
