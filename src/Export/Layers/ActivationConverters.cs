using GanPipeline.Training.Networks;
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

/// <summary>The same, of our networks.</summary>
internal sealed class HeldLeakyReluConverter : LayerConverter<LeakyRelu>
{
    protected override GraphValue Convert(LeakyRelu module, GraphValue input, string path, Conversion conversion) =>
        conversion.Graph.Node(path, "LeakyRelu", [input.Name], input.Shape, ("alpha", (float)module.Slope));
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

/// <summary>
/// log(1 + exp(beta·x)) / beta; above the threshold the network takes x itself, which differs by less than a rounding at the usual threshold.
/// </summary>
internal sealed class SoftplusConverter : LayerConverter<Softplus>
{
    protected override GraphValue Convert(Softplus module, GraphValue input, string path, Conversion conversion)
    {
        var graph = conversion.Graph;
        if (module.beta == 1)
        {
            return graph.Node(path, "Softplus", [input.Name], input.Shape);
        }

        var beta = graph.Constant($"{path}.beta", [(float)module.beta]);
        var product = graph.Node($"{path}.product", "Mul", [input.Name, beta], input.Shape);
        var softplus = graph.Node($"{path}.softplus", "Softplus", [product.Name], input.Shape);
        return graph.Node(path, "Div", [softplus.Name, beta], input.Shape);
    }
}

/// <summary>exp(x) over its sum along one axis.</summary>
internal sealed class SoftmaxConverter : LayerConverter<Softmax>
{
    protected override GraphValue Convert(Softmax module, GraphValue input, string path, Conversion conversion) =>
        conversion.Graph.Node(path, "Softmax", [input.Name], input.Shape, ("axis", (long)Reshaping.Axis(module.dim, input)));
}

/// <summary>x times its sigmoid.</summary>
internal sealed class SiluConverter : LayerConverter<SiLU>
{
    protected override GraphValue Convert(SiLU module, GraphValue input, string path, Conversion conversion)
    {
        var sigmoid = conversion.Graph.Node($"{path}.sigmoid", "Sigmoid", [input.Name], input.Shape);
        return conversion.Graph.Node(path, "Mul", [input.Name, sigmoid.Name], input.Shape);
    }
}

/// <summary>x times the normal distribution function of x, or its approximation by tanh (Hendrycks and Gimpel 2016); opset 17 has no operator for it.</summary>
internal sealed class GeluConverter : LayerConverter<GELU>
{
    protected override GraphValue Convert(GELU module, GraphValue input, string path, Conversion conversion)
    {
        var graph = conversion.Graph;
        var shape = input.Shape;
        GraphValue Binary(string name, string operation, GraphValue value, string other) => graph.Node($"{path}.{name}", operation, [value.Name, other], shape);
        string Number(string name, double value) => graph.Constant($"{path}.{name}", [(float)value]);

        GraphValue twiceShare; // of the distribution, minus 1
        if (module.approximate == GELU.Approximate.none)
        {
            var scaled = Binary("scaled", "Mul", input, Number("scale", Math.Sqrt(0.5)));
            twiceShare = graph.Node($"{path}.erf", "Erf", [scaled.Name], shape);
        }
        else
        {
            var square = Binary("square", "Mul", input, input.Name);
            var weighted = Binary("weighted", "Mul", square, Number("cubic", 0.044715));
            var raised = Binary("raised", "Add", weighted, Number("linear", 1));
            var product = Binary("product", "Mul", raised, input.Name);
            var scaled = Binary("scaled", "Mul", product, Number("scale", Math.Sqrt(2 / Math.PI)));
            twiceShare = graph.Node($"{path}.tanh", "Tanh", [scaled.Name], shape);
        }

        var shifted = Binary("shifted", "Add", twiceShare, Number("one", 1));
        var half = Binary("half", "Mul", shifted, Number("factor", 0.5));
        return graph.Node(path, "Mul", [input.Name, half.Name], shape);
    }
}
