using GanPipeline.Inference;

namespace GanPipeline;

/// <summary>The generator file to describe.</summary>
/// <param name="Generator">The file (<c>.onnx</c>).</param>
public sealed record InspectOptions(string Generator)
{
    /// <summary>A <c>.svg</c> file for a picture of the network; null for none.</summary>
    public string? Picture { get; init; }

    /// <summary>Whether that file may be replaced.</summary>
    public bool Force { get; init; }
}

/// <summary>What a generator file is.</summary>
/// <param name="Network">Its layers, with shapes and parameters, and what it says of itself.</param>
/// <param name="Picture">The picture that was drawn; null for none.</param>
public sealed record InspectResult(NetworkGraph Network, string? Picture);
