using GanPipeline.Tables;

namespace GanPipeline.Export.Tables;

/// <summary>
/// A column of numbers: what <see cref="ColumnCode.Decode"/> computes, operation for operation, in float64 from the scalar on; NaN where the value is missing.
/// </summary>
internal static class NumberOutput
{
    /// <summary>The numbers [N, 1].</summary>
    public static GraphValue Add(ColumnGraph at)
    {
        var value = at.Column.Kind == CodeKind.Constant ? Constant(at) : Value(at);
        return at.Column.MissingSlot < 0 ? value : at.Double("or_missing", "Where", at.Missing(), at.Numbers("nan", double.NaN), value.Name);
    }

    /// <summary>The numbers without those that are missing, which get any; of dates their steps.</summary>
    public static GraphValue Value(ColumnGraph at)
    {
        var column = at.Column;
        if (column.Kind == CodeKind.OneHot)
        {
            return at.Double("number", "Gather", at.Numbers("numbers", [.. Enumerable.Range(0, column.Categories.Count).Select(column.NumberOf), 0]), at.Chosen!);
        }

        var value = column.Kind == CodeKind.Quantile ? Quantile(at) : Mode(at);
        return at.Double("in_range", "Clip", Rounded(at, value).Name, at.Number("least", column.Lowest), at.Number("most", column.Highest));
    }

    private static GraphValue Constant(ColumnGraph at) =>
        at.Double("number", "Gather", at.Numbers("numbers", at.Column.Categories.Count > 0 ? at.Column.NumberOf(0) : double.NaN), at.Slots());

    /// <summary>Numbers with as many digits as the column's have.</summary>
    public static GraphValue Rounded(ColumnGraph at, GraphValue value)
    {
        if (at.Column.Decimals <= 0)
        {
            return at.Column.Decimals < 0 ? value : at.Double("rounded", "Round", value.Name);
        }

        var power = at.Number("power", at.Column.Power);
        return at.Double("rounded", "Div", at.Double("whole", "Round", at.Double("to_whole", "Mul", value.Name, power).Name).Name, power);
    }

    private static GraphValue Mode(ColumnGraph at)
    {
        var column = at.Column;
        var width = Chosen("half_width", column.HalfWidths);
        var center = Chosen("center", column.Centers);
        return at.Double("value", "Add", center, at.Double("spread", "Mul", at.Scalar().Name, width).Name);

        string Chosen(string name, IReadOnlyList<double> modes) => at.Chosen is null ? at.Number(name, modes[0])
            : at.Double(name, "Gather", at.Numbers($"{name}s", [.. modes, 0]), at.Chosen).Name; // 0: where the value is missing
    }

    private static GraphValue Quantile(ColumnGraph at)
    {
        var quantiles = at.Column.Quantiles;
        var last = quantiles.Count - 1;
        var half = at.Number("half", last / 2.0);
        var rank = at.Double("rank", "Add", at.Double("scaled", "Mul", at.Scalar().Name, half).Name, half);
        var low = at.Double("low", "Clip", at.Double("floor", "Floor", rank.Name).Name, at.Number("first", 0), at.Number("last", last - 1));
        var index = at.Graph.ToLong(at.Named("index"), low).Name;
        var rest = at.Double("rest", "Sub", rank.Name, low.Name);
        var value = at.Double("from", "Gather", at.Numbers("quantiles", quantiles.Take(last)), index);
        var slope = at.Double("slope", "Gather", at.Numbers("steps", quantiles.Skip(1).Zip(quantiles, (b, a) => b - a)), index);
        return at.Double("value", "Add", value.Name, at.Double("part", "Mul", rest.Name, slope.Name).Name);
    }
}
