using TorchSharp.Modules;

namespace GanPipeline.Export.Layers;

/// <summary>Each sample's last axes to mean 0 and variance 1, times a weight, plus a bias.</summary>
internal sealed class LayerNormConverter : LayerConverter<LayerNorm>
{
    protected override GraphValue Convert(LayerNorm module, GraphValue input, string path, Conversion conversion)
    {
        var shape = module.normalized_shape;
        if (!input.Shape.TakeLast(shape.Length).SequenceEqual(shape))
        {
            throw new NotSupportedException($"it normalizes [{string.Join(", ", shape)}], but [N, {string.Join(", ", input.Shape)}] flows into it");
        }

        var graph = conversion.Graph;
        if (graph.Opset < 17)
        {
            throw new NotSupportedException($"ONNX has it from opset 17 on, and opset {graph.Opset} was asked for");
        }

        var size = shape.Aggregate(1L, (a, b) => a * b);
        var weight = graph.Constant($"{path}.weight", module.weight is null ? Conversion.Ones(size) : Conversion.Read(module.weight, $"{path}.weight"), shape);
        var bias = graph.Constant($"{path}.bias", module.bias is null ? new float[size] : Conversion.Read(module.bias, $"{path}.bias"), shape);
        return graph.Node(path, "LayerNormalization", [input.Name, weight, bias], input.Shape, ("axis", -(long)shape.Length), ("epsilon", (float)module.eps));
    }
}
