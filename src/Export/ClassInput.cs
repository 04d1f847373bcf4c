namespace GanPipeline.Export;

/// <summary>The classes of the samples as an input of a graph.</summary>
internal static class ClassInput
{
    /// <summary>Adds the input, int64 [N], and nodes that refuse what is no class.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Name of the input.</param>
    /// <param name="classes">Number of classes: 0 to that less 1 are classes.</param>
    /// <returns>The class indices, int64 [N], checked.</returns>
    public static GraphValue Add(GraphBuilder graph, string name, int classes)
    {
        var label = graph.LongInput(name);
        // Gather refuses an index beyond the table, but counts negative ones from its end: without Where, -1 would be the last class.
        var negative = graph.NumbersNode("label.negative", "Less", [label.Name, graph.Constant("label.first", [0L])]);
        var index = graph.NumbersNode("label.index", "Where", [negative, graph.Constant("label.beyond", [(long)classes]), label.Name]);
        return new GraphValue(graph.NumbersNode("label.class", "Gather", [Indices(graph, "label.classes", classes), index]), []);
    }

    /// <summary>
    /// [N, classes] of float32: <paramref name="value"/> for the class, else 0. Not OneHot, which divides by the number of samples in ONNX Runtime 1.23:
    /// none ends Node's process and makes the browser's throw.
    /// </summary>
    public static GraphValue OneHot(GraphBuilder graph, string path, GraphValue label, int classes, float value)
    {
        var column = graph.NumbersNode($"{path}.column", "Unsqueeze", [label.Name, graph.Constant($"{path}.axis", [1L], 1)]);
        var same = graph.NumbersNode($"{path}.same", "Equal", [column, Indices(graph, $"{path}.classes", classes)]);
        var oneHot = graph.Node($"{path}.one_hot", "Cast", [same], [classes], ("to", 1L));
        return value == 1 ? oneHot : graph.Node($"{path}.scaled", "Mul", [oneHot.Name, graph.Constant($"{path}.scale", [value])], [classes]);
    }

    private static string Indices(GraphBuilder graph, string name, int classes) =>
        graph.Constant(name, [.. Enumerable.Range(0, classes).Select(i => (long)i)], classes);
}
