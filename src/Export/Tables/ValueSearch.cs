using GanPipeline.Tables;

namespace GanPipeline.Export.Tables;

/// <summary>
/// What numbers are taken for in a column that has only so many: <see cref="ValueList.Nearest"/> in a graph. The borders that are not above a number are
/// counted: first the last ones of groups of borders, then those of one group. So a row takes twice the root of their number in comparisons and in memory.
/// </summary>
internal static class ValueSearch
{
    /// <summary>The numbers of the list, [N, 1].</summary>
    /// <param name="at">Where in the graph.</param>
    /// <param name="list">The list.</param>
    /// <param name="value">The numbers before they are rounded.</param>
    public static GraphValue Add(ColumnGraph at, ValueList list, GraphValue value)
    {
        var length = (int)Math.Ceiling(Math.Sqrt(list.Values.Count));
        var groups = (list.Values.Count - 1) / length + 1;
        // Nothing is above the last group, nor above what is lacking of it.
        double Border(int i) => i < list.Borders.Count ? list.Borders[i] : double.PositiveInfinity;
        double[] last = [.. Enumerable.Range(1, groups).Select(group => Border(group * length - 1))];
        double[] borders = [.. Enumerable.Range(0, groups).SelectMany(group => Enumerable.Range(0, length).Select(i =>
            i < length - 1 ? Border(group * length + i) : double.PositiveInfinity))];

        var group = Count(at, "group", value, at.Graph.Constant(at.Named("last_borders"), last, 1, groups), keepsAxis: 0);
        var own = at.Graph.NumbersNode(at.Named("group_borders"), "Gather", [at.Graph.Constant(at.Named("borders"), borders, groups, length), group]);
        var before = at.Graph.NumbersNode(at.Named("before_group"), "Mul", [group, at.Graph.Constant(at.Named("group_length"), [(long)length], 1)]);
        var first = at.Graph.NumbersNode(at.Named("first_of_group"), "Unsqueeze", [before, at.Graph.Constant(at.Named("row_axis"), [1L], 1)]);
        var place = at.Graph.NumbersNode(at.Named("place"), "Add", [first, Count(at, "in_group", value, own, keepsAxis: 1)]);
        return at.Double("listed", "Gather", at.Numbers("values", list.Values), place);
    }

    /// <summary>How many borders of each row are not above its number.</summary>
    private static string Count(ColumnGraph at, string name, GraphValue value, string borders, long keepsAxis)
    {
        var passed = at.Graph.NumbersNode(at.Named($"{name}_passed"), "GreaterOrEqual", [value.Name, borders]);
        var counted = at.Graph.NumbersNode(at.Named($"{name}_counted"), "Cast", [passed], ("to", 7L));
        return at.Graph.NumbersNode(at.Named(name), "ReduceSum", [counted, at.Graph.Constant(at.Named($"{name}_axis"), [1L], 1)], ("keepdims", keepsAxis));
    }
}
