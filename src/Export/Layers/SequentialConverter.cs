using TorchSharp.Modules;

namespace GanPipeline.Export.Layers;

/// <summary>One module after the other.</summary>
internal sealed class SequentialConverter : LayerConverter<Sequential>
{
    protected override GraphValue Convert(Sequential module, GraphValue input, string path, Conversion conversion) =>
        module.named_children().Aggregate(input, (value, child) => conversion.Convert(child.module, value, $"{path}.{child.name}"));
}
