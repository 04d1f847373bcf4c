namespace GanPipeline.MlNetFacts.Tests;

public sealed class Point
{
    public float X { get; set; }

    public float Y { get; set; }

    public string Label { get; set; } = "";
}

public sealed class PointOut
{
    public string Label { get; set; } = "";

    [VectorType(2)]
    public float[] Features { get; set; } = [];
}

internal static class Rows
{
    /// <summary>Points whose X is their index, every tenth of class "rare".</summary>
    internal static List<Point> Points(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new Point { X = i, Y = -i, Label = i % 10 == 9 ? "rare" : "common" })];

    internal static IDataView View(this MLContext ml, int count) => ml.Data.LoadFromEnumerable(Points(count));

    internal static int Count(this IDataView view)
    {
        using DataViewRowCursor cursor = view.GetRowCursor([]);
        int rows = 0;
        while (cursor.MoveNext())
            rows++;
        return rows;
    }
}
