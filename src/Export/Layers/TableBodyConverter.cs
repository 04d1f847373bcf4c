using GanPipeline.Training.Networks;

namespace GanPipeline.Export.Layers;

/// <summary>
/// A table's scalars, and its slots as perturbed logits instead of ones and zeros: which slot of a block is the largest is all that <see cref="TableOutputs"/>
/// wants to know.
/// </summary>
internal sealed class TableBodyConverter : LayerConverter<TableBody>
{
    protected override GraphValue Convert(TableBody module, GraphValue input, string path, Conversion conversion)
    {
        var at = new GraphPath(conversion.Graph, path);
        at.Graph.Share(input);
        var classes = module.Classes == 0 ? null : at.Numbers("class_index", "Unsqueeze", [conversion.Label.Name, at.Whole("class_axis", 1)]);
        var label = module.Classes == 0 ? null : at.Columns("class", input, new ColumnRange(module.Noise.Size, module.Classes));
        var latent = at.Columns("latent", input, module.Noise.Latent);
        var start = module.Start is null ? null
            : RealRowStartGraph.Add(module, at.Columns("pick_noise", input, module.Noise.Start), classes!, at.Below("real"));
        GraphValue[] parts = [.. new[] { latent, start, label }.OfType<GraphValue>()];
        var output = conversion.Convert(module.Trunk, parts.Length == 1 ? latent : at.Concat("joined", parts), at.Named("trunk"));
        at.Graph.Share(output);
        var scalars = module.Codec.Scalars == 0 ? null : Scalars(module, output, start, at);
        var logits = module.Choice is null ? null : Logits(module, output, at.Columns("noise", input, module.Noise.Perturbations), start, classes, at);
        return scalars is null ? logits! : logits is null ? scalars : at.Concat("", scalars, logits);
    }

    /// <summary>tanh of the output; with a start, start + residual · that · (1 - |start|).</summary>
    private static GraphValue Scalars(TableBody body, GraphValue output, GraphValue? start, GraphPath at)
    {
        var part = ColumnRange.ScalarsOf(body.Codec);
        var scalars = at.Each("scalars", "Tanh", at.Columns("raw", output, part));
        if (start is null)
        {
            return scalars;
        }

        var from = at.Columns("from", start, part);
        var left = at.Node("left", "Sub", [at.Number("one", 1), at.Each("size", "Abs", from).Name], from.Shape);
        scalars = at.Each("scalars_bound", "Mul", scalars, at.Number("residual", body.Residual));
        return at.Each("moved", "Add", from, at.Each("move", "Mul", scalars, left.Name).Name);
    }

    /// <summary>
    /// Logits with their perturbations; with a start, those of its slots are preferred and the network's are bounded; values lack as often as they should.
    /// </summary>
    private static GraphValue Logits(TableBody body, GraphValue output, GraphValue perturbations, GraphValue? start, string? classes, GraphPath at)
    {
        var part = ColumnRange.SlotsOf(body.Codec);
        var logits = at.Columns("logits", output, part);
        if (start is not null)
        {
            at.Graph.Share(logits);
            var slots = at.Columns("start_slots", start, part);
            at.Graph.Share(slots);
            var bound = at.Number("logit_bound", body.LogitBound);
            var bounded = at.Each("logits_bounded", "Mul", at.Each("logits_tanh", "Tanh", at.Each("logits_part", "Div", logits, bound)), bound);
            var starts = at.Each("starts", "Min", at.Node("start_sum", "ReduceSum", [slots.Name, at.Whole("slot_axis", 1)], [1]), at.Number("one_start", 1));
            at.Graph.Share(starts);
            var others = at.Node("others", "Sub", [at.Number("one_other", 1), starts.Name], [1]);
            var from = at.Each("logits_from", "Add", at.Each("logits_of_starts", "Mul", bounded, starts.Name),
                at.Each("logits_of_others", "Mul", logits, others.Name).Name);
            logits = at.Each("slots_from", "Add", from, at.Each("bonus", "Mul", slots, at.Number("anchor_logit", body.AnchorLogit)).Name);
        }

        logits = at.Each("slots", "Add", logits, perturbations.Name);
        return body.Missing is null ? logits : MissingBiasGraph.Add(body.Missing, logits, classes, at);
    }
}
