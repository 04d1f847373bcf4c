using GanPipeline.Training.Networks;

namespace GanPipeline.Export.Layers;

/// <summary>A linear layer of the features, plus the product of the features and the class's learned vector.</summary>
internal sealed class ProjectionConverter : LayerConverter<Projection>
{
    protected override GraphValue Convert(Projection module, GraphValue input, string path, Conversion conversion)
    {
        var graph = conversion.Graph;
        graph.Share(input);
        var vector = conversion.Convert(module.Table, conversion.Label, $"{path}.table");
        if (vector.Features != input.Features)
        {
            throw new NotSupportedException($"its classes have vectors of {vector.Features}, but {input.Features} features flow into it");
        }

        var products = graph.Node($"{path}.products", "Mul", [input.Name, vector.Name], input.Shape);
        var sum = graph.Node($"{path}.sum", "ReduceSum", [products.Name, graph.Constant($"{path}.axes", [1L], 1)], [1]);
        var linear = conversion.Convert(module.Linear, input, $"{path}.linear");
        return graph.Node(path, "Add", [linear.Name, sum.Name], [1]);
    }
}
