using GanPipeline.Training.Networks;

namespace GanPipeline.Export.Layers;

/// <summary>Repeated pixels and a convolution: two operators.</summary>
internal sealed class UpsampledConv2dConverter : LayerConverter<UpsampledConv2d>
{
    protected override GraphValue Convert(UpsampledConv2d module, GraphValue input, string path, Conversion conversion)
    {
        var repeated = UpsampleConverter.Repeated(input, [2, 2], $"{path}.upsample", conversion);
        var padding = module.Convolution.padding ?? [0, 0];
        return Convolutions.Node("Conv", module.Convolution, [.. padding, .. padding], [Convolutions.Size(repeated, 0), Convolutions.Size(repeated, 1)], [],
            repeated, path, conversion);
    }
}
