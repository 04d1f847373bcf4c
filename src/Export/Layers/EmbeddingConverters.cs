using GanPipeline.Training.Networks;
using TorchSharp.Modules;

namespace GanPipeline.Export.Layers;

/// <summary>A row of a table for each index that flows in.</summary>
internal sealed class EmbeddingConverter : LayerConverter<Embedding>
{
    protected override GraphValue Convert(Embedding module, GraphValue input, string path, Conversion conversion)
    {
        var shape = module.weight!.shape;
        var table = conversion.Graph.Constant($"{path}.weight", Conversion.Read(module.weight, $"{path}.weight"), shape);
        return conversion.Graph.Node(path, "Gather", [table, input.Name], [.. input.Shape, shape[1]]);
    }
}

/// <summary>The features times the class's learned vector.</summary>
internal sealed class EmbeddingProductConverter : LayerConverter<EmbeddingProduct>
{
    protected override GraphValue Convert(EmbeddingProduct module, GraphValue input, string path, Conversion conversion)
    {
        var vector = conversion.Convert(module.Table, conversion.Label, $"{path}.table");
        return input.Features == vector.Features
            ? conversion.Graph.Node(path, "Mul", [input.Name, vector.Name], input.Shape)
            : throw new NotSupportedException($"its classes have vectors of {vector.Features}, but {input.Features} features flow into it");
    }
}
