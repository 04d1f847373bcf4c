using TorchSharp.Modules;

namespace GanPipeline.Export.Layers;

/// <summary>y = x·Wᵀ + b.</summary>
internal sealed class LinearConverter : LayerConverter<Linear>
{
    protected override GraphValue Convert(Linear module, GraphValue input, string path, Conversion conversion)
    {
        var graph = conversion.Graph;
        var (inputs, outputs) = (module.in_features, module.out_features);
        if (input.Features != inputs)
        {
            throw new NotSupportedException($"it takes {inputs} features, but {input.Features} flow into it");
        }

        var weight = graph.Constant($"{path}.weight", Conversion.Read(module.weight!, $"{path}.weight"), outputs, inputs);
        // Without a bias there is one of zeros, so that a batch norm after this layer can be folded into it.
        var bias = graph.Constant($"{path}.bias", module.bias is null ? new float[outputs] : Conversion.Read(module.bias, $"{path}.bias"), outputs);
        return graph.Node(path, "Gemm", [input.Name, weight, bias], [outputs], ("transB", 1L));
    }
}
