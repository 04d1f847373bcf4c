namespace GanPipeline.Training.Updates;

/// <summary>What the generator's step is taken on.</summary>
internal enum GeneratorNoise
{
    /// <summary>The samples that D was just trained on: one pass of G less.</summary>
    Reused,

    /// <summary>Samples of new noise.</summary>
    Fresh,
}

/// <summary>
/// The discriminator moves first, once or several times, and the generator then moves against it as it has become (Goodfellow et al. 2014, algorithm 1).
/// </summary>
[Kind("alternating")]
internal sealed record AlternatingOptions : UpdateOptions
{
    /// <summary>Steps of D, each on new real samples and new noise, to one of G.</summary>
    public int DiscriminatorSteps { get; set; } = 1;

    /// <summary>Whether G steps on D's last generated samples or on new ones.</summary>
    public GeneratorNoise GeneratorNoise { get; set; } = GeneratorNoise.Reused;

    /// <inheritdoc/>
    public override int BatchesPerStep => DiscriminatorSteps;

    /// <inheritdoc/>
    public override void Validate() =>
        Require.That(DiscriminatorSteps is >= 1 and <= 1000, "update.discriminator_steps", "must be between 1 and 1000", DiscriminatorSteps);

    /// <inheritdoc/>
    public override StepResult Step(GanPair pair, Draws draws)
    {
        for (int left = DiscriminatorSteps; ; left--)
        {
            RealBatch batch = draws.Real();
            bool reused = left == 1 && GeneratorNoise == GeneratorNoise.Reused;
            Tensor fake = pair.Generate(batch.Label, draws, withGraph: reused);
            (Tensor discriminatorLoss, DiscriminatorPass real, DiscriminatorPass generated) = pair.StepDiscriminator(batch, fake.detach(), draws);
            if (left > 1) continue;

            if (!reused) fake = pair.Generate(batch.Label, draws, withGraph: true);
            return new StepResult(discriminatorLoss, pair.StepGenerator(fake, batch, draws), real.Output, generated.Output, batch.Label);
        }
    }
}
