using TorchSharp.Modules;

namespace GanPipeline.Export.Layers;

/// <summary>
/// In evaluation mode batch norm multiplies each feature by a number and adds another: folded into the linear layer before it, else a node of its own.
/// </summary>
internal sealed class BatchNorm1dConverter : LayerConverter<BatchNorm1d>
{
    protected override GraphValue Convert(BatchNorm1d module, GraphValue input, string path, Conversion conversion)
    {
        if (module.running_mean is null || module.running_var is null)
        {
            throw new NotSupportedException("it keeps no running statistics, so what it computes depends on the batch");
        }

        var features = input.Features;
        var mean = Conversion.Read(module.running_mean, $"{path}.running_mean");
        var variance = Conversion.Read(module.running_var, $"{path}.running_var");
        var weight = module.weight is null ? Ones(features) : Conversion.Read(module.weight, $"{path}.weight");
        var bias = module.bias is null ? new float[features] : Conversion.Read(module.bias, $"{path}.bias");
        if (mean.Length != features)
        {
            throw new NotSupportedException($"it takes {mean.Length} features, but {features} flow into it");
        }

        var (scale, shift) = (new double[features], new double[features]);
        for (var i = 0; i < features; i++)
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
            graph.Constant($"{path}.weight", weight, features),
            graph.Constant($"{path}.bias", bias, features),
            graph.Constant($"{path}.running_mean", mean, features),
            graph.Constant($"{path}.running_var", variance, features),
        ];
        return graph.Node(path, "BatchNormalization", inputs, input.Shape, ("epsilon", (float)module.eps));
    }

    private static float[] Ones(long count)
    {
        var ones = new float[count];
        Array.Fill(ones, 1f);
        return ones;
    }
}
