using GanPipeline.Training.Objectives;
using GanPipeline.Training.Regularizers;
using TorchSharp;

namespace GanPipeline.Training.Updates;

/// <summary>
/// Differentially private training: the gradient of each real row in the discriminator is clipped to a norm, and noise hides whether a row was there (Abadi et
/// al. 2016, "Deep learning with differential privacy", algorithm 1; for GANs Xie et al. 2018). The generator sees real rows through the discriminator alone,
/// so it is as private as that is; <see cref="Privacy.RdpAccountant"/> says how private. Not covered: <c>metrics.csv</c>, which holds exact means over real
/// rows; what a data set says of itself (names of classes and categories, ranges of numbers), its number of rows; and nothing is, for whoever knows the seed,
/// from which all noise and all batches follow: the seed of a run, which its folder and its generator file hold, must then be drawn in secret and be kept from
/// those files. <see cref="NoiseLimits"/> says what the noise is, and what it is no guard against.
/// </summary>
[Kind("private")]
internal sealed record PrivateOptions : UpdateOptions
{
    /// <summary>The largest noise multiplier.</summary>
    public const double MostNoise = 1000;

    /// <summary>What the noise is and what its limits are, in sentences, for whoever relies on ε.</summary>
    public const string NoiseLimits = "The noise and the choice of each step's rows come from the counter-based generator Philox4x32-10, keyed with 64 bits " +
        "that are derived from the seed for every step: fast and of good statistics, but no generator of cryptography, and a key that could be tried out by " +
        "whoever can afford 2^64 trials. Gradients, clipping and noise are computed in float32; each number of noise is half the sum of four draws, which " +
        "hampers but does not exclude attacks on the least significant bits (Mironov 2012). The accounting takes the noise to be exactly Gaussian.";

    /// <summary>C: norm to which the gradient of each real row is clipped.</summary>
    public double ClipNorm { get; set; } = 1;

    /// <summary>σ: standard deviation of the noise on their sum, in units of the norm.</summary>
    public double NoiseMultiplier { get; set; } = 1;

    /// <inheritdoc/>
    public override void Validate()
    {
        Require.That(ClipNorm is > 0 and <= 1e6, "update.clip_norm", "must be above 0 and at most 1000000", ClipNorm);
        Require.That(NoiseMultiplier is >= 0.05 and <= MostNoise, "update.noise_multiplier", "must be between 0.05 and 1000", NoiseMultiplier);
    }

    /// <inheritdoc/>
    public override string? ConflictWith(RunOptions options) =>
        options.Sampling != Sampling.Poisson ? "update private counts on 'sampling: poisson', by which each row is drawn by itself"
        : Objective.Named(options.Objective) is not SeparableObjective
            ? $"update private shows D one real row at a time, and the objective {options.Objective} compares rows"
        : options.Regularizers.Any(r => r is PackingOptions or UnrollingOptions or PenaltyOptions { Place: not PenaltyPlace.Fake })
            ? "update private shows D one real row at a time, so that nothing else may look at real rows; keep D smooth by weight_clipping or spectral_norm"
        : null;

    /// <inheritdoc/>
    public override StepResult Step(GanPair pair, Draws draws)
    {
        var objective = (SeparableObjective)pair.Objective;
        RealBatch batch = draws.Real();
        Tensor fromReal = RealGradients(pair, objective, batch, draws);

        Tensor? label = pair.DrawLabels(draws);
        Tensor generated = pair.Generate(label, draws, withGraph: true);
        DiscriminatorPass fake = pair.Discriminate(generated.detach(), label, draws, pair.PenaltyDue(PenaltyPlace.Fake));
        Tensor fakeLoss = objective.FakeLoss(fake.Output.Realness).Plus(GanPair.ClassLoss(fake.Output, label, pair.ClassWeights.Fake));
        pair.Discriminator.Gradients(fakeLoss.Plus(pair.Penalties(default, fake, label, draws, PenaltyPlace.Fake)));
        pair.Discriminator.Network.Gradients.Add(fromReal);
        // For the log alone, and before D moves; a batch may happen to be empty.
        DiscriminatorPass real = fake;
        bool empty = batch.Samples.shape[0] == 0;
        using (no_grad()) if (!empty) real = pair.Discriminate(batch.Samples, batch.Label, draws);
        Tensor realLoss = objective.RealLoss(real.Output.Realness, pair.RealTarget);
        pair.Discriminator.Move(pair.Epoch);

        // No term of G's loss may look at a real row: what stands in their place is generated.
        Tensor generatorLoss = pair.StepGenerator(generated, new RealBatch(generated.detach(), label), draws);
        return new StepResult(realLoss.Plus(fakeLoss), generatorLoss, real.Output, fake.Output, empty ? label : batch.Label);
    }

    /// <summary>[P]: the sum of the rows' clipped gradients and noise, by the batch's expected size: its true size would tell something.</summary>
    private Tensor RealGradients(GanPair pair, SeparableObjective objective, RealBatch batch, Draws draws)
    {
        Tensor sum = zeros_like(pair.Discriminator.Network.Gradients);
        for (long i = 0; i < batch.Samples.shape[0]; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor? label = batch.Label?.narrow(0, i, 1);
            DiscriminatorPass row = pair.Discriminate(batch.Samples.narrow(0, i, 1), label, draws);
            pair.Discriminator.Gradients(objective.RealLoss(row.Output.Realness, pair.RealTarget)
                .Plus(GanPair.ClassLoss(row.Output, label, pair.ClassWeights.Real)));
            Tensor gradient = pair.Discriminator.Network.Gradients;
            sum.Add(gradient * ClipNorm.Over(gradient.norm(2f).Plus(1e-12)).clamp_max(Held.One));
        }
        return sum.Add(draws.PrivacyNoise(sum.shape), ClipNorm * NoiseMultiplier).Divide(pair.Batch);
    }
}
