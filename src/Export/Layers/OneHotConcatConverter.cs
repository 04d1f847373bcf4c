using GanPipeline.Training.Networks;

namespace GanPipeline.Export.Layers;

/// <summary>The class as a scaled one-hot vector beside the features.</summary>
internal sealed class OneHotConcatConverter : LayerConverter<OneHotConcat>
{
    protected override GraphValue Convert(OneHotConcat module, GraphValue input, string path, Conversion conversion)
    {
        var oneHot = ClassInput.OneHot(conversion.Graph, path, conversion.Label, module.Classes, (float)module.Scale);
        return conversion.Graph.Node(path, "Concat", [input.Name, oneHot.Name], [input.Features + module.Classes], ("axis", 1L));
    }
}
