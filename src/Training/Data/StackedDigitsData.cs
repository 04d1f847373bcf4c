using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using GanPipeline.Images;
using TorchSharp;

namespace GanPipeline.Training.Data;

/// <summary>
/// Three random images of an IDX folder as the red, green and blue channel of one: with MNIST's ten digits a set of 1000 modes that a classifier can count (Che
/// et al. 2017, "Mode regularized generative adversarial networks", section 4.2). The class of a sample is the number that its channels spell.
/// </summary>
[Kind("stacked_digits")]
internal sealed record StackedDigitsDataOptions : DataOptions
{
    /// <summary>Samples in the training part.</summary>
    public int Train { get; set; } = 60_000;

    /// <summary>Samples in the test part.</summary>
    public int Test { get; set; } = 10_000;

    /// <summary>Height and width that the images get, for example 32; 0 leaves them as they are.</summary>
    public int Size { get; set; }

    /// <summary>How they get it.</summary>
    public ImageFit Fit { get; set; } = ImageFit.Crop;

    /// <inheritdoc/>
    public override bool NeedsPath => true;

    /// <inheritdoc/>
    public override void Validate()
    {
        Require.That(Train is >= 1 and <= 10_000_000, "data.train", "must be between 1 and 10000000", Train);
        Require.That(Test is >= 1 and <= 10_000_000, "data.test", "must be between 1 and 10000000", Test);
        Require.That(Size is >= 0 and <= ImageFitting.LargestSize, "data.size", $"must be between 1 and {ImageFitting.LargestSize}, or 0 for no change", Size);
    }

    /// <inheritdoc/>
    public override Dataset Load(string? path, DataSplit split, ulong seed)
    {
        using Dataset digits = new IdxDataOptions { Size = Size, Fit = Fit }.Load(path, split, seed);
        int count = split == DataSplit.Train ? Train : Test, classes = digits.ClassNames.Count;
        if (classes > 10) throw new UserErrorException($"{path}: it has {classes} classes; digits have at most 10.");
        long[] picks = new long[3 * count];
        for (int i = 0; i < picks.Length; i++) picks[i] = (long)(SeedStream.Derive(seed, $"stacked digits {split}", (ulong)i) % (ulong)digits.Count);
        long[] digit = digits.Labels!.data<long>().ToArray();
        long[] labels = [.. picks.Chunk(3).Select(p => 100 * digit[p[0]] + 10 * digit[p[1]] + digit[p[2]])];
        using torch.Tensor index = torch.tensor(picks);
        using torch.Tensor chosen = digits.Samples.index_select(0, index);
        byte[] source = [.. Encoding.ASCII.GetBytes(digits.Sha256), .. MemoryMarshal.AsBytes(picks.AsSpan())];
        return new Dataset($"stacked-{digits.Name}", Convert.ToHexStringLower(SHA256.HashData(source)),
            chosen.reshape(count, 3, digits.Format.Shape[1], digits.Format.Shape[2]), torch.tensor(labels),
            [.. Enumerable.Range(0, 1000).Select(m => $"{m:D3}")], SampleFormat.Pixels(3, (int)digits.Format.Shape[1], (int)digits.Format.Shape[2]))
        {
            ChannelClasses = 10,
            Notes = digits.Notes,
            Problem = digits.Problem,
        };
    }
}
