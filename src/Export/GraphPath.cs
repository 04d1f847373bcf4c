using GanPipeline.Training.Networks;
using TorchSharp;

namespace GanPipeline.Export;

/// <summary>Adds nodes and constants whose names begin with one path.</summary>
/// <param name="graph">The graph.</param>
/// <param name="path">What names begin with, without the point.</param>
internal sealed class GraphPath(GraphBuilder graph, string path)
{
    /// <summary>The graph.</summary>
    public GraphBuilder Graph => graph;

    /// <summary>A path below this one.</summary>
    public GraphPath Below(string name) => new(graph, $"{path}.{name}");

    /// <summary>A node whose output is a batch; without a name it has the path itself.</summary>
    public GraphValue Node(string name, string operation, IEnumerable<string> inputs, IReadOnlyList<long> shape,
        params IEnumerable<(string Name, object Value)> attributes) => graph.Node(Named(name), operation, inputs, shape, attributes);

    /// <summary>A node whose output is no batch of float32.</summary>
    public string Numbers(string name, string operation, IEnumerable<string> inputs, params IEnumerable<(string Name, object Value)> attributes) =>
        graph.NumbersNode(Named(name), operation, inputs, attributes);

    /// <summary>A node of the same shape as <paramref name="value"/>, of which each number is computed by itself.</summary>
    public GraphValue Each(string name, string operation, GraphValue value, params IEnumerable<string> others) =>
        Node(name, operation, [value.Name, .. others], value.Shape);

    /// <summary>The largest or smallest along an axis, as <see cref="GraphBuilder.Extreme"/>.</summary>
    public GraphValue Extreme(string name, string operation, GraphValue value, int axis) => graph.Extreme(Named(name), operation, value, axis);

    /// <summary>One number, for <see cref="Each"/>.</summary>
    public string Number(string name, double value) => graph.Constant(Named(name), [(float)value]);

    /// <summary>Whole numbers in a row, [n]: a shape, axes or places.</summary>
    public string Whole(string name, params long[] values) => graph.Constant(Named(name), values, values.Length);

    /// <summary>Parts of rows, side by side.</summary>
    public GraphValue Concat(string name, params IReadOnlyCollection<GraphValue> parts) =>
        Node(name, "Concat", parts.Select(part => part.Name), [parts.Sum(part => part.Features)], ("axis", 1L));

    /// <summary>Some columns of a matrix.</summary>
    public GraphValue Columns(string name, GraphValue matrix, ColumnRange columns) =>
        TableOutputs.Slice(graph, Named(name), matrix, columns.Start, columns.Length);

    /// <summary>The numbers of a value as rows of that many.</summary>
    public GraphValue Rows(string name, string value, long columns) =>
        Node(name, "Reshape", [value, graph.Constant($"{Named(name)}.shape", [-1L, columns], 2)], [columns]);

    /// <summary>A constant matrix that is data and no weight: stored flat, so that storing weights in fewer bits leaves it as it is.</summary>
    public string Matrix(string name, torch.Tensor values)
    {
        var numbers = Conversion.Read(values, name);
        return graph.NumbersNode(Named(name), "Reshape", [graph.Constant($"{Named(name)}_data", numbers, numbers.Length),
            Whole($"{name}_shape", values.shape[0], values.shape[1])]);
    }

    /// <summary>The whole name of a node or a constant; of an empty one the path itself.</summary>
    public string Named(string name) => name.Length == 0 ? path : $"{path}.{name}";
}
