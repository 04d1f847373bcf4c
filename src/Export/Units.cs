using GanPipeline.Training.Data;

namespace GanPipeline.Export;

/// <summary>Between the network's numbers and the data's own units: data = network × scale + shift.</summary>
internal static class Units
{
    public static GraphValue ToData(GraphValue value, SampleFormat format, GraphBuilder graph)
    {
        var (scale, shift, shape) = Of(format);
        if (IsNetworks(scale, shift))
        {
            return value;
        }

        var scaled = graph.Node("units.scaled", "Mul", [value.Name, graph.Constant("units.scale", scale, shape)], value.Shape);
        return graph.Node("units.shifted", "Add", [scaled.Name, graph.Constant("units.shift", shift, shape)], value.Shape);
    }

    /// <summary>The way back; a number that is the same in all data (scale 0) is 0 to the network.</summary>
    public static GraphValue ToNetwork(GraphValue value, SampleFormat format, GraphBuilder graph)
    {
        var (scale, shift, shape) = Of(format);
        if (IsNetworks(scale, shift))
        {
            return value;
        }

        var factor = Array.ConvertAll(scale, number => number == 0 ? 0 : 1 / number);
        var shifted = graph.Node("units.shifted", "Sub", [value.Name, graph.Constant("units.shift", shift, shape)], value.Shape);
        return graph.Node("units.scaled", "Mul", [shifted.Name, graph.Constant("units.factor", factor, shape)], value.Shape);
    }

    /// <summary>Scale and shift of the number at <paramref name="index"/> in a batch of samples.</summary>
    public static (float Scale, float Shift) At(SampleFormat format, int index)
    {
        var number = index % (int)format.Size;
        return format.Units is { } units ? (units.Scale[number], units.Shift[number]) : ((float)format.Scale, (float)format.Shift);
    }

    private static bool IsNetworks(float[] scale, float[] shift) => scale is [1] && shift is [0];

    private static (float[] Scale, float[] Shift, long[] Shape) Of(SampleFormat format) => format.Units is { } units
        ? (units.Scale, units.Shift, format.Shape)
        : ([(float)format.Scale], [(float)format.Shift], []);
}
