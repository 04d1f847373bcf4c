using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using TorchSharp;

namespace GanPipeline.Export.Layers;

/// <summary><see cref="RealRowStart"/> in a graph.</summary>
internal static class RealRowStartGraph
{
    /// <summary>Adds the nodes.</summary>
    /// <param name="body">Whose rows they are.</param>
    /// <param name="noise">[M, 2].</param>
    /// <param name="classes">Class indices, int64 [M, 1].</param>
    /// <param name="freedom">[M, 1]: how much of the way rows go; null for all of it.</param>
    /// <param name="at">Where.</param>
    /// <returns>The rows to start from, [M, width].</returns>
    public static GraphValue Add(TableBody body, GraphValue noise, string classes, GraphValue? freedom, GraphPath at)
    {
        var (start, scalars, slots) = (body.Start!, ColumnRange.ScalarsOf(body.Codec), ColumnRange.SlotsOf(body.Codec));
        var half = at.Number("half", 0.5);
        var scaled = at.Each("pick_scaled", "Mul", noise, at.Number("root_half", MathF.Sqrt(0.5f)));
        var uniform = at.Each("uniform", "Add", at.Each("pick_half", "Mul", at.Each("pick_erf", "Erf", scaled), half), half);
        at.Graph.Share(uniform);

        var (row, neighbour) = Pick(start, at.Columns("uniform_row", uniform, RealRowStart.Pick), classes, at);
        var from = RowsOf("start_row", start.Rows, row, at);
        if (scalars.Length == 0)
        {
            return from;
        }

        at.Graph.Share(from);
        var step = RowsOf("way", start.Steps, neighbour, at);
        var share = at.Each("blend", "Mul", at.Columns("uniform_blend", uniform, RealRowStart.Blend), half);
        share = freedom is null ? share : at.Each("blend_free", "Mul", share, freedom.Name);
        var moved = at.Each("start_scalars", "Add", at.Columns("row_scalars", from, scalars), at.Each("step", "Mul", step, share.Name).Name);
        return slots.Length == 0 ? moved : at.Concat("start", moved, at.Columns("row_slots", from, slots));
    }

    /// <summary>[M, 1]: how far rows may go from the real ones that they start from; all the way in a class generated from noise alone.</summary>
    /// <param name="start">What they start from.</param>
    /// <param name="freedom">How far in a class with real rows, [1].</param>
    /// <param name="classes">Class indices, int64 [M, 1].</param>
    /// <param name="at">Where.</param>
    public static GraphValue Freedom(RealRowStart start, string freedom, string classes, GraphPath at)
    {
        float[] hasRows = [.. Conversion.Read(start.Counts, "counts").Select(n => Math.Min(n, 1))];
        var one = at.Number("whole_way", 1);
        var startsFromRow = at.Node("starts_from_row", "Gather", [at.Graph.Constant(at.Named("has_rows"), hasRows, hasRows.Length), classes], [1]);
        var held = at.Each("held", "Mul", startsFromRow, at.Numbers("held_of_run", "Sub", [one, freedom]));
        var free = at.Node("freedom", "Sub", [one, held.Name], [1]);
        at.Graph.Share(free);
        return free;
    }

    /// <summary>The numbers of a real row and of its step to a neighbour, int64 [M, 1], from a number between 0 and 1.</summary>
    private static (string Row, string Neighbour) Pick(RealRowStart start, GraphValue uniform, string classes, GraphPath at)
    {
        var none = at.Number("none", 0);
        var neighbours = at.Number("neighbours", AnchorRows.Neighbours);
        var count = OfClass("count", "counts", start.Counts);
        var place = at.Each("at", "Mul", uniform, count.Name);
        var most = at.Each("most", "Max", at.Each("count_less", "Sub", count, at.Number("one_row", 1)), none);
        var whole = at.Each("whole", "Min", at.Each("floor", "Floor", place), most.Name);
        var row = at.Each("row", "Add", OfClass("first", "starts", start.FirstRows), whole.Name);
        var rest = at.Each("rest", "Mul", at.Each("beyond", "Sub", place, whole.Name), neighbours);
        var neighbour = at.Each("neighbour", "Clip", at.Each("rest_floor", "Floor", rest), none, at.Number("last", AnchorRows.Neighbours - 1));
        var step = at.Each("way_row", "Add", at.Each("way_first", "Mul", row, neighbours), neighbour.Name);
        return (Index("row_index", row), Index("way_index", step));

        GraphValue OfClass(string name, string table, torch.Tensor values) =>
            at.Node(name, "Gather", [at.Graph.Constant(at.Named(table), Conversion.Read(values, table), values.shape[0]), classes], [1]);

        string Index(string name, GraphValue value) => at.Numbers(name, "Cast", [value.Name], ("to", 7L));
    }

    /// <summary>Rows of a matrix, [M, columns], by their numbers [M, 1].</summary>
    private static GraphValue RowsOf(string name, torch.Tensor matrix, string index, GraphPath at)
    {
        var flat = at.Numbers($"{name}.flat", "Squeeze", [index, at.Whole($"{name}.axis", 1)]);
        return at.Node(name, "Gather", [at.Matrix($"{name}.matrix", matrix), flat], [matrix.shape[1]]);
    }
}
