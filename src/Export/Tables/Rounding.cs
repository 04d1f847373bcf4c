using GanPipeline.Tables;

namespace GanPipeline.Export.Tables;

/// <summary>The nearest number that a column can have: <see cref="ColumnCode.Rounded"/> in a graph.</summary>
internal static class Rounding
{
    /// <summary>The rounded numbers [N, 1].</summary>
    public static GraphValue Add(ColumnGraph at, GraphValue value)
    {
        var column = at.Column;
        if (column.IsSteps || column.Style is not { } style)
        {
            return column.IsSteps ? at.Double("whole", "Round", value.Name) : value;
        }

        var rounded = style.Rounding switch
        {
            NumberRounding.Decimals => Decimals(at, value),
            NumberRounding.Significant when style.Digits <= NumberStyle.MostDigits => Significant(at, value, style),
            NumberRounding.Single => at.Graph.ToDouble(at.Named("rounded"), at.Graph.Node(at.Named("single"), "Cast", [value.Name], [1], ("to", 1L))),
            _ => value,
        };
        // Rounded towards 0 from below is -0, which is not 0 to everyone.
        return style.NegativeZero || column.Min > 0 || column.Max < 0 ? rounded : at.Double("zero", "Add", rounded.Name, at.Number("plus_zero", 0));
    }

    private static GraphValue Decimals(ColumnGraph at, GraphValue value)
    {
        var column = at.Column;
        var units = column.Power == 1 ? value.Name : at.Double("units", "Mul", value.Name, at.Number("power", column.Power)).Name;
        var whole = column.Heaps.Count > 0 ? Heaps(at, units) : Grid(at, column.Grid, units);
        return column.Power == 1 ? whole : at.Double("rounded", "Div", whole.Name, at.Named("power"));
    }

    private static GraphValue Grid(ColumnGraph at, NumberGrid grid, string units)
    {
        if (grid.Step == 1)
        {
            return at.Double("whole", "Round", units);
        }

        var (start, step) = (at.Number("grid_start", grid.Start), at.Number("grid_step", grid.Step));
        var steps = at.Double("grid_steps", "Round", at.Double("in_steps", "Div", at.Double("from_start", "Sub", units, start).Name, step).Name);
        return at.Double("whole", "Add", at.Double("grid_far", "Mul", steps.Name, step).Name, start);
    }

    /// <summary>Chosen by the number before it is rounded: <see cref="ColumnCode.Generate"/>.</summary>
    private static GraphValue Heaps(ColumnGraph at, string units)
    {
        var column = at.Column;
        var steps = column.Grid.Step == 1 ? units : at.Double("own_steps", "Div", units, at.Number("own_step", column.Grid.Step)).Name;
        var turn = at.Double("turn", "Mul", steps, at.Number("turns", NumberHeap.Multiplier)).Name;
        var part = at.Double("part_of_turn", "Sub", turn, at.Double("full_turns", "Floor", turn).Name).Name;
        var place = at.Graph.ToLong(at.Named("heap"), at.Double("heap_place", "Mul", part, at.Number("shares", NumberHeap.Shares))).Name;
        if (at.Chosen is not null)
        {
            // A value that is a mode of its own stays what it is: the last place is that of all numbers.
            place = at.Long("heap_of_mode", "Where", at.IsAlone(), at.Graph.Constant(at.Named("no_heap"), [(long)NumberHeap.Shares], 1), place).Name;
        }

        NumberGrid[] grids = [.. Enumerable.Range(0, NumberHeap.Shares + 1).Select(column.HeapAt)];
        var (start, step) = (Of("heap_start", grid => grid.Start), Of("heap_step", grid => grid.Step));
        var multiple = at.Double("heap_multiple", "Round", at.Double("in_heap", "Div", at.Double("from_heap_start", "Sub", units, start).Name, step).Name);
        var above = at.Double("heap_above", "Max", multiple.Name, Of("heap_first", grid => column.Within(grid).First));
        var within = at.Double("heap_within", "Min", above.Name, Of("heap_last", grid => column.Within(grid).Last));
        return at.Double("whole", "Add", at.Double("heap_far", "Mul", within.Name, step).Name, start);

        string Of(string name, Func<NumberGrid, double> number) => at.Double(name, "Gather", at.Numbers($"{name}s", grids.Select(number)), place).Name;
    }

    /// <summary>By the number's size the power of ten that its last digit is a multiple of: multiplied where it is a fraction, else divided by.</summary>
    private static GraphValue Significant(ColumnGraph at, GraphValue value, NumberStyle style)
    {
        var (from, places) = style.SignificantPlaces;
        var size = at.Double("size", "Abs", value.Name);
        var below = at.Graph.NumbersNode(at.Named("below"), "Less", [size.Name, at.Graph.Constant(at.Named("sizes"), from, 1, from.Length)]);
        var counted = at.Graph.NumbersNode(at.Named("counted"), "Cast", [below], ("to", 7L));
        var smaller = at.Graph.NumbersNode(at.Named("smaller"), "ReduceSum", [counted, at.Graph.Constant(at.Named("sizes_axis"), [1L], 1)], ("keepdims", 1L));
        // So many sizes are above the number: the list is turned around.
        var by = at.Double("by", "Gather", at.Numbers("powers", places.Reverse().Select(place => NumberStyle.Power(Math.Max(0, place)))), smaller).Name;
        var of = at.Double("of", "Gather", at.Numbers("units", places.Reverse().Select(place => NumberStyle.Power(Math.Max(0, -place)))), smaller).Name;
        var scaled = at.Double("in_last_digit", "Div", at.Double("grown", "Mul", value.Name, by).Name, of);
        var whole = at.Double("whole", "Round", scaled.Name);
        return at.Double("rounded", "Div", at.Double("shrunk", "Mul", whole.Name, of).Name, by);
    }
}
