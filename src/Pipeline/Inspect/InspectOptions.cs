using GanPipeline.Primitives;

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
/// <param name="Info">What it says of itself.</param>
/// <param name="Inputs">Name, type and shape of each input.</param>
/// <param name="Outputs">Name, type and shape of each output.</param>
/// <param name="Layers">Its layers, in the order in which they compute.</param>
/// <param name="Parameters">Numbers that were trained.</param>
/// <param name="Bytes">Size of the file.</param>
public sealed record InspectResult(GeneratorInfo Info, IReadOnlyList<(string Name, string Type, string Shape)> Inputs,
    IReadOnlyList<(string Name, string Type, string Shape)> Outputs, IReadOnlyList<InspectedLayer> Layers, long Parameters, long Bytes)
{
    /// <summary>The picture that was drawn; null for none.</summary>
    public string? Picture { get; init; }
}

/// <summary>A layer of a generator file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Operator">The operator of ONNX that it is.</param>
/// <param name="Shape">The shape of what it computes.</param>
/// <param name="Parameters">Numbers that were trained; 0 for none.</param>
public sealed record InspectedLayer(string Name, string Operator, string Shape, long Parameters);
