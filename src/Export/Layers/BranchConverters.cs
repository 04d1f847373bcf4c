using GanPipeline.Training.Networks;
using TorchSharp;

namespace GanPipeline.Export.Layers;

/// <summary>What flows in, or what the shortcut makes of it, plus what the body makes of it.</summary>
internal sealed class ResidualConverter : LayerConverter<Residual>
{
    protected override GraphValue Convert(Residual module, GraphValue input, string path, Conversion conversion) =>
        Branches.Sum(module.Shortcut, module.Body, input, path, conversion);
}

/// <summary>What residual blocks share, whether they take the class or not.</summary>
internal static class Branches
{
    public static GraphValue Sum(torch.nn.Module? shortcut, torch.nn.Module body, GraphValue input, string path, Conversion conversion)
    {
        conversion.Graph.Share(input);
        var skipped = shortcut is null ? input : conversion.Convert(shortcut, input, $"{path}.shortcut");
        var output = conversion.Convert(body, input, $"{path}.body");
        return skipped.Shape.SequenceEqual(output.Shape)
            ? conversion.Graph.Node(path, "Add", [skipped.Name, output.Name], output.Shape)
            : throw new NotSupportedException($"its body gives [N, {string.Join(", ", output.Shape)}], " +
                $"which cannot be added to [N, {string.Join(", ", skipped.Shape)}]");
    }
}

/// <summary>What flows in, and what the body makes of it as further features or channels.</summary>
internal sealed class SkipConcatConverter : LayerConverter<SkipConcat>
{
    protected override GraphValue Convert(SkipConcat module, GraphValue input, string path, Conversion conversion)
    {
        conversion.Graph.Share(input);
        var body = conversion.Convert(module.Body, input, $"{path}.body");
        return input.Shape.Skip(1).SequenceEqual(body.Shape.Skip(1))
            ? conversion.Graph.Node(path, "Concat", [input.Name, body.Name], [input.Shape[0] + body.Shape[0], .. input.Shape.Skip(1)], ("axis", 1L))
            : throw new NotSupportedException($"its body gives [N, {string.Join(", ", body.Shape)}], " +
                $"which cannot go beside [N, {string.Join(", ", input.Shape)}]");
    }
}
