namespace GanPipeline.Onnx;

/// <summary>All nodes of a graph, those in the bodies of loops as well.</summary>
internal static class GraphNodes
{
    /// <summary>The nodes in the order in which they run; those of a body before the node that has it.</summary>
    public static IEnumerable<NodeProto> Nodes(this GraphProto graph) => graph.Node.SelectMany(node =>
        node.Attribute.Where(attribute => attribute.G is not null).SelectMany(attribute => attribute.G.Nodes()).Append(node));
}
