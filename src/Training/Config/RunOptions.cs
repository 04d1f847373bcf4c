using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using GanPipeline.Training.Optimization.Schedules;
using GanPipeline.Training.Regularizers;
using GanPipeline.Training.Updates;
using TorchSharp;

namespace GanPipeline.Training.Config;

/// <summary>Everything that makes a training run, as a preset states it. A preset holds only what differs from the defaults here.</summary>
internal sealed record RunOptions
{
    /// <summary>The system's name, as in the generator file's metadata (for example <c>mnist-cgan</c>).</summary>
    public string System { get; set; } = "";

    /// <summary>The one seed that makes the run; every random stream is derived from it.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>Where the samples come from.</summary>
    public DataOptions Data { get; set; } = new MissingDataOptions();

    /// <summary>Whether the networks are told the classes of data that have some; false trains an unconditional pair on them.</summary>
    public bool Conditional { get; set; } = true;

    /// <summary>Length of the latent vector z; its entries are standard normal.</summary>
    public int Latent { get; set; } = 100;

    /// <summary>The generator's network.</summary>
    public GeneratorOptions Generator { get; set; } = new MlpGeneratorOptions();

    /// <summary>The discriminator's network.</summary>
    public DiscriminatorOptions Discriminator { get; set; } = new MlpDiscriminatorOptions();

    /// <summary>Name of the objective, as registered (for example <c>non_saturating</c>).</summary>
    public string Objective { get; set; } = "non_saturating";

    /// <summary>In what order the two networks move.</summary>
    public UpdateOptions Update { get; set; } = new AlternatingOptions();

    /// <summary>Weights of the class terms, for a discriminator with a class head.</summary>
    public ClassLossOptions ClassLoss { get; set; } = new();

    /// <summary>Remedies for unstable training.</summary>
    public List<RegularizerOptions> Regularizers { get; set; } = [];

    /// <summary>Adam's settings for the generator.</summary>
    public AdamOptions GeneratorOptimizer { get; set; } = new();

    /// <summary>Adam's settings for the discriminator.</summary>
    public AdamOptions DiscriminatorOptimizer { get; set; } = new();

    /// <summary>Samples per step.</summary>
    public int Batch { get; set; } = 128;

    /// <summary>Passes over the data; with class-balanced sampling, as many steps as that many passes would take.</summary>
    public int Epochs { get; set; } = 20;

    /// <summary>
    /// Steps of the whole run, however many samples there are; its <see cref="Epochs"/> are then equal parts of it (rounded up to whole steps). Small data need
    /// steps: a pass over 1,000 rows is two of them. 0 trains so many passes over the data.
    /// </summary>
    public int Steps { get; set; }

    /// <summary>Whether batches hold the classes as the data has them or all classes alike.</summary>
    public Sampling Sampling { get; set; } = Sampling.Shuffle;

    /// <summary>Decay per step of the generator's exponential moving average; 0 keeps none and uses the trained weights as they are.</summary>
    public double Ema { get; set; }

    /// <summary>Threads that libtorch uses; 0 takes as many as there are cores.</summary>
    public int Threads { get; set; }

    /// <summary>How exactly a CUDA device multiplies; a CPU knows only float32.</summary>
    public Precision Precision { get; set; }

    /// <summary>Steps between two rows of <c>metrics.csv</c> (an epoch's end always writes one).</summary>
    public int LogEvery { get; set; } = 100;

    /// <summary>Epochs between two checkpoints.</summary>
    public int CheckpointEvery { get; set; } = 1;

    /// <summary>Epochs between two sample grids; 0 draws none.</summary>
    public int SampleEvery { get; set; } = 1;

    /// <summary>What the generator must fit to, for data of these classes and this format; the choices of a table's row take noise of their own.</summary>
    public NetworkContext GeneratorContext(IReadOnlyList<string> classNames, SampleFormat format, torch.Device device) =>
        new(Latent + format.ChoiceNoise, Conditional ? classNames : [], format, device);

    /// <summary>What the discriminator must fit to.</summary>
    public NetworkContext DiscriminatorContext(IReadOnlyList<string> classNames, SampleFormat format, torch.Device device)
    {
        SampleFormat seen = Regularizers.OfType<PackingOptions>().SingleOrDefault()?.Pack(format) ?? format;
        return GeneratorContext(classNames, seen, device) with { Logits = Objectives.Objective.Named(Objective).Logits };
    }

    /// <summary>
    /// Epochs between two measurements of the samples' quality, which choose the best checkpoint; 0 measures none. A measurement draws 2,000 samples, about as
    /// much work as training on as many; where an epoch has fewer, choose more epochs. run.csv says the processor time that they took.
    /// </summary>
    public int QualityEvery { get; set; }

    /// <summary>Measurements in a row without a better figure after which the run ends; 0 never ends it early.</summary>
    public int Patience { get; set; }

    /// <summary>What <see cref="WithTimesOf"/> changes, for people.</summary>
    public const string Times = "epochs (where 'steps' is 0), log_every, checkpoint_every, sample_every, quality_every and patience";

    /// <summary>These options with the other's times of writing, measuring and ending: what may change when a run is resumed.</summary>
    public RunOptions WithTimesOf(RunOptions other) => this with
    {
        // Where the steps are given, the epochs divide them: another number changes the learning rates and all that counts in epochs.
        Epochs = Steps == 0 ? other.Epochs : Epochs,
        LogEvery = other.LogEvery,
        CheckpointEvery = other.CheckpointEvery,
        SampleEvery = other.SampleEvery,
        QualityEvery = other.QualityEvery,
        Patience = other.Patience,
    };

    /// <summary>Checks every range; the message names the key as the preset spells it.</summary>
    /// <exception cref="UserErrorException">A value is out of its range.</exception>
    public void Validate()
    {
        Require.That(System.Length > 0, "system", "must be given a name");
        Require.That(Latent is >= 1 and <= 65536, "latent", "must be between 1 and 65536", Latent);
        Require.That(Batch is >= 2 and <= 65536, "batch", "must be between 2 and 65536", Batch);
        Require.That(Epochs is >= 1 and <= 1_000_000, "epochs", "must be between 1 and 1000000", Epochs);
        Require.That(Steps is >= 0 and <= 1_000_000_000, "steps", "must be between 0 (as many as the epochs have) and 1000000000", Steps);
        Require.That(Ema is >= 0 and < 1, "ema", "must be at least 0 and below 1", Ema);
        Require.That(Threads is >= 0 and <= 1024, "threads", "must be between 0 (all cores) and 1024", Threads);
        Require.That(LogEvery >= 1, "log_every", "must be at least 1", LogEvery);
        Require.That(CheckpointEvery >= 1, "checkpoint_every", "must be at least 1", CheckpointEvery);
        Require.That(SampleEvery >= 0, "sample_every", "must be at least 0", SampleEvery);
        Require.That(QualityEvery >= 0, "quality_every", "must be at least 0", QualityEvery);
        Require.That(Patience >= 0, "patience", "must be at least 0", Patience);
        Require.That(Patience == 0 || QualityEvery > 0, "patience", "counts measurements of quality; set quality_every too");
        Data.Validate();
        Generator.Validate();
        Discriminator.Validate();
        GeneratorOptimizer.Validate("generator_optimizer");
        DiscriminatorOptimizer.Validate("discriminator_optimizer");
        ClassLoss.Validate();
        _ = Objectives.Objective.Named(Objective);
        Update.Validate();
        foreach (RegularizerOptions regularizer in Regularizers) regularizer.Validate();
        if (Regularizers.GroupBy(r => r.GetType()).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new UserErrorException($"'regularizers' holds {Kinds.NameOf(twice.First())} twice; state it once.");
        if (Regularizers.Select(r => r.ConflictWith(this)).Prepend(Update.ConflictWith(this)).Prepend(SamplingConflict)
            .FirstOrDefault(c => c is not null) is { } conflict)
            throw new UserErrorException($"the options do not go together: {conflict}.");
    }

    private string? SamplingConflict => Sampling == Sampling.Poisson && Update is not PrivateOptions
        ? $"sampling poisson makes batches of different sizes, which only update private is made for; update is {Kinds.NameOf(Update)}" : null;

    /// <summary>Refuses data that the options cannot be used on.</summary>
    /// <exception cref="UserErrorException">They cannot.</exception>
    public void Check(SampleFormat format)
    {
        if (Regularizers.Select(r => r.ConflictWith(format)).FirstOrDefault(c => c is not null) is { } conflict)
            throw new UserErrorException($"the options do not go with the data: {conflict}.");
    }
}

/// <summary>How batches are drawn.</summary>
internal enum Sampling
{
    /// <summary>Every sample once per epoch, in an order drawn anew for each epoch.</summary>
    Shuffle,

    /// <summary>Every class equally often, with replacement: what a conditional generator of rare classes needs.</summary>
    Balanced,

    /// <summary>Every class as often as the logarithm of its size says, with replacement (Xu et al. 2019, section 4.3): rare classes are seen, frequent ones in
    /// more variety.</summary>
    LogFrequency,

    /// <summary>Each sample by itself with the probability batch / samples, so that batches differ in size: what differential privacy counts on.</summary>
    Poisson,
}

/// <summary>Adam (Kingma and Ba 2015, algorithm 1).</summary>
internal sealed record AdamOptions
{
    /// <summary>Step size.</summary>
    public double LearningRate { get; set; } = 2e-4;

    /// <summary>Decay of the first moment.</summary>
    public double Beta1 { get; set; } = 0.5;

    /// <summary>Decay of the second moment.</summary>
    public double Beta2 { get; set; } = 0.999;

    /// <summary>Added to the denominator.</summary>
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>How the step size changes over the epochs.</summary>
    public ScheduleOptions Schedule { get; set; } = new ConstantSchedule();

    /// <summary>The norm that a gradient is scaled down to where it is longer; 0 leaves it as it is.</summary>
    public double ClipNorm { get; set; }

    internal void Validate(string key)
    {
        Require.That(LearningRate is > 0 and <= 10, $"{key}.learning_rate", "must be above 0 and at most 10", LearningRate);
        Require.That(Beta1 is >= 0 and < 1, $"{key}.beta1", "must be at least 0 and below 1", Beta1);
        Require.That(Beta2 is >= 0 and < 1, $"{key}.beta2", "must be at least 0 and below 1", Beta2);
        Require.That(Epsilon is > 0 and <= 1, $"{key}.epsilon", "must be above 0 and at most 1", Epsilon);
        Schedule.Validate($"{key}.schedule");
        Require.That(ClipNorm is >= 0 and <= 1e9, $"{key}.clip_norm", "must be between 0 (no clipping) and 1000000000", ClipNorm);
    }
}
