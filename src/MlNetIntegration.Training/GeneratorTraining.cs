using GanPipeline.Primitives;

namespace GanPipeline.MlNet;

/// <summary>How Fit trains a generator.</summary>
public abstract record GeneratorTrainingOptions
{
    private protected GeneratorTrainingOptions()
    {
    }

    /// <summary>Training steps, at least 1, each on one batch.</summary>
    /// <exception cref="UserErrorException">It is out of its range; so for all others here.</exception>
    public int Steps { get; init => field = AtLeast(1, value, nameof(Steps)); }

    /// <summary>Rows in a batch, at least 2; all rows where there are fewer.</summary>
    public int BatchSize { get; init => field = AtLeast(2, value, nameof(BatchSize)); }

    /// <summary>Length of the latent vector, at least 1.</summary>
    public int LatentSize { get; init => field = AtLeast(1, value, nameof(LatentSize)); }

    /// <summary>Widths of the hidden layers of both networks: 1 to 64 layers, each 1 to 1000000 wide.</summary>
    public IReadOnlyList<int> Hidden
    {
        get;
        init => field = value is { Count: >= 1 and <= 64 } && value.All(width => width is >= 1 and <= 1_000_000) ? [.. value]
            : throw new UserErrorException($"{GetType().Name}.Hidden is [{string.Join(", ", value ?? [])}]; give 1 to 64 layers, each 1 to 1000000 wide");
    } = [];

    /// <summary>Adam's step size for both networks, above 0.</summary>
    public double LearningRate
    {
        get;
        init => field = value is > 0 and < double.PositiveInfinity ? value
            : throw new UserErrorException(FormattableString.Invariant($"{GetType().Name}.LearningRate is {value}; give a number above 0"));
    }

    /// <summary>Threads that libtorch computes with meanwhile, at least 1; small networks are fastest on one.</summary>
    public int Threads { get; init => field = AtLeast(1, value, nameof(Threads)); } = 1;

    /// <summary>Where the generator file is kept (each Fit replaces it); null keeps none.</summary>
    public string? SaveTo { get; init; }

    /// <summary>Ends the training, and with it Fit, by an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }

    private protected int AtLeast(int least, int value, string name) => value >= least ? value
        : throw new UserErrorException($"{GetType().Name}.{name} is {value}; give at least {least}");
}

/// <summary>
/// How <c>Resampler.Train</c> trains: a conditional GAN of two fully connected networks on the features of the fitted view, with all classes equally often in a
/// batch. By default 4000 steps on batches of 256, latent vectors of 16, hidden layers of 128 and 128, and steps of 1e-3.
/// </summary>
public sealed record GeneratorTraining : GeneratorTrainingOptions
{
    /// <summary>The defaults.</summary>
    public GeneratorTraining() => (Steps, BatchSize, LatentSize, Hidden, LearningRate) = (4000, 256, 16, [128, 128], 1e-3);
}

/// <summary>
/// How <c>Resampler.TrainTable</c> trains: as the preset <c>table</c> of <c>gan train</c>. By default 1000 steps on batches of 100, latent vectors of 64,
/// hidden layers of 256 and 256, and steps of 2e-4. What else the preset has is for <c>gan train</c>, whose file <c>Resampler.FromFile</c> takes.
/// </summary>
public sealed record TableTraining : GeneratorTrainingOptions
{
    /// <summary>The defaults.</summary>
    public TableTraining() => (Steps, BatchSize, LatentSize, Hidden, LearningRate) = (1000, 100, 64, [256, 256], 2e-4);

    /// <summary>
    /// A class of fewer rows than this is generated from its real rows, which the generator file then holds, as it does rows of the other classes: 0 to 100000.
    /// 0 keeps every real row out of the file and generates from noise alone, mostly less well.
    /// </summary>
    public int Anchors
    {
        get;
        init => field = value is >= 0 and <= 100_000 ? value
            : throw new UserErrorException($"TableTraining.Anchors is {value}; give a number from 0 (no real row becomes part of the generator) to 100000");
    } = 20_000;

    /// <summary>
    /// Whether columns that follow from others in all rows (sums, products, copies, a code and its name) are computed in generated rows; false generates
    /// them like any other.
    /// </summary>
    public bool Dependences { get; init; } = true;
}
