using TorchSharp.Modules;

namespace GanPipeline.Export.Layers;

/// <summary>max(x, 0).</summary>
internal sealed class ReluConverter : LayerConverter<ReLU>
{
    protected override GraphValue Convert(ReLU module, GraphValue input, string path, Conversion conversion) =>
        conversion.Graph.Node(path, "Relu", [input.Name], input.Shape);
}

/// <summary>x above 0, slope·x below.</summary>
internal sealed class LeakyReluConverter : LayerConverter<LeakyReLU>
{
    protected override GraphValue Convert(LeakyReLU module, GraphValue input, string path, Conversion conversion) =>
        conversion.Graph.Node(path, "LeakyRelu", [input.Name], input.Shape, ("alpha", (float)module.negative_slope));
}

/// <summary>Hyperbolic tangent.</summary>
internal sealed class TanhConverter : LayerConverter<Tanh>
{
    protected override GraphValue Convert(Tanh module, GraphValue input, string path, Conversion conversion) =>
        conversion.Graph.Node(path, "Tanh", [input.Name], input.Shape);
}

/// <summary>1 / (1 + exp(-x)).</summary>
internal sealed class SigmoidConverter : LayerConverter<Sigmoid>
{
    protected override GraphValue Convert(Sigmoid module, GraphValue input, string path, Conversion conversion) =>
        conversion.Graph.Node(path, "Sigmoid", [input.Name], input.Shape);
}
