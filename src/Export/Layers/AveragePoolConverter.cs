using TorchSharp.Modules;

namespace GanPipeline.Export.Layers;

/// <summary>The mean of each window of images [N, C, H, W].</summary>
internal sealed class AvgPool2dConverter : LayerConverter<AvgPool2d>
{
    protected override GraphValue Convert(AvgPool2d module, GraphValue input, string path, Conversion conversion)
    {
        if (module.ceil_mode || module.divisor_override is not null)
        {
            throw new NotSupportedException("its windows reach past the edge, or it divides by another number than the window's pixels");
        }

        var kernel = Both(module.kernel_size);
        var stride = module.stride is { Length: > 0 } given ? Both(given) : kernel;
        var padding = Both(module.padding is { Length: > 0 } around ? around : [0]);
        var size = Enumerable.Range(0, 2).Select(i => (Convolutions.Size(input, i) + 2 * padding[i] - kernel[i]) / stride[i] + 1);
        return conversion.Graph.Node(
            path, "AveragePool", [input.Name], [input.Shape[0], .. size],
            ("kernel_shape", kernel), ("strides", stride), ("pads", (long[])[.. padding, .. padding]),
                ("count_include_pad", module.count_include_pad ? 1L : 0L));
    }

    /// <summary>One number stands for height and width.</summary>
    private static long[] Both(long[] sizes) => sizes.Length == 1 ? [sizes[0], sizes[0]] : sizes;
}
