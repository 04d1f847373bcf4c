using GanPipeline.Export;
using GanPipeline.Primitives;

namespace GanPipeline;

/// <summary>What to export, and what the file is to be like.</summary>
/// <param name="Run">A run folder, whose best checkpoint is taken where quality was measured, else its last; or a checkpoint file (<c>.ckpt</c>).</param>
public sealed record ExportRunOptions(string Run)
{
    /// <summary>The ONNX file to write; null for generator.onnx (or discriminator.onnx) beside the checkpoint, made anew if it is there.</summary>
    public string? Out { get; init; }

    /// <summary>Which network to export.</summary>
    public ExportedNetwork Network { get; init; }

    /// <summary>How the file holds the weights; the result says how much its samples differ from the network's.</summary>
    public WeightPrecision Weights { get; init; } = WeightPrecision.Float32;

    /// <summary>How an image generator gives pixels.</summary>
    public ExportedPixels Pixels { get; init; }

    /// <summary>What the file multiplies latents by, above 0 and at most 1: less than 1 gives more typical and less varied samples.</summary>
    public double Truncation { get; init; } = 1;

    /// <summary>Whether the file draws the noise itself; its samples then cannot be generated again.</summary>
    public bool NoiseInside { get; init; }

    /// <summary>Names of the inputs and outputs.</summary>
    public PortNames Names { get; init; } = new();

    /// <summary>
    /// Version of ONNX's operators, 13 to 21, for runtimes that do not know newer ones; null for 17, or for 20 where a table's times need it.
    /// </summary>
    public int? Opset { get; init; }

    /// <summary>Whether a file that is there already under the name <see cref="Out"/> may be replaced.</summary>
    public bool Force { get; init; }
}

/// <summary>A network of a run.</summary>
public enum ExportedNetwork
{
    /// <summary>The generator: latents (and classes) in, samples out.</summary>
    Generator,

    /// <summary>The discriminator: samples in, logits out, with the class head where it has one.</summary>
    Discriminator,
}

/// <summary>How an image generator gives pixels.</summary>
public enum ExportedPixels
{
    /// <summary>As the network generated them, 0 to 255 and a little beyond.</summary>
    Float,

    /// <summary>Cut to 0 to 255.</summary>
    Clamped,

    /// <summary>Rounded to bytes.</summary>
    Bytes,
}

/// <summary>What came of exporting; the file was compared with the trained network in ONNX Runtime before it appeared.</summary>
/// <param name="Path">The file.</param>
/// <param name="Info">What the file says of itself, with the differences that were found.</param>
/// <param name="Opset">Version of ONNX's operators.</param>
/// <param name="Bytes">Size of the file.</param>
public sealed record ExportResult(string Path, GeneratorInfo Info, int Opset, long Bytes)
{
    /// <summary>The checkpoint that was exported.</summary>
    public string Checkpoint { get; init; } = "";

    /// <summary>Which of a run folder's checkpoints that is, and why, in words; empty where a file was named.</summary>
    public string Which { get; init; } = "";
}

/// <summary>What exporting would do.</summary>
/// <param name="System">The system's name.</param>
/// <param name="Steps">Steps that the checkpoint has behind it.</param>
/// <param name="Out">The file that would be written.</param>
/// <param name="Checkpoint">The checkpoint that would be exported.</param>
/// <param name="Which">Which that is, and why; empty where a file was named.</param>
internal sealed record ExportPlan(string System, long Steps, string Out, string Checkpoint, string Which);
