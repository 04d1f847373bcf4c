namespace GanPipeline.Training.Updates;

/// <summary>
/// Weights of the cross-entropy terms of an auxiliary classifier (Odena, Olah, Shlens 2017, "Conditional image synthesis with auxiliary classifier GANs",
/// section 3); they matter where the discriminator has a class head.
/// </summary>
internal sealed record ClassLossOptions
{
    /// <summary>In D's loss, on real samples.</summary>
    public double Real { get; set; } = 1;

    /// <summary>In D's loss, on generated samples.</summary>
    public double Fake { get; set; } = 1;

    /// <summary>In G's loss.</summary>
    public double Generator { get; set; } = 1;

    internal void Validate()
    {
        Require.That(Real is >= 0 and <= 1000, "class_loss.real", "must be between 0 and 1000", Real);
        Require.That(Fake is >= 0 and <= 1000, "class_loss.fake", "must be between 0 and 1000", Fake);
        Require.That(Generator is >= 0 and <= 1000, "class_loss.generator", "must be between 0 and 1000", Generator);
    }
}
