using TorchSharp;
using TorchSharp.Modules;

namespace GanPipeline.Export.Layers;

/// <summary>Convolution of images [N, C, H, W], padded with zeros.</summary>
internal sealed class Conv2dConverter : LayerConverter<Conv2d>
{
    protected override GraphValue Convert(Conv2d module, GraphValue input, string path, Conversion conversion)
    {
        var (before, after) = Padding(module);
        var output = Enumerable.Range(0, 2).Select(i =>
            (Convolutions.Size(input, i) + before[i] + after[i] - Convolutions.Extent(module, i)) / module.stride[i] + 1);
        return Convolutions.Node("Conv", module, [.. before, .. after], [.. output], [], input, path, conversion);
    }

    /// <summary>Rows and columns of zeros at the top and left, and at the bottom and right.</summary>
    private static (long[] Before, long[] After) Padding(Conv2d module)
    {
        if (module.padding_type is not TorchSharp.Padding.Same)
        {
            var padding = module.padding ?? [0, 0];
            return (padding, padding);
        }

        long[] total = [Convolutions.Extent(module, 0) - 1, Convolutions.Extent(module, 1) - 1];
        return ([total[0] / 2, total[1] / 2], [total[0] - total[0] / 2, total[1] - total[1] / 2]); // an odd one goes to the bottom and the right
    }
}

/// <summary>Transposed convolution of images [N, C, H, W].</summary>
internal sealed class ConvTranspose2dConverter : LayerConverter<ConvTranspose2d>
{
    protected override GraphValue Convert(ConvTranspose2d module, GraphValue input, string path, Conversion conversion)
    {
        var padding = module.padding ?? [0, 0];
        var extra = module.output_padding;
        var output = Enumerable.Range(0, 2).Select(i =>
            (Convolutions.Size(input, i) - 1) * module.stride[i] - 2 * padding[i] + Convolutions.Extent(module, i) + extra[i]);
        return Convolutions.Node(
            "ConvTranspose", module, [.. padding, .. padding], [.. output], extra.Any(size => size > 0) ? [("output_padding", extra)]
                : [], input, path, conversion);
    }
}

/// <summary>What both kinds of convolution share.</summary>
internal static class Convolutions
{
    /// <summary>Height (axis 0) or width (axis 1) of the image that flows in.</summary>
    public static long Size(GraphValue image, int axis) =>
        image.Shape.Count == 3 ? image.Shape[1 + axis] : throw new NotSupportedException(
            $"its input is [N, {string.Join(", ", image.Shape)}], but it must be [N, C, H, W]");

    /// <summary>Pixels that the kernel reaches over along one axis.</summary>
    public static long Extent(Convolution module, int axis) => module.dilation[axis] * (module.kernel_size[axis] - 1) + 1;

    public static GraphValue Node(
        string operation, Convolution module, long[] pads, long[] size, (string, object)[] more, GraphValue input, string path, Conversion conversion)
    {
        if (input.Shape[0] != module.in_channels)
        {
            throw new NotSupportedException($"it takes {module.in_channels} channels, but {input.Shape[0]} flow into it");
        }

        if (module.padding_mode != PaddingModes.Zeros)
        {
            throw new NotSupportedException($"it pads by {module.padding_mode}, and only zeros are known");
        }

        var graph = conversion.Graph;
        var channels = module.out_channels;
        var weight = graph.Constant($"{path}.weight", Conversion.Read(module.weight, $"{path}.weight"), module.weight.shape);
        // Without a bias there is one of zeros, so that a batch norm after this layer can be folded into it.
        var bias = graph.Constant($"{path}.bias", module.bias is null ? new float[channels] : Conversion.Read(module.bias, $"{path}.bias"), channels);
        (string, object)[] attributes =
        [
            ("dilations", module.dilation), ("group", module.groups), ("kernel_shape", module.kernel_size), ("pads", pads), ("strides", module.stride), .. more,
        ];
        return graph.Node(path, operation, [input.Name, weight, bias], [channels, .. size], attributes);
    }
}
