namespace GanPipeline.Export;

/// <summary>A value that flows through the graph.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Shape">Its shape without the batch axis, which is always the first and of any size.</param>
internal sealed record GraphValue(string Name, IReadOnlyList<long> Shape)
{
    /// <summary>Its only feature axis.</summary>
    /// <exception cref="NotSupportedException">It has another number of axes.</exception>
    public long Features => Shape.Count == 1 ? Shape[0] : throw new NotSupportedException(
        $"its input is [N, {string.Join(", ", Shape)}], but it must be [N, features]");
}
