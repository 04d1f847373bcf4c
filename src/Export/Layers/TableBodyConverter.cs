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
        if (module.Candidates is null)
        {
            var own = module.Classes == 0 ? null : at.Columns("class", input, new ColumnRange(module.Noise.Size, module.Classes));
            return Generate(module, input, own, classes, freedom: null, "", at, conversion);
        }

        return RowCandidatesGraph.Add(module, input, classes!, at, (noise, label, index, freedom) =>
            Generate(module, noise, label, index, freedom, "generated", at, conversion));
    }

    /// <summary>Rows, [M, width]: scalars, and perturbed logits of the slots.</summary>
    /// <param name="body">The network.</param>
    /// <param name="input">[M, noise] or wider: the parts of <see cref="TableNoise"/>.</param>
    /// <param name="label">[M, classes], above 0 for the class alone; null without classes.</param>
    /// <param name="classes">Class indices, int64 [M, 1]; null without classes.</param>
    /// <param name="freedom">[M, 1]: how far rows may go from where they start; null for all the way.</param>
    /// <param name="name">Name of the rows.</param>
    /// <param name="at">Where.</param>
    /// <param name="conversion">The conversion.</param>
    private static GraphValue Generate(TableBody body, GraphValue input, GraphValue? label, string? classes, GraphValue? freedom, string name, GraphPath at,
        Conversion conversion)
    {
        var latent = at.Columns("latent", input, body.Noise.Latent);
        var start = body.Start is null ? null
            : RealRowStartGraph.Add(body, at.Columns("pick_noise", input, body.Noise.Start), classes!, freedom, at);
        GraphValue[] parts = [.. new[] { latent, start, label }.OfType<GraphValue>()];
        var output = conversion.Convert(body.Trunk, parts.Length == 1 ? latent : at.Concat("joined", parts), at.Named("trunk"));
        at.Graph.Share(output);
        var scalars = body.Codec.Scalars == 0 ? null : Scalars(body, output, start, freedom, at);
        var logits = body.Choice is null ? null : Logits(body, output, at.Columns("noise", input, body.Noise.Perturbations), start, freedom, classes, at);
        return scalars is null ? logits! : logits is null ? scalars : at.Concat(name, scalars, logits);
    }

    /// <summary>tanh of the output; with a start, start + that · (1 - |start|).</summary>
    private static GraphValue Scalars(TableBody body, GraphValue output, GraphValue? start, GraphValue? freedom, GraphPath at)
    {
        var part = ColumnRange.ScalarsOf(body.Codec);
        var scalars = Freed("scalars_free", at.Each("scalars", "Tanh", at.Columns("raw", output, part)), freedom, at);
        if (start is null)
        {
            return scalars;
        }

        var from = at.Columns("from", start, part);
        var left = at.Node("left", "Sub", [at.Number("one", 1), at.Each("size", "Abs", from).Name], from.Shape);
        return at.Each("moved", "Add", from, at.Each("move", "Mul", scalars, left.Name).Name);
    }

    /// <summary>Logits with their perturbations; with a start, those of its slots are preferred, and values lack as often as they should.</summary>
    private static GraphValue Logits(TableBody body, GraphValue output, GraphValue perturbations, GraphValue? start, GraphValue? freedom, string? classes,
        GraphPath at)
    {
        var part = ColumnRange.SlotsOf(body.Codec);
        var logits = Freed("slots_free", at.Each("slots", "Add", at.Columns("logits", output, part), perturbations.Name), freedom, at);
        if (start is not null)
        {
            var bonus = at.Each("bonus", "Mul", at.Columns("start_slots", start, part), at.Number("anchor_logit", body.AnchorLogit));
            logits = at.Each("slots_from", "Add", logits, bonus.Name);
        }

        return body.Missing is null ? logits : MissingBiasGraph.Add(body.Missing, logits, classes, at);
    }

    private static GraphValue Freed(string name, GraphValue value, GraphValue? freedom, GraphPath at) =>
        freedom is null ? value : at.Each(name, "Mul", value, freedom.Name);
}
