using GanPipeline.Training.Objectives;
using GanPipeline.Training.Regularizers;

namespace GanPipeline.Training.Updates;

/// <summary>
/// The discriminator moves on the real batch, then on the generated one, and their mean is its loss; the generator then moves on the same noise and labels
/// (as AC-GAN implementations with separate training calls do).
/// </summary>
[Kind("real_then_fake")]
internal sealed record RealThenFakeOptions : UpdateOptions
{
    /// <inheritdoc/>
    public override string? ConflictWith(RunOptions options) => Objective.Named(options.Objective) is SeparableObjective ? null
        : $"update real_then_fake shows D real and generated samples by themselves, and the objective {options.Objective} compares them";

    /// <inheritdoc/>
    public override StepResult Step(GanPair pair, Draws draws)
    {
        var objective = (SeparableObjective)pair.Objective;
        RealBatch batch = draws.Real();
        Tensor generated = pair.Generate(batch.Label, draws, withGraph: true);

        DiscriminatorPass real = pair.Discriminate(batch.Samples, batch.Label, draws, pair.PenaltyDue(PenaltyPlace.Real));
        Tensor realLoss = objective.RealLoss(real.Output.Realness, pair.RealTarget)
            .Plus(GanPair.ClassLoss(real.Output, batch.Label, pair.ClassWeights.Real));
        pair.Discriminator.Gradients(realLoss.Plus(pair.Penalties(real, default, batch.Label, draws, PenaltyPlace.Real)));
        pair.Discriminator.Move(pair.Epoch);

        DiscriminatorPass fake = pair.Discriminate(generated.detach(), batch.Label, draws, pair.PenaltyDue(PenaltyPlace.Fake));
        Tensor fakeLoss = objective.FakeLoss(fake.Output.Realness).Plus(GanPair.ClassLoss(fake.Output, batch.Label, pair.ClassWeights.Fake));
        pair.Discriminator.Gradients(fakeLoss.Plus(pair.Penalties(real, fake, batch.Label, draws, PenaltyPlace.Fake, PenaltyPlace.Between)));
        pair.Discriminator.Move(pair.Epoch);

        Tensor generatorLoss = pair.StepGenerator(generated, batch, draws);
        return new StepResult(realLoss.Plus(fakeLoss) * Held.Half, generatorLoss, real.Output, fake.Output, batch.Label);
    }
}
