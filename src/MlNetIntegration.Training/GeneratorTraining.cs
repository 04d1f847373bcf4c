using GanPipeline.Primitives;

namespace GanPipeline.MlNet;

/// <summary>How <c>GeneratorSource.Train</c> trains: a conditional GAN of two fully connected networks on the features of the fitted view.</summary>
public sealed record GeneratorTraining
{
    /// <summary>Training steps, each on one batch that holds all classes equally often.</summary>
    public int Steps { get; init; } = 4000;

    /// <summary>Rows in a batch, at least 2.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Length of the latent vector.</summary>
    public int LatentSize { get; init; } = 16;

    /// <summary>Widths of the hidden layers of both networks.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [128, 128];

    /// <summary>Adam's step size for both networks.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Threads that libtorch computes with meanwhile; small networks are fastest on one.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Where the generator file is kept (each Fit replaces it); null keeps none.</summary>
    public string? SaveTo { get; init; }

    /// <summary>Ends the training, and with it Fit, by an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }

    internal void Validate()
    {
        if (Steps < 1)
            throw new UserErrorException($"GeneratorTraining.Steps is {Steps}; give at least 1");
        if (Threads < 1)
            throw new UserErrorException($"GeneratorTraining.Threads is {Threads}; give at least 1");
    }
}
