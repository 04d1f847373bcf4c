using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using TorchSharp;

namespace GanPipeline.Export.Layers;

/// <summary><see cref="RealRowStart"/> in a graph.</summary>
internal static class RealRowStartGraph
{
    /// <summary>Adds the nodes.</summary>
    /// <param name="body">Whose rows they are.</param>
    /// <param name="noise">[N, <see cref="RealRowStart.NoiseSize"/>].</param>
    /// <param name="classes">Class indices, int64 [N, 1].</param>
    /// <param name="at">Where.</param>
    /// <returns>The rows to start from, [N, width].</returns>
    public static GraphValue Add(TableBody body, GraphValue noise, string classes, GraphPath at)
    {
        var start = body.Start!;
        at.Graph.Share(noise);
        var uniform = Uniform(at.Columns("choice_noise", noise, new ColumnRange(0, RealRowStart.Weights.Start)), at);
        var none = at.Number("none", 0);
        var count = at.Node("count", "Gather", [Table("counts", start.Counts, at), classes], [1]);
        var row = Row(start, at.Columns("uniform_row", uniform, RealRowStart.Pick), count, none, classes, at);
        var hasRows = at.Each("has_rows", "Min", count, at.Number("one_row", 1)).Name;
        if (body.Codec.Scalars == 0)
        {
            return at.Each("start", "Mul", Categories(start, uniform, row, none, at), hasRows);
        }

        var numbers = Moved(start, noise, Index("row_index", row, at), at);
        at.Graph.Share(numbers);
        if (body.Choice is null)
        {
            return at.Each("start", "Mul", Scalars(numbers, at.Matrix("plain_centers", start.PlainCenters), at.Matrix("plain_rates", start.PlainRates), at),
                hasRows);
        }

        var categories = Categories(start, uniform, row, none, at);
        var extended = at.Concat("numbers_and_none", numbers, at.Each("no_number", "Mul", row, none));
        var ofSlot = at.Node("number_of_slot", "Gather", [extended.Name, at.Whole("slot_numbers", start.NumberOfSlot.cpu().data<long>().ToArray())],
            categories.Shape, ("axis", 1L));
        var apart = at.Each("from_middle", "Abs", at.Each("to_middle", "Sub", ofSlot, at.Matrix("slot_centers", start.SlotCenters)));
        var beyond = at.Each("beyond_mode", "Clip", at.Each("from_edge", "Sub", apart, at.Matrix("slot_widths", start.SlotWidths)), none);
        var far = at.Each("slot_distance", "Mul", beyond, at.Matrix("slot_slopes", start.SlotSlopes));
        var cost = at.Each("slot_cost", "Add", far, at.Matrix("slot_costs", start.SlotCosts));
        var slots = SlotChoiceGraph.Add(body.Choice, at.Each("slot_logits", "Sub", categories, cost.Name), at);
        at.Graph.Share(slots);
        var centers = Affine("center", slots, start.Centers, start.PlainCenters, at);
        var rates = Affine("rate", slots, start.Rates, start.PlainRates, at);
        return at.Each("start", "Mul", at.Concat("start_row", Scalars(numbers, centers, rates, at), slots), hasRows);
    }

    private static GraphValue Uniform(GraphValue noise, GraphPath at)
    {
        var half = at.Number("half", 0.5);
        var scaled = at.Each("pick_scaled", "Mul", noise, at.Number("root_half", MathF.Sqrt(0.5f)));
        var uniform = at.Each("uniform", "Add", at.Each("pick_half", "Mul", at.Each("pick_erf", "Erf", scaled), half), half);
        at.Graph.Share(uniform);
        return uniform;
    }

    /// <summary>The number of a real row of the class, from a number between 0 and 1.</summary>
    private static GraphValue Row(RealRowStart start, GraphValue uniform, GraphValue count, string none, string classes, GraphPath at)
    {
        var most = at.Each("most", "Max", at.Each("count_less", "Sub", count, at.Number("one_less", 1)), none);
        var turn = at.Each("turn", "Min", at.Each("floor", "Floor", at.Each("at", "Mul", uniform, count.Name)), most.Name);
        return at.Each("row", "Add", at.Node("first", "Gather", [Table("starts", start.FirstRows, at), classes], [1]), turn.Name);
    }

    /// <summary>The categories of the row, or of one of its neighbours: their slots, and 0 in those of numbers.</summary>
    private static GraphValue Categories(RealRowStart start, GraphValue uniform, GraphValue row, string none, GraphPath at)
    {
        var around = at.Number("around", StartRows.Around);
        var turn = at.Each("donor_turn", "Floor", at.Each("donor_at", "Mul", at.Columns("uniform_donor", uniform, RealRowStart.Donor), around));
        var donor = at.Each("donor", "Clip", turn, none, at.Number("last_donor", StartRows.Neighbours));
        var donorPlace = at.Each("donor_place", "Add", at.Each("donors_first", "Mul", row, around), donor.Name);
        var donorRow = at.Node("donor_row", "Gather", [Table("donors", start.Donors, at), Index("donor_index", donorPlace, at)], [1]);
        return RowsOf("categories", start.Categories, Index("donor_row_index", donorRow, at), at);
    }

    /// <summary>Standardised numbers of the rows, moved along the steps to their neighbours.</summary>
    private static GraphValue Moved(RealRowStart start, GraphValue noise, string row, GraphPath at)
    {
        var numbers = RowsOf("row_numbers", start.Numbers, row, at);
        var flat = RowsOf("row_steps", start.Steps, row, at);
        var steps = at.Node("steps", "Reshape", [flat.Name, at.Whole("steps_shape", -1, StartRows.Around, numbers.Features)],
            [StartRows.Around, numbers.Features]);
        var weights = at.Columns("weights", noise, RealRowStart.Weights);
        var weight = at.Node("weight", "Reshape", [weights.Name, at.Whole("weight_shape", -1, StartRows.Around, 1)], [StartRows.Around, 1]);
        var weighted = at.Each("weighted", "Mul", steps, weight.Name);
        var move = at.Node("way", "ReduceSum", [weighted.Name, at.Whole("way_axis", 1)], numbers.Shape, ("keepdims", 0L));
        return at.Each("moved_numbers", "Add", numbers, move.Name);
    }

    /// <summary>Scalars of numbers: how far from the middle of their modes, from -1 to 1, thrown back from the edges.</summary>
    private static GraphValue Scalars(GraphValue numbers, string centers, string rates, GraphPath at)
    {
        var (one, four) = (at.Number("edge", 1), at.Number("period", 4));
        var turn = at.Each("edge_turn", "Add", at.Each("within", "Mul", at.Each("from_center", "Sub", numbers, centers), rates), one);
        at.Graph.Share(turn);
        var whole = at.Each("turns", "Mul", at.Each("turns_floor", "Floor", at.Each("turns_all", "Div", turn, four)), four);
        var part = at.Each("turn_part", "Sub", turn, whole.Name);
        var back = at.Each("turn_back", "Abs", at.Each("turn_half", "Sub", part, at.Number("half_period", 2)));
        return at.Node("start_scalars", "Sub", [one, back.Name], back.Shape);
    }

    private static string Affine(string name, GraphValue slots, torch.Tensor weights, torch.Tensor shift, GraphPath at)
    {
        var product = at.Node($"{name}_of_slots", "MatMul", [slots.Name, at.Matrix($"{name}_weights", weights)], [weights.shape[1]]);
        return at.Each(name, "Add", product, at.Matrix($"{name}_plain", shift)).Name;
    }

    private static string Table(string name, torch.Tensor values, GraphPath at) =>
        at.Graph.Constant(at.Named(name), Conversion.Read(values, name), values.shape[0]);

    private static string Index(string name, GraphValue value, GraphPath at) => at.Numbers(name, "Cast", [value.Name], ("to", 7L));

    /// <summary>Rows of a matrix, [N, columns], by their numbers, int64 [N, 1].</summary>
    private static GraphValue RowsOf(string name, torch.Tensor matrix, string index, GraphPath at)
    {
        var flat = at.Numbers($"{name}.flat", "Squeeze", [index, at.Whole($"{name}.axis", 1)]);
        return at.Node(name, "Gather", [at.Matrix($"{name}.matrix", matrix), flat], [matrix.shape[1]]);
    }
}
