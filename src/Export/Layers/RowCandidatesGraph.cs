using GanPipeline.Training.Networks;

namespace GanPipeline.Export.Layers;

/// <summary>
/// <see cref="RowCandidates"/> in a graph: a loop over the candidates, of which each run makes the next one for the rows that none has been taken for. Most
/// rows are done after a few, and what comes later costs what the others take. What belongs to a run has the batch axis A.
/// </summary>
internal static class RowCandidatesGraph
{
    private const float None = -1; // below every margin

    /// <summary>Of each sample's candidates the first that is clearly of its class, or the one that is most clearly so: [N, width].</summary>
    /// <param name="body">Whose candidates they are.</param>
    /// <param name="input">[N, noise + classes].</param>
    /// <param name="classes">Class indices, int64 [N, 1].</param>
    /// <param name="path">Where; the rows have its name.</param>
    /// <param name="generate">Adds what makes candidates: from [A, noise], [A, classes], class indices [A, 1] and how far each may go from where it starts
    /// [A, 1] (null for all the way) to rows [A, width].</param>
    public static GraphValue Add(TableBody body, GraphValue input, string classes, GraphPath path,
        Func<GraphValue, GraphValue, string, GraphValue?, GraphValue> generate)
    {
        var (candidates, graph, at, width) = (body.Candidates!, path.Graph, path.Below("candidates"), (long)body.Codec.Width);
        var noises = at.Columns("all_noise", input, body.Noise.Whole);
        var labels = at.Columns("all_class", input, new ColumnRange(body.Noise.Size, body.Classes));
        graph.Share(noises);
        graph.Share(labels);
        var (flat, zero) = (at.Whole("flat", -1), at.Whole("first", 0));
        var size = at.Numbers("samples", "Shape", [at.Numbers("flat_classes", "Reshape", [classes, flat])]);
        // The numbers of all samples: those of the places at which as many ones are not zero.
        var everyone = at.Numbers("everyone", "NonZero", [at.Numbers("all", "Equal", [classes, classes])]);
        var start = at.Numbers("everyone_number", "Gather", [everyone, graph.Constant(at.Named("row_axis"), [0L])], ("axis", 0L));
        var rows = at.Numbers("no_rows", "Expand", [at.Number("nothing", 0), at.Numbers("rows_shape", "Concat", [size, at.Whole("width", width)],
            ("axis", 0L))]);
        var margins = at.Numbers("no_margins", "Expand", [at.Number("none", None), at.Numbers("margins_shape", "Concat", [size, at.Whole("one", 1)],
            ("axis", 0L))]);
        var limit = at.Number("strictness", candidates.Strictness * candidates.Strictness);
        var orders = candidates.Places.cpu().data<long>().ToArray();
        var places = graph.Constant(at.Named("noise_places"), orders, candidates.Places.shape);
        var signs = at.Matrix("noise_signs", candidates.Signs);
        var freedoms = at.Matrix("freedoms", candidates.Freedoms);
        var loop = graph.Loop(at.Named("loop"), candidates.Count, at.Numbers("any", "Greater", [size, zero]),
            [new("active", start, "A", null), new("rows", rows, "N", [width]), new("margins", margins, "N", [1])], "A", Run);
        return path.Node("", "Identity", [loop[1]], [width]);

        (string, IReadOnlyList<string>) Run(string run, IReadOnlyList<string> state)
        {
            var (active, best, bestMargins) = (state[0], state[1], state[2]);
            // The first of them once more: a product of one row alone is summed in another order than that row among others.
            var once = at.Numbers("once", "Slice", [active, zero, at.Whole("one_end", 1), zero]);
            var taken = at.Numbers("taken", "Concat", [active, once], ("axis", 0L));
            var order = at.Numbers("order", "Gather", [places, run], ("axis", 0L));
            var sign = at.Numbers("sign", "Gather", [signs, run], ("axis", 0L));
            var own = at.Node("own_noise", "Gather", [noises.Name, taken], noises.Shape);
            var mixed = at.Node("mixed_noise", "Gather", [own.Name, order], noises.Shape, ("axis", 1L));
            var noise = at.Each("noise", "Mul", mixed, sign);
            var label = at.Node("class", "Gather", [labels.Name, taken], labels.Shape);
            var index = at.Numbers("class_number", "Gather", [classes, taken]);
            graph.Share(noise);
            graph.Share(label);
            var freedom = body.Start is null ? null
                : RealRowStartGraph.Freedom(body.Start, at.Numbers("freedom_of_run", "Gather", [freedoms, run], ("axis", 0L)), index, at);
            var made = generate(noise, label, index, freedom);
            graph.Share(made);
            var margin = at.Each("margin_limited", "Clip", ClassMarginGraph.Add(body, made, label, at.Below("margin")), "", limit);
            var before = at.Node("margin_before", "Gather", [bestMargins, taken], [1]);
            var better = at.Numbers("better", "Greater", [margin.Name, before.Name]);
            var kept = at.Node("row_kept", "Where", [better, made.Name, at.Node("row_before", "Gather", [best, taken], [width]).Name], [width]);
            var largest = at.Each("margin_kept", "Max", margin, before.Name);
            var where = at.Numbers("where", "Unsqueeze", [taken, at.Whole("column_axis", 1)]);
            var unclear = at.Numbers("unclear", "Reshape", [at.Numbers("below", "Less", [largest.Name, limit]), flat]);
            var without = at.Numbers("without_first", "Slice", [unclear, zero, at.Whole("last", -1), zero]);
            var left = at.Numbers("left", "Compress", [active, without], ("axis", 0L));
            return (at.Numbers("go_on", "Greater", [at.Numbers("left_count", "Shape", [left]), zero]),
                [left, at.Numbers("rows_after", "ScatterND", [best, where, kept.Name]), at.Numbers("margins_after", "ScatterND",
                    [bestMargins, where, largest.Name])]);
        }
    }
}
