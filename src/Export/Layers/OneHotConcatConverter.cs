using GanPipeline.Training.Networks;

namespace GanPipeline.Export.Layers;

/// <summary>The class as a scaled one-hot vector beside the features.</summary>
internal sealed class OneHotConcatConverter : LayerConverter<OneHotConcat>
{
    protected override GraphValue Convert(OneHotConcat module, GraphValue input, string path, Conversion conversion)
    {
        var graph = conversion.Graph;
        var depth = graph.Constant($"{path}.classes", [(long)module.Classes]);
        var values = graph.Constant($"{path}.values", [0f, (float)module.Scale], 2);
        var oneHot = graph.Node($"{path}.one_hot", "OneHot", [conversion.Label.Name, depth, values], [module.Classes]);
        return graph.Node(path, "Concat", [input.Name, oneHot.Name], [input.Features + module.Classes], ("axis", 1L));
    }
}
