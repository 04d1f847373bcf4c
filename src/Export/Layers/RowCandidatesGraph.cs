using GanPipeline.Training.Networks;

namespace GanPipeline.Export.Layers;

/// <summary><see cref="RowCandidates"/> in a graph. What belongs to candidates has the batch axis M = N · candidates.</summary>
internal static class RowCandidatesGraph
{
    /// <summary>Each sample's candidates one below the other, with the sample's class.</summary>
    /// <param name="body">Whose candidates they are.</param>
    /// <param name="input">[N, candidates · noise + classes].</param>
    /// <param name="classes">Class indices, int64 [N, 1].</param>
    /// <param name="at">Where.</param>
    /// <returns>[M, noise] noise, [M, classes] above 0 for the class alone, and int64 [M, 1] class indices.</returns>
    public static (GraphValue Noise, GraphValue Label, string Classes) Split(TableBody body, GraphValue input, string classes, GraphPath at)
    {
        var candidates = (long)body.Candidates!.Count;
        var all = new ColumnRange(0, candidates * body.Noise.Size);
        var noises = at.Columns("all_noise", input, all);
        var labels = at.Columns("all_class", input, new ColumnRange(all.End, body.Classes));
        var times = at.Graph.Constant(at.Named("times"), [1L, candidates], 2);
        at.Graph.Batch = "M";
        var noise = at.Rows("candidate_noise", noises.Name, body.Noise.Size);
        var label = at.Rows("candidate_class", at.Numbers("class_times", "Tile", [labels.Name, times]), body.Classes);
        at.Graph.Share(label);
        var index = at.Numbers("candidate_index", "Reshape", [at.Numbers("index_times", "Tile", [classes, times]), at.Whole("one_column", -1, 1)]);
        return (noise, label, index);
    }

    /// <summary>Of each sample's rows the first that is clearly of its class, or the one that is most clearly so: [N, width].</summary>
    /// <param name="body">Whose candidates they are.</param>
    /// <param name="rows">[M, width]: scalars, and logits of the slots.</param>
    /// <param name="label">[M, classes], above 0 for the class alone.</param>
    /// <param name="at">Where; the rows have its name.</param>
    public static GraphValue Best(TableBody body, GraphValue rows, GraphValue label, GraphPath at)
    {
        var candidates = body.Candidates!;
        at.Graph.Share(rows);
        var margin = ClassMarginGraph.Add(body, rows, label, at.Below("margin"));
        var limited = at.Each("margin_limited", "Clip", margin, "", at.Number("strictness", candidates.Strictness * candidates.Strictness));
        at.Graph.Batch = "N";
        var best = at.Numbers("best", "ArgMax", [at.Rows("margins", limited.Name, candidates.Count).Name], ("axis", 1L), ("keepdims", 0L));
        // The number of a sample's first candidate is candidates · its own number; which that is, counting ones says.
        var ones = at.Numbers("ones", "ConstantOfShape", [at.Numbers("samples", "Shape", [best])]);
        var counted = at.Numbers("counted", "NonZero", [at.Numbers("all", "Equal", [ones, ones])]);
        var number = at.Numbers("number", "Squeeze", [counted, at.Whole("number_axis", 0)]);
        var first = at.Numbers("first_candidate", "Mul", [number, at.Graph.Constant(at.Named("stride"), [(long)candidates.Count])]);
        return at.Node("", "Gather", [rows.Name, at.Numbers("taken", "Add", [first, best])], rows.Shape);
    }
}
