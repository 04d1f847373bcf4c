using GanPipeline.Training.Networks;

namespace GanPipeline.Export.Layers;

/// <summary>
/// A transposed convolution that may lose more rows and columns at the bottom and the right than at the top and the left: in ONNX that is padding.
/// </summary>
internal sealed class CroppedConvTranspose2dConverter : LayerConverter<CroppedConvTranspose2d>
{
    protected override GraphValue Convert(CroppedConvTranspose2d module, GraphValue input, string path, Conversion conversion)
    {
        var convolution = module.Convolution;
        long[] before = convolution.padding ?? [0, 0], after = [.. before.Select(padding => padding + module.Crop)];
        long[] size = [.. Enumerable.Range(0, 2).Select(i =>
            (Convolutions.Size(input, i) - 1) * convolution.stride[i] + Convolutions.Extent(convolution, i) - before[i] - after[i])];
        return Convolutions.Node("ConvTranspose", convolution, [.. before, .. after], size, [], input, path, conversion);
    }
}
