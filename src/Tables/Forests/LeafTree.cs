namespace GanPipeline.Tables.Forests;

/// <summary>A tree that has grown, with the rows in its leaves.</summary>
/// <param name="nodes">Its nodes, the root first.</param>
/// <param name="rows">The rows, those of one leaf side by side.</param>
internal sealed class LeafTree(LeafTree.Node[] nodes, int[] rows)
{
    /// <summary>A split, or a leaf.</summary>
    /// <param name="Feature">The column that splits; -1 for a leaf.</param>
    /// <param name="At">The largest code that goes below; of a leaf, where its rows begin.</param>
    /// <param name="Next">The node below, after which the one above follows; of a leaf, how many rows it has.</param>
    internal readonly record struct Node(int Feature, int At, int Next)
    {
        public static Node Split(int feature, int code, int below) => new(feature, code, below);

        public static Node Leaf(int first, int count) => new(-1, first, count);
    }

    /// <summary>The rows in the leaf that codes lead to.</summary>
    /// <param name="codes">[columns] codes.</param>
    public ReadOnlySpan<int> LeafOf(ReadOnlySpan<int> codes)
    {
        Node node = nodes[0];
        while (node.Feature >= 0) node = nodes[codes[node.Feature] <= node.At ? node.Next : node.Next + 1];
        return rows.AsSpan(node.At, node.Next);
    }
}
