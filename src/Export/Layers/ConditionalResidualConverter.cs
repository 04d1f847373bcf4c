using GanPipeline.Training.Networks;

namespace GanPipeline.Export.Layers;

/// <summary>What flows in, or what the shortcut makes of it, plus what the body makes of it and of the class.</summary>
internal sealed class ConditionalResidualConverter : LayerConverter<ConditionalResidual>
{
    protected override GraphValue Convert(ConditionalResidual module, GraphValue input, string path, Conversion conversion) =>
        Branches.Sum(module.Shortcut, module.Body, input, path, conversion);
}
