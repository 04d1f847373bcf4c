using GanPipeline.Training.Networks;
using GanPipeline.Training.Regularizers;

namespace GanPipeline.Training.Updates;

/// <summary>
/// Both networks move at once: one pass of G, one of D on real and one on generated samples, both losses from them, and both gradients at the same weights.
/// </summary>
[Kind("simultaneous")]
internal sealed record SimultaneousOptions : UpdateOptions
{
    /// <inheritdoc/>
    public override StepResult Step(GanPair pair, Draws draws)
    {
        RealBatch batch = draws.Real();
        Tensor generated = pair.Generate(batch.Label, draws, withGraph: true);
        DiscriminatorPass real = pair.Discriminate(batch.Samples, batch.Label, draws, pair.PenaltyDue(PenaltyPlace.Real));
        DiscriminatorPass fake = pair.Discriminate(generated, batch.Label, draws);
        Tensor discriminatorLoss = pair.DiscriminatorLoss(real.Output, fake.Output, batch.Label);
        DiscriminatorOutput? compared = pair.Objective.ComparesWithReal ? real.Output : null;
        Tensor generatorLoss = pair.GeneratorLoss(fake.Output, compared, batch.Label);

        pair.Discriminator.Gradients(discriminatorLoss.Plus(pair.Penalties(real, fake, batch.Label, draws)), sharedGraph: true);
        pair.Generator.Gradients(generatorLoss, sharedGraph: true);
        pair.Discriminator.Move(pair.Epoch);
        pair.Generator.Move(pair.Epoch);
        return new StepResult(discriminatorLoss, generatorLoss, real.Output, fake.Output, batch.Label);
    }
}
