using GanPipeline.Training.Networks;

namespace GanPipeline.Export.Layers;

/// <summary>
/// In evaluation mode each channel is multiplied by a number and another is added, both by class: two tables, which the running statistics are worked into, and
/// a row of each.
/// </summary>
internal sealed class ConditionalBatchNormConverter : LayerConverter<ConditionalBatchNorm2d>
{
    protected override GraphValue Convert(ConditionalBatchNorm2d module, GraphValue input, string path, Conversion conversion)
    {
        var mean = Conversion.Read(module.Norm.running_mean!, $"{path}.norm.running_mean");
        var variance = Conversion.Read(module.Norm.running_var!, $"{path}.norm.running_var");
        var scale = Conversion.Read(module.Weight.Weight, $"{path}.weight.weight");
        var shift = Conversion.Read(module.Bias.Weight, $"{path}.bias.weight");
        var channels = mean.Length;
        if (input.Shape.Count != 3 || input.Shape[0] != channels)
        {
            throw new NotSupportedException($"it takes images of {channels} channels, but [N, {string.Join(", ", input.Shape)}] flows into it");
        }

        for (var i = 0; i < scale.Length; i++)
        {
            var channel = i % channels;
            var factor = scale[i] / Math.Sqrt(variance[channel] + module.Norm.eps);
            (scale[i], shift[i]) = ((float)factor, (float)(shift[i] - mean[channel] * factor));
        }

        var graph = conversion.Graph;
        GraphValue Row(string name, float[] table) => graph.Node(
            $"{path}.{name}", "Gather", [graph.Constant($"{path}.{name}_by_class", table, scale.Length / channels, channels, 1, 1), conversion.Label.Name],
                [channels, 1, 1]);
        var scaled = graph.Node($"{path}.scaled", "Mul", [input.Name, Row("scale", scale).Name], input.Shape);
        return graph.Node(path, "Add", [scaled.Name, Row("shift", shift).Name], input.Shape);
    }
}
