using TorchSharp.Modules;

namespace GanPipeline.Export.Layers;

/// <summary>
/// In evaluation mode batch norm multiplies each channel by a number and adds another: folded into the linear layer or convolution before it where nothing else
/// sees that layer's output, else a node of its own.
/// </summary>
internal abstract class BatchNormConverter<TModule> : LayerConverter<TModule>
    where TModule : BatchNorm
{
    protected override GraphValue Convert(TModule module, GraphValue input, string path, Conversion conversion)
    {
        if (module.running_mean is null || module.running_var is null)
        {
            throw new NotSupportedException("it keeps no running statistics, so what it computes depends on the batch");
        }

        var channels = input.Shape[0];
        var mean = Conversion.Read(module.running_mean, $"{path}.running_mean");
        var variance = Conversion.Read(module.running_var, $"{path}.running_var");
        var weight = module.weight is null ? Conversion.Ones(channels) : Conversion.Read(module.weight, $"{path}.weight");
        var bias = module.bias is null ? new float[channels] : Conversion.Read(module.bias, $"{path}.bias");
        if (mean.Length != channels)
        {
            throw new NotSupportedException($"it takes {mean.Length} features, but {channels} flow into it");
        }

        var (scale, shift) = (new double[channels], new double[channels]);
        for (var i = 0; i < channels; i++)
        {
            scale[i] = weight[i] / Math.Sqrt(variance[i] + module.eps);
            shift[i] = bias[i] - mean[i] * scale[i];
        }

        var graph = conversion.Graph;
        if (graph.TryFold(input, scale, shift))
        {
            return input;
        }

        string[] inputs =
        [
            input.Name,
            graph.Constant($"{path}.weight", weight, channels),
            graph.Constant($"{path}.bias", bias, channels),
            graph.Constant($"{path}.running_mean", mean, channels),
            graph.Constant($"{path}.running_var", variance, channels),
        ];
        return graph.Node(path, "BatchNormalization", inputs, input.Shape, ("epsilon", (float)module.eps));
    }
}

/// <summary>Batch norm of features [N, C] or of sequences [N, C, L].</summary>
internal sealed class BatchNorm1dConverter : BatchNormConverter<BatchNorm1d>;

/// <summary>Batch norm of images [N, C, H, W].</summary>
internal sealed class BatchNorm2dConverter : BatchNormConverter<BatchNorm2d>;
