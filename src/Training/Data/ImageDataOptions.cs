using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Data;

/// <summary>
/// Images that are read, and what can be made of any of them. With a long tail, the training part keeps fewer images the later its class comes: of the n images
/// of class c of C, n · ratio^(-c / (C - 1)) (Cui et al. 2019, "Class-balanced loss based on effective number of samples", section 5.1), drawn from the seed.
/// The test part stays whole.
/// </summary>
internal abstract record ImageDataOptions : DataOptions
{
    private const double MostTail = 1e6;

    /// <summary>How many times rarer the last class becomes than the first; 1 keeps all images.</summary>
    public double LongTail { get; set; } = 1;

    /// <inheritdoc/>
    public sealed override bool NeedsPath => true;

    /// <inheritdoc/>
    public override void Validate() => Require.That(LongTail is >= 1 and <= MostTail, "data.long_tail",
        $"must be between 1 (all images) and {MostTail.ToString(CultureInfo.InvariantCulture)}", LongTail);

    /// <inheritdoc/>
    public sealed override Dataset Load(string? path, DataSplit split, ulong seed)
    {
        Dataset data = Read(path, split);
        if (LongTail == 1 || split == DataSplit.Test) return data;
        using (data) return WithTail(data, seed);
    }

    /// <summary>Reads the images, all of them.</summary>
    /// <inheritdoc cref="DataOptions.Load"/>
    protected abstract Dataset Read(string? path, DataSplit split);

    private Dataset WithTail(Dataset data, ulong seed)
    {
        if (data.Labels is null || data.ClassNames.Count < 2)
            throw new UserErrorException($"'data.long_tail' makes the later classes rare, but the data set '{data.Name}' has no two classes; leave it out.");
        long[] labels = data.Labels.data<long>().ToArray(), counts = data.ClassCounts();
        // A random key an image, of which each class keeps the smallest: a longer tail of the same seed is a part of a shorter one.
        ulong[] keys = [.. labels.Select((_, i) => SeedStream.Derive(seed, "long tail", (ulong)i))];
        long[] kept = [.. Enumerable.Range(0, counts.Length).SelectMany(c =>
            Enumerable.Range(0, labels.Length).Where(i => labels[i] == c).OrderBy(i => keys[i]).Take(Kept(counts[c], c, counts.Length))).Order()
            .Select(i => (long)i)];
        using Tensor index = tensor(kept);
        string tail = string.Create(CultureInfo.InvariantCulture, $"long tail {LongTail:R}, seed {seed}");
        return data with
        {
            Samples = data.Samples.index_select(0, index),
            Labels = data.Labels.index_select(0, index),
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{data.Sha256}\n{tail}"))),
            Notes = [.. data.Notes, string.Create(CultureInfo.InvariantCulture,
                $"'data.long_tail' {LongTail:R}: {kept.Length} of {labels.Length} training images are kept, fewer the later the class.")],
        };
    }

    /// <summary>No class vanishes, however long the tail.</summary>
    private int Kept(long count, int index, int classes) =>
        (int)Math.Clamp(Math.Round(count * Math.Pow(LongTail, -index / (classes - 1.0)), MidpointRounding.AwayFromZero), Math.Min(1, count), count);
}
