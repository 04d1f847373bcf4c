using GanPipeline.Training.Networks;

namespace GanPipeline.Export.Layers;

/// <summary>One module after the other; those that take the class find it in the conversion.</summary>
internal sealed class ConditionalSequentialConverter : LayerConverter<ConditionalSequential>
{
    protected override GraphValue Convert(ConditionalSequential module, GraphValue input, string path, Conversion conversion) =>
        module.named_children().Aggregate(input, (value, child) => conversion.Convert(child.module, value, $"{path}.{child.name}"));
}
