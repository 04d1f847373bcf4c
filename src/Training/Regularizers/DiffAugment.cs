using GanPipeline.Training.Data;
using GanPipeline.Training.Updates;

namespace GanPipeline.Training.Regularizers;

/// <summary>A change that <see cref="DiffAugmentOptions"/> makes.</summary>
internal enum Augmentation
{
    /// <summary>Brightness, saturation and contrast.</summary>
    Color,

    /// <summary>A shift by up to an eighth of the side; 0 comes in.</summary>
    Translation,

    /// <summary>A square of half the side set to 0.</summary>
    Cutout,
}

/// <summary>
/// Zhao et al. 2020, "Differentiable augmentation for data-efficient GAN training", section 4: the same random changes of real and of generated images, with
/// gradients through them, so that D cannot learn the training images by heart and G does not learn the changes.
/// </summary>
[Kind("diff_augment")]
internal sealed record DiffAugmentOptions : InputChangeOptions
{
    /// <summary>The changes, in this order.</summary>
    public List<Augmentation> Policy { get; set; } = [Augmentation.Color, Augmentation.Translation, Augmentation.Cutout];

    /// <inheritdoc/>
    public override void Validate() => Require.That(Policy.Count > 0 && Policy.Distinct().Count() == Policy.Count, "regularizers.policy",
        "must hold one or more of color, translation, cutout, each once");

    /// <inheritdoc/>
    public override string? ConflictWith(SampleFormat format) =>
        format.Kind == SampleFormat.Image ? null : $"diff_augment changes images, and these samples are {format.Kind}; use instance_noise";

    /// <inheritdoc/>
    public override Tensor Change(Tensor samples, Draws draws, double epoch) =>
        Policy.Aggregate(samples, (x, step) => step switch
        {
            Augmentation.Color => Recolor(x, draws),
            Augmentation.Translation => Translate(x, draws),
            _ => CutOut(x, draws),
        });

    private static Tensor Recolor(Tensor x, Draws draws)
    {
        long[] one = [x.shape[0], 1, 1, 1];
        x = x.Plus(draws.Uniform(one) - Held.Half);
        Tensor grey = x.mean([1], keepdim: true);
        x = ((x - grey) * (draws.Uniform(one) * Held.Two)).Plus(grey);
        Tensor mean = x.mean([1, 2, 3], keepdim: true);
        return ((x - mean) * draws.Uniform(one).Plus(0.5)).Plus(mean);
    }

    private static Tensor Translate(Tensor x, Draws draws)
    {
        (long n, long rows, long columns) = (x.shape[0], x.shape[2], x.shape[3]);
        // With a border of 0 all around, a shift is a choice of rows and of columns of the bordered image, held inside it.
        Tensor bordered = nn.functional.pad(x, [1, 1, 1, 1]);
        Tensor row = Places(n, rows, draws, x.device).view(n, 1, rows, 1), column = Places(n, columns, draws, x.device).view(n, 1, 1, columns);
        return bordered.gather(2, row.expand(n, x.shape[1], rows, columns + 2)).gather(3, column.expand(n, x.shape[1], rows, columns));
    }

    /// <summary>[n, size]: for each sample 1, 2, ... size shifted by a whole number within an eighth of the size, and held within 0 and size + 1.</summary>
    private static Tensor Places(long n, long size, Draws draws, Device device)
    {
        long most = (size + 4) / 8;
        Tensor shift = draws.Uniform(n, 1).Times(2 * most + 1).floor().Minus(most);
        return shift.Plus(Held.Range(1, size + 1, float32, device)).Between(0, size + 1).to_type(int64);
    }

    private static Tensor CutOut(Tensor x, Draws draws)
    {
        (long n, long rows, long columns) = (x.shape[0], x.shape[2], x.shape[3]);
        Tensor hidden = Hidden(n, rows, draws, x.device).view(n, 1, rows, 1) * Hidden(n, columns, draws, x.device).view(n, 1, 1, columns);
        return x * Held.One.Minus(hidden);
    }

    /// <summary>[n, size]: 1 on a stretch of half the size, centred anywhere in it, and 0 elsewhere.</summary>
    private static Tensor Hidden(long n, long size, Draws draws, Device device)
    {
        long length = (size + 1) / 2;
        Tensor from = draws.Uniform(n, 1).Times(size + (1 - length % 2)).floor().Minus(length / 2);
        Tensor at = Held.Range(0, size, float32, device) - from;
        return at.ge(Held.Zero).logical_and(at.IsBelow(length)).to_type(float32);
    }
}
