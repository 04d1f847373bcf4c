using TorchSharp.Modules;

namespace GanPipeline.Export.Layers;

/// <summary>Merges the axes from start to end into one.</summary>
internal sealed class FlattenConverter : LayerConverter<Flatten>
{
    protected override GraphValue Convert(Flatten module, GraphValue input, string path, Conversion conversion)
    {
        var start = Reshaping.Axis(module.start_dim, input) - 1;
        var end = Reshaping.Axis(module.end_dim, input) - 1;
        var merged = input.Shape.Skip(start).Take(end - start + 1).Aggregate(1L, (a, b) => a * b);
        return Reshaping.To([.. input.Shape.Take(start), merged, .. input.Shape.Skip(end + 1)], input, path, conversion);
    }
}

/// <summary>Splits one axis into several.</summary>
internal sealed class UnflattenConverter : LayerConverter<Unflatten>
{
    protected override GraphValue Convert(Unflatten module, GraphValue input, string path, Conversion conversion)
    {
        var axis = Reshaping.Axis(module.dim, input) - 1;
        var rest = input.Shape[axis] / module.unflattened_size.Where(size => size > 0).Aggregate(1L, (a, b) => a * b); // for the one size that may be -1
        var sizes = module.unflattened_size.Select(size => size < 0 ? rest : size);
        return Reshaping.To([.. input.Shape.Take(axis), .. sizes, .. input.Shape.Skip(axis + 1)], input, path, conversion);
    }
}

/// <summary>In evaluation mode dropout does nothing.</summary>
internal sealed class DropoutConverter : LayerConverter<Dropout>
{
    protected override GraphValue Convert(Dropout module, GraphValue input, string path, Conversion conversion) => input;
}

/// <summary>In evaluation mode dropout of whole channels does nothing.</summary>
internal sealed class Dropout2dConverter : LayerConverter<Dropout2d>
{
    protected override GraphValue Convert(Dropout2d module, GraphValue input, string path, Conversion conversion) => input;
}

/// <summary>What flows in.</summary>
internal sealed class IdentityConverter : LayerConverter<Identity>
{
    protected override GraphValue Convert(Identity module, GraphValue input, string path, Conversion conversion) => input;
}

/// <summary>Reshapes samples and never the batch axis.</summary>
internal static class Reshaping
{
    /// <summary>The axis (the batch axis is 0) that a possibly negative index names.</summary>
    public static int Axis(long index, GraphValue input)
    {
        var axis = index < 0 ? index + input.Shape.Count + 1 : index;
        return axis >= 1 && axis <= input.Shape.Count ? (int)axis
            : throw new NotSupportedException($"it changes axis {index} of [N, {string.Join(", ", input.Shape)}]");
    }

    public static GraphValue To(IReadOnlyList<long> shape, GraphValue input, string path, Conversion conversion)
    {
        long[] target = [-1, .. shape];
        var constant = conversion.Graph.Constant($"{path}.shape", target, target.Length);
        return conversion.Graph.Node(path, "Reshape", [input.Name, constant], shape);
    }
}
