using CsvHelper.Configuration.Attributes;

namespace GanPipeline.Training.Metrics;

/// <summary>One row of <c>metrics.csv</c>: means over the steps since the row before.</summary>
public sealed record MetricRow
{
    /// <summary>Epoch that the step belongs to, from 1.</summary>
    [Name("epoch")] public required long Epoch { get; init; }

    /// <summary>Steps taken when the row was written.</summary>
    [Name("step")] public required long Step { get; init; }

    /// <summary>Discriminator loss, penalties not included.</summary>
    [Name("d_loss")] public required float DiscriminatorLoss { get; init; }

    /// <summary>Generator loss.</summary>
    [Name("g_loss")] public required float GeneratorLoss { get; init; }

    /// <summary>Mean of sigmoid(logit) on real samples, 0 to 1.</summary>
    [Name("real_score")] public required float RealScore { get; init; }

    /// <summary>Mean of sigmoid(logit) on generated samples, 0 to 1.</summary>
    [Name("fake_score")] public required float FakeScore { get; init; }

    /// <summary>Real samples that went through training per second, sample grids and checkpoints not counted.</summary>
    [Name("samples_per_second")] public required double SamplesPerSecond { get; init; }

    /// <summary>Resident memory of the process in MiB.</summary>
    [Name("resident_mib")] public required double ResidentMib { get; init; }
}
