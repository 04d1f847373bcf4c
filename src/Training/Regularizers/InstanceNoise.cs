using GanPipeline.Training.Updates;

namespace GanPipeline.Training.Regularizers;

/// <summary>
/// Arjovsky and Bottou 2017, "Towards principled methods for training GANs", section 3: normal noise on D's inputs, real and generated, so that the two
/// distributions overlap. Its standard deviation falls in a straight line to 0.
/// </summary>
[Kind("instance_noise")]
internal sealed record InstanceNoiseOptions : InputChangeOptions
{
    /// <summary>Standard deviation at the start, in network units (pixels go from -1 to 1).</summary>
    public double Deviation { get; set; } = 0.1;

    /// <summary>Epochs after which there is none; 0 keeps it as it is to the end.</summary>
    public double DecayEpochs { get; set; }

    /// <inheritdoc/>
    public override void Validate()
    {
        Require.That(Deviation is > 0 and <= 1000, "regularizers.deviation", "must be above 0 and at most 1000", Deviation);
        Require.That(DecayEpochs is >= 0 and <= 1e9, "regularizers.decay_epochs", "must be between 0 (no decay) and 1000000000", DecayEpochs);
    }

    /// <inheritdoc/>
    public override Tensor Change(Tensor samples, Draws draws, double epoch)
    {
        double deviation = DecayEpochs == 0 ? Deviation : Deviation * Math.Max(0, 1 - epoch / DecayEpochs);
        return deviation == 0 ? samples : samples.Plus(draws.Normal(samples.shape).Times(deviation));
    }
}
