namespace GanPipeline.Export.Tables;

/// <summary>A column of dates: one text for each step of its range, and the empty one for a missing date.</summary>
internal static class DateOutput
{
    /// <summary>The texts [N, 1].</summary>
    public static GraphValue Add(ColumnGraph at)
    {
        var dates = at.Column.Dates!;
        var step = at.Graph.ToLong(at.Named("step"), NumberOutput.Value(at)).Name;
        if (at.Column.MissingSlot >= 0)
        {
            step = at.Graph.NumbersNode(at.Named("present"), "Where",
                [at.Missing(), at.Graph.Constant(at.Named("beyond"), [(long)dates.Count], 1, 1), step]);
        }

        return at.Graph.TextNode(at.Named("text"), [.. Enumerable.Range(0, dates.Count).Select(dates.Text), ""], step);
    }
}
