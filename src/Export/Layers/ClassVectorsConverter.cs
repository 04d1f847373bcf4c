using GanPipeline.Training.Networks;

namespace GanPipeline.Export.Layers;

/// <summary>The vector of each class that flows in.</summary>
internal sealed class ClassVectorsConverter : LayerConverter<ClassVectors>
{
    protected override GraphValue Convert(ClassVectors module, GraphValue input, string path, Conversion conversion)
    {
        var shape = module.Weight.shape;
        var table = conversion.Graph.Constant($"{path}.weight", Conversion.Read(module.Weight, $"{path}.weight"), shape);
        return conversion.Graph.Node(path, "Gather", [table, input.Name], [.. input.Shape, shape[1]]);
    }
}
