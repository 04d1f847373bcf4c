using GanPipeline.Training.Networks;

namespace GanPipeline.Export.Layers;

/// <summary>A transposed convolution that loses one row and column more at the bottom and the right than at the top and the left: in ONNX that is padding.</summary>
internal sealed class SameConvTranspose2dConverter : LayerConverter<SameConvTranspose2d>
{
    protected override GraphValue Convert(SameConvTranspose2d module, GraphValue input, string path, Conversion conversion)
    {
        var convolution = module.Convolution;
        long[] size = [Convolutions.Size(input, 0) * convolution.stride[0], Convolutions.Size(input, 1) * convolution.stride[1]];
        long[] before = convolution.padding ?? [0, 0];
        long[] after = [.. before.Select((padding, i) => Convolutions.Extent(convolution, i) - convolution.stride[i] - padding)];
        return Convolutions.Node("ConvTranspose", convolution, [.. before, .. after], size, [], input, path, conversion);
    }
}
