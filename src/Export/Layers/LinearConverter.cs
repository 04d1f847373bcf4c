using TorchSharp.Modules;

namespace GanPipeline.Export.Layers;

/// <summary>y = x·Wᵀ + b along the last axis.</summary>
internal sealed class LinearConverter : LayerConverter<Linear>
{
    protected override GraphValue Convert(Linear module, GraphValue input, string path, Conversion conversion)
    {
        var graph = conversion.Graph;
        var (inputs, outputs) = (module.in_features, module.out_features);
        if (input.Shape[^1] != inputs)
        {
            throw new NotSupportedException($"it takes {inputs} features, but {input.Shape[^1]} flow into it");
        }

        var weights = Conversion.Read(module.weight!, $"{path}.weight");
        // Without a bias there is one of zeros, so that a batch norm after this layer can be folded into it.
        var bias = graph.Constant($"{path}.bias", module.bias is null ? new float[outputs] : Conversion.Read(module.bias, $"{path}.bias"), outputs);
        if (input.Shape.Count == 1)
        {
            return graph.Node(path, "Gemm", [input.Name, graph.Constant($"{path}.weight", weights, outputs, inputs), bias], [outputs], ("transB", 1L));
        }

        // Gemm takes matrices alone; MatMul takes more axes, but no transposed weights.
        IReadOnlyList<long> shape = [.. input.Shape.SkipLast(1), outputs];
        var product = graph.Node($"{path}.product", "MatMul", [input.Name, graph.Constant($"{path}.weight", Transposed(weights, inputs), inputs, outputs)],
            shape);
        return graph.Node(path, "Add", [product.Name, bias], shape);
    }

    private static float[] Transposed(float[] rows, long columns) =>
        [.. Enumerable.Range(0, rows.Length).Select(i => rows[i % (rows.Length / columns) * columns + i / (rows.Length / columns)])];
}
