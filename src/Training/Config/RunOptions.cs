using GanPipeline.Primitives;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using GanPipeline.Training.Regularizers;
using TorchSharp;

namespace GanPipeline.Training.Config;

/// <summary>Everything that makes a training run, as a preset states it. A preset holds only what differs from the defaults here.</summary>
public sealed record RunOptions
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

    /// <summary>Penalties that are added to the discriminator's loss.</summary>
    public List<RegularizerOptions> Regularizers { get; set; } = [];

    /// <summary>Adam's settings for the generator.</summary>
    public AdamOptions GeneratorOptimizer { get; set; } = new();

    /// <summary>Adam's settings for the discriminator.</summary>
    public AdamOptions DiscriminatorOptimizer { get; set; } = new();

    /// <summary>Samples per step.</summary>
    public int Batch { get; set; } = 128;

    /// <summary>Passes over the data; with class-balanced sampling, as many steps as that many passes would take.</summary>
    public int Epochs { get; set; } = 20;

    /// <summary>Whether batches hold the classes as the data has them or all classes alike.</summary>
    public Sampling Sampling { get; set; } = Sampling.Shuffle;

    /// <summary>Decay per step of the generator's exponential moving average; 0 keeps none and uses the trained weights as they are.</summary>
    public double Ema { get; set; }

    /// <summary>Threads that libtorch uses; 0 takes as many as there are cores.</summary>
    public int Threads { get; set; }

    /// <summary>Steps between two rows of <c>metrics.csv</c> (an epoch's end always writes one).</summary>
    public int LogEvery { get; set; } = 100;

    /// <summary>Epochs between two checkpoints.</summary>
    public int CheckpointEvery { get; set; } = 1;

    /// <summary>Epochs between two sample grids; 0 draws none.</summary>
    public int SampleEvery { get; set; } = 1;

    /// <summary>What the networks must fit to, for data of these classes and this format.</summary>
    public NetworkContext Context(IReadOnlyList<string> classNames, SampleFormat format, torch.Device device) =>
        new(Latent, Conditional ? classNames : [], format, device, Objectives.Objective.Named(Objective).Logits);

    /// <summary>Checks every range; the message names the key as the preset spells it.</summary>
    /// <exception cref="UserErrorException">A value is out of its range.</exception>
    public void Validate()
    {
        Require.That(System.Length > 0, "system", "must be given a name");
        Require.That(Latent is >= 1 and <= 65536, "latent", "must be between 1 and 65536", Latent);
        Require.That(Batch is >= 2 and <= 65536, "batch", "must be between 2 and 65536", Batch);
        Require.That(Epochs is >= 1 and <= 1_000_000, "epochs", "must be between 1 and 1000000", Epochs);
        Require.That(Ema is >= 0 and < 1, "ema", "must be at least 0 and below 1", Ema);
        Require.That(Threads is >= 0 and <= 1024, "threads", "must be between 0 (all cores) and 1024", Threads);
        Require.That(LogEvery >= 1, "log_every", "must be at least 1", LogEvery);
        Require.That(CheckpointEvery >= 1, "checkpoint_every", "must be at least 1", CheckpointEvery);
        Require.That(SampleEvery >= 0, "sample_every", "must be at least 0", SampleEvery);
        Data.Validate();
        Generator.Validate();
        Discriminator.Validate();
        GeneratorOptimizer.Validate("generator_optimizer");
        DiscriminatorOptimizer.Validate("discriminator_optimizer");
        foreach (RegularizerOptions regularizer in Regularizers) regularizer.Validate();
        _ = Objectives.Objective.Named(Objective);
    }
}

/// <summary>How batches are drawn.</summary>
public enum Sampling
{
    /// <summary>Every sample once per epoch, in an order drawn anew for each epoch.</summary>
    Shuffle,

    /// <summary>Every class equally often, with replacement: what a conditional generator of rare classes needs.</summary>
    Balanced,
}

/// <summary>Adam (Kingma and Ba 2015, algorithm 1).</summary>
public sealed record AdamOptions
{
    /// <summary>Step size.</summary>
    public double LearningRate { get; set; } = 2e-4;

    /// <summary>Decay of the first moment.</summary>
    public double Beta1 { get; set; } = 0.5;

    /// <summary>Decay of the second moment.</summary>
    public double Beta2 { get; set; } = 0.999;

    /// <summary>Added to the denominator.</summary>
    public double Epsilon { get; set; } = 1e-8;

    internal void Validate(string key)
    {
        Require.That(LearningRate is > 0 and <= 10, $"{key}.learning_rate", "must be above 0 and at most 10", LearningRate);
        Require.That(Beta1 is >= 0 and < 1, $"{key}.beta1", "must be at least 0 and below 1", Beta1);
        Require.That(Beta2 is >= 0 and < 1, $"{key}.beta2", "must be at least 0 and below 1", Beta2);
        Require.That(Epsilon is > 0 and <= 1, $"{key}.epsilon", "must be above 0 and at most 1", Epsilon);
    }
}
