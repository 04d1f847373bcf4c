namespace GanPipeline.MlNetFacts.Tests;

public sealed class Point
{
    public float X { get; set; }

    public float Y { get; set; }

    public bool IsRare { get; set; }

    /// <summary>Points whose X is their index, every tenth of them rare.</summary>
    internal static Point[] Some(int count) => [.. Enumerable.Range(0, count).Select(i => new Point { X = i, Y = -i, IsRare = i % 10 == 9 })];
}

internal static class Views
{
    internal static IDataView View(this MLContext ml, int count) => ml.Data.LoadFromEnumerable(Point.Some(count));

    internal static int Count(this IDataView view) => view.GetColumn<float>("X").Count();
}
