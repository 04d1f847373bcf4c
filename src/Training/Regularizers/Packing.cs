using GanPipeline.Training.Data;

namespace GanPipeline.Training.Regularizers;

/// <summary>
/// PacGAN (Lin et al. 2018, "PacGAN: the power of two samples in generative adversarial networks", section 2): D gets several samples of the same kind at
/// once, one behind the other in the channels (features), and so sees when the generated ones are too alike.
/// </summary>
[Kind("packing")]
internal sealed record PackingOptions : RegularizerOptions
{
    /// <summary>Samples in a pack: m of the paper.</summary>
    public int Samples { get; set; } = 2;

    /// <inheritdoc/>
    public override void Validate() => Require.That(Samples is >= 2 and <= 64, "regularizers.samples", "must be between 2 and 64", Samples);

    /// <inheritdoc/>
    public override string? ConflictWith(RunOptions options) =>
        options.Conditional ? "packing puts samples of several classes before D at once, which then cannot be told one class; set conditional: false"
        : options.Batch % Samples != 0 ? FormattableString.Invariant($"a batch of {options.Batch} cannot be put into packs of {Samples}") : null;

    /// <summary>The format of a pack of samples of a format.</summary>
    public SampleFormat Pack(SampleFormat format) => format with { Shape = [format.Shape[0] * Samples, .. format.Shape[1..]] };

    /// <summary>[N, C, ...] to [N / samples, C · samples, ...].</summary>
    public Tensor Pack(Tensor samples) => samples.reshape([samples.shape[0] / Samples, samples.shape[1] * Samples, .. samples.shape[2..]]);
}
