namespace GanPipeline.Export.Tables;

/// <summary>A column of categories: the text of the chosen slot, empty where the value is missing.</summary>
internal static class TextOutput
{
    /// <summary>The texts [N, 1].</summary>
    public static GraphValue Add(ColumnGraph at) => at.Graph.TextNode(at.Named("text"), [.. at.Column.Categories, ""], at.Slots());
}
