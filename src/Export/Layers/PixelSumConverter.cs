using GanPipeline.Training.Networks;

namespace GanPipeline.Export.Layers;

/// <summary>The sum of each channel's pixels.</summary>
internal sealed class PixelSumConverter : LayerConverter<PixelSum>
{
    protected override GraphValue Convert(PixelSum module, GraphValue input, string path, Conversion conversion)
    {
        _ = Convolutions.Size(input, 0); // an image, or a sentence that says what flows in instead
        var axes = conversion.Graph.Constant($"{path}.axes", [2L, 3L], 2);
        return conversion.Graph.Node(path, "ReduceSum", [input.Name, axes], [input.Shape[0]], ("keepdims", 0L));
    }
}
