using GanPipeline.Tables;

namespace GanPipeline.Export.Tables;

/// <summary>
/// A column of numbers: what <see cref="ColumnCode.Decode"/> computes, operation for operation, in float64 from the scalar on; NaN where the value is missing.
/// Whole numbers beyond 2^53 are counted in steps, and come as int64.
/// </summary>
internal static class NumberOutput
{
    /// <summary>The numbers [N, 1].</summary>
    public static GraphValue Add(ColumnGraph at)
    {
        if (at.Column.IsInteger)
        {
            return Integers(at);
        }

        var value = at.Column.Kind == CodeKind.Constant ? Constant(at) : Value(at);
        return at.Column.MissingSlot < 0 ? value : at.Double("or_missing", "Where", at.Missing(), at.Numbers("nan", double.NaN), value.Name);
    }

    /// <summary>The numbers without those that are missing, which get any; of dates and of whole numbers beyond 2^53 their steps.</summary>
    public static GraphValue Value(ColumnGraph at)
    {
        var column = at.Column;
        if (column.Kind == CodeKind.OneHot)
        {
            return at.Double("number", "Gather", at.Numbers("numbers", [.. Enumerable.Range(0, column.Categories.Count).Select(column.NumberOf), 0]),
                at.Chosen!);
        }

        var value = column.Kind == CodeKind.Quantile ? Quantile(at) : Mode(at);
        if (column.Listed is not { } list)
        {
            return Rounded(at, value);
        }

        var listed = ValueSearch.Add(at, list, value);
        return column.HalfWidths.All(width => width > 0) ? listed : at.Double("listed_or_alone", "Where", at.IsAlone(), Rounded(at, value).Name, listed.Name);
    }

    private static GraphValue Rounded(ColumnGraph at, GraphValue value) =>
        at.Double("in_range", "Clip", Rounding.Add(at, value).Name, at.Number("least", at.Column.Lowest), at.Number("most", at.Column.Highest));

    private static GraphValue Constant(ColumnGraph at) =>
        at.Double("number", "Gather", at.Numbers("numbers", at.Column.Categories.Count > 0 ? at.Column.NumberOf(0) : double.NaN), at.Slots());

    private static GraphValue Integers(ColumnGraph at)
    {
        var column = at.Column;
        if (column.Wholes is not { } wholes)
        {
            long[] numbers = [.. Enumerable.Range(0, column.Categories.Count).Select(column.IntegerOf), OutputColumn.MissingInteger];
            return at.Long("number", "Gather", at.Graph.Constant(at.Named("numbers"), numbers, numbers.Length), at.Slots());
        }

        var steps = at.Long("steps_far", "Mul", at.Graph.ToLong(at.Named("step"), Value(at)).Name, at.Graph.Constant(at.Named("step_length"), [wholes.Step]));
        var number = at.Long("number", "Add", steps.Name, at.Graph.Constant(at.Named("start"), [wholes.Start]));
        return column.MissingSlot < 0 ? number
            : at.Long("or_missing", "Where", at.Missing(), at.Graph.Constant(at.Named("none"), [OutputColumn.MissingInteger], 1), number.Name);
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
