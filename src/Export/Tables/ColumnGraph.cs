using GanPipeline.Tables;

namespace GanPipeline.Export.Tables;

/// <summary>The part of a table generator's graph that makes one column's values of encoded rows.</summary>
internal sealed class ColumnGraph
{
    private readonly string _path;
    private readonly GraphValue _encoded;
    private readonly int _scalar;

    /// <summary>Starts it, with the choice of the slot.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="path">What the names of the column's values begin with.</param>
    /// <param name="column">The column's code.</param>
    /// <param name="encoded">Scalars, then logits of the slots: [N, width].</param>
    /// <param name="scalar">Place of the column's scalar.</param>
    /// <param name="slot">Place of its first slot.</param>
    public ColumnGraph(GraphBuilder graph, string path, ColumnCode column, GraphValue encoded, int scalar, int slot)
    {
        (Graph, _path, Column, _encoded, _scalar) = (graph, path, column, encoded, scalar);
        Chosen = column.Slots == 0 ? null : ArgMax("logits", slot, column.Slots);
    }

    /// <summary>The graph.</summary>
    public GraphBuilder Graph { get; }

    /// <summary>The column's code.</summary>
    public ColumnCode Column { get; }

    /// <summary>Name of the chosen slots, int64 [N, 1]; null for a column without slots.</summary>
    public string? Chosen { get; }

    /// <summary>The name of one of the column's values.</summary>
    public string Named(string value) => $"{_path}.{value}";

    /// <summary>The scalar, float64 [N, 1]: nothing after it is computed in fewer bits.</summary>
    public GraphValue Scalar() => Graph.ToDouble(Named("scalar"), TableOutputs.Slice(Graph, Named("scalar_32"), _encoded, _scalar, 1));

    /// <summary>The chosen slots, or zeros for a column that has one value alone.</summary>
    public string Slots() => Chosen ?? ArgMax("any", 0, 1);

    /// <summary>Name of the truth [N, 1] that the value is missing.</summary>
    public string Missing() => Graph.NumbersNode(Named("missing"), "Equal", [Chosen!, Graph.Constant(Named("missing_slot"), [(long)Column.MissingSlot], 1, 1)]);

    /// <summary>Name of the truth [N, 1] that the chosen mode is a value of its own.</summary>
    public string IsAlone() => Graph.NumbersNode(Named("is_alone"), "Equal", [Named("half_width"), Number("no_width", 0)]);

    /// <summary>A node of float64 [N, 1].</summary>
    public GraphValue Double(string name, string operation, params IEnumerable<string> inputs) => Graph.DoubleNode(Named(name), operation, inputs, [1]);

    /// <summary>A node of int64 [N, 1].</summary>
    public GraphValue Long(string name, string operation, params IEnumerable<string> inputs) => Graph.LongNode(Named(name), operation, inputs, [1]);

    /// <summary>A single number, float64.</summary>
    public string Number(string name, double number) => Graph.Constant(Named(name), [number]);

    /// <summary>A list of numbers, float64.</summary>
    public string Numbers(string name, params IEnumerable<double> numbers)
    {
        double[] list = [.. numbers];
        return Graph.Constant(Named(name), list, list.Length);
    }

    private string ArgMax(string name, int first, int count) => Graph.NumbersNode(Named("slot"), "ArgMax",
        [TableOutputs.Slice(Graph, Named(name), _encoded, first, count).Name], ("axis", 1L), ("keepdims", 1L));
}
