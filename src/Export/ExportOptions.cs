using GanPipeline.Primitives;
using GanPipeline.Training.Data;

namespace GanPipeline.Export;

/// <summary>What an exported file is to be like.</summary>
internal sealed record ExportOptions
{
    /// <summary>Versions of ONNX's operators that can be asked for: before the first, softmax meant something else.</summary>
    public const int OldestOpset = 13, UsualOpset = 17, NewestOpset = 21;

    /// <summary>How the file holds the weights; with fewer bits its samples differ more from the network's, and the report says how much.</summary>
    public WeightPrecision Weights { get; init; } = WeightPrecision.Float32;

    /// <summary>
    /// Version of ONNX's operators, <see cref="OldestOpset"/> to <see cref="NewestOpset"/>, for runtimes that do not know newer ones; null for
    /// <see cref="UsualOpset"/>, or the oldest that has all operators that the file needs.
    /// </summary>
    public int? Opset { get; init; }

    /// <summary>Names of the inputs and the output; identifiers (letters, digits and _), each different.</summary>
    public PortNames Names { get; init; } = new();

    /// <summary>Whether pixels are cut to the range 0 to 255.</summary>
    public bool Clamp { get; init; }

    /// <summary>Whether pixels are rounded and given as bytes (uint8), which cuts them to 0 to 255 too.</summary>
    public bool Bytes { get; init; }

    /// <summary>Whether the file draws the latents itself. Its samples then cannot be generated again, whatever the seed.</summary>
    public bool NoiseInside { get; init; }

    /// <summary>What the file multiplies latents by, above 0 and at most 1 (truncation, as in Brock et al. 2019, section 3.1, but as a scale).</summary>
    public double LatentScale { get; init; } = 1;

    /// <summary>Batch sizes at which the file is compared with the network.</summary>
    public IReadOnlyList<int> Batches { get; init; } = [0, 1, 7, 1000];

    /// <summary>Refuses what cannot be done for samples of <paramref name="format"/>.</summary>
    internal void Check(SampleFormat format)
    {
        string[] names = [Names.Noise, Names.Label, Names.Count, Names.Sample, Names.Logit, Names.ClassLogits];
        Require(Opset is null or (>= OldestOpset and <= NewestOpset), $"opset {Opset} cannot be written; choose {OldestOpset} to {NewestOpset}");
        Require(LatentScale is > 0 and <= 1, $"latents cannot be scaled by {LatentScale}; choose a factor above 0 and at most 1");
        Require(!Clamp && !Bytes || format.Kind == SampleFormat.Image,
            $"samples of kind '{format.Kind}' have no range to cut them to, and are no bytes; leave both options out");
        Require(names.Distinct().Count() == names.Length, $"the names {string.Join(", ", names)} are not all different; choose others");
        foreach (var name in names)
        {
            Require(name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(name[0]),
                $"'{name}' cannot name an input or output; take letters, digits and _, and begin with no digit");
        }
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw UserErrorException.Usage(otherwise);
        }
    }
}
