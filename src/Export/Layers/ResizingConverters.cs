using TorchSharp;
using TorchSharp.Modules;

namespace GanPipeline.Export.Layers;

/// <summary>Images [N, C, H, W] enlarged by whole factors: each pixel is repeated.</summary>
internal sealed class UpsampleConverter : LayerConverter<Upsample>
{
    protected override GraphValue Convert(Upsample module, GraphValue input, string path, Conversion conversion)
    {
        if (module.mode != torch.UpsampleMode.Nearest)
        {
            throw new NotSupportedException($"its mode is {module.mode}, and only Nearest is known");
        }

        long[] from = [Convolutions.Size(input, 0), Convolutions.Size(input, 1)];
        double[] factors = module.size.Length == 2 ? [(double)module.size[0] / from[0], (double)module.size[1] / from[1]] : module.scale_factor.ToArray();
        if (factors.Length != 2 || factors.Any(factor => factor < 1 || factor != Math.Floor(factor)))
        {
            throw new NotSupportedException($"it enlarges by [{string.Join(", ", factors)}], and only two whole factors are known");
        }

        return Repeated(input, [(long)factors[0], (long)factors[1]], path, conversion);
    }

    public static GraphValue Repeated(GraphValue input, long[] factors, string path, Conversion conversion)
    {
        // No region of interest, which is an optional input.
        var scales = conversion.Graph.Constant($"{path}.scales", [1f, 1f, factors[0], factors[1]], 4);
        return conversion.Graph.Node(
            path, "Resize", [input.Name, "", scales], [input.Shape[0], Convolutions.Size(input, 0) * factors[0], Convolutions.Size(input, 1) * factors[1]],
            ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"));
    }
}

/// <summary>Zeros around images [N, C, H, W].</summary>
internal sealed class ZeroPad2dConverter : LayerConverter<ZeroPad2d>
{
    protected override GraphValue Convert(ZeroPad2d module, GraphValue input, string path, Conversion conversion)
    {
        var (left, right, top, bottom) = (module.padding[0], module.padding[1], module.padding[2], module.padding[3]);
        var (height, width) = (Convolutions.Size(input, 0), Convolutions.Size(input, 1));
        var pads = conversion.Graph.Constant($"{path}.pads", [0L, 0, top, left, 0, 0, bottom, right], 8);
        return conversion.Graph.Node(path, "Pad", [input.Name, pads], [input.Shape[0], height + top + bottom, width + left + right]);
    }
}
