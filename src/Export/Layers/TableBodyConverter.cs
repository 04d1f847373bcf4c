using GanPipeline.Training.Data;
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
        var graph = conversion.Graph;
        graph.Share(input);
        var index = module.Classes == 0 ? null : graph.NumbersNode($"{path}.class_index", "Unsqueeze",
            [conversion.Label.Name, graph.Constant($"{path}.class_axis", [1L], 1)]);
        if (module.Margin is null)
        {
            return Make(module, input, index, freedom: null, path, conversion);
        }

        // Each sample's candidates one below the other, with the sample's class.
        var candidates = (long)module.Candidates;
        var times = graph.Constant($"{path}.times", [1L, candidates], 2);
        var noises = TableOutputs.Slice(graph, $"{path}.all_noise", input, 0, candidates * module.Noise);
        var classes = TableOutputs.Slice(graph, $"{path}.all_class", input, candidates * module.Noise, module.Classes);
        graph.Batch = "M";
        var noise = Rows(graph, $"{path}.candidate_noise", noises.Name, module.Noise);
        var label = Rows(graph, $"{path}.candidate_class", graph.NumbersNode($"{path}.class_times", "Tile", [classes.Name, times]), module.Classes);
        graph.Share(label);
        var indexOf = graph.NumbersNode($"{path}.candidate_index", "Reshape",
            [graph.NumbersNode($"{path}.index_times", "Tile", [index!, times]), graph.Constant($"{path}.one_column", [-1L, 1L], 2)]);
        var freedom = Freedom(module, indexOf, path, conversion);
        var made = Make(module, graph.Node($"{path}.candidate", "Concat", [noise.Name, label.Name], [module.Noise + module.Classes], ("axis", 1L)), indexOf,
            freedom, path, conversion);
        graph.Share(made);
        var margin = ClassMarginGraph.Add(module, made, label, $"{path}.margin", graph);
        var limited = graph.Node($"{path}.margin_limited", "Clip",
            [margin.Name, "", graph.Constant($"{path}.strictness", [(float)(module.Strictness * module.Strictness)])], [1]);
        graph.Batch = "N";
        var best = graph.NumbersNode($"{path}.best", "ArgMax", [Rows(graph, $"{path}.margins", limited.Name, candidates).Name], ("axis", 1L), ("keepdims", 0L));
        // The number of a sample's first candidate is candidates · its own number; which that is, counting ones says.
        var ones = graph.NumbersNode($"{path}.ones", "ConstantOfShape", [graph.NumbersNode($"{path}.samples", "Shape", [best])]);
        var counted = graph.NumbersNode($"{path}.counted", "NonZero", [graph.NumbersNode($"{path}.all", "Equal", [ones, ones])]);
        var first = graph.NumbersNode($"{path}.first_candidate", "Mul",
            [graph.NumbersNode($"{path}.number", "Squeeze", [counted, graph.Constant($"{path}.number_axis", [0L], 1)]),
            graph.Constant($"{path}.stride", [candidates])]);
        return graph.Node(path, "Gather", [made.Name, graph.NumbersNode($"{path}.taken", "Add", [first, best])], made.Shape);
    }

    private static GraphValue Make(TableBody module, GraphValue input, string? index, GraphValue? freedom, string path, Conversion conversion)
    {
        var graph = conversion.Graph;
        var (scalars, slots) = (module.Codec.Scalars, module.Codec.Slots);
        graph.Share(input);
        var parts = new List<GraphValue> { TableOutputs.Slice(graph, $"{path}.latent", input, 0, module.Latent) };
        var start = module.Anchors is null ? null : Start(module, input, index!, freedom, path, conversion);
        if (start is not null)
        {
            parts.Add(start);
        }

        if (module.Classes > 0)
        {
            parts.Add(TableOutputs.Slice(graph, $"{path}.class", input, input.Features - module.Classes, module.Classes));
        }

        var latent = parts.Count == 1 ? parts[0] : graph.Node($"{path}.joined", "Concat", parts.Select(part => part.Name), [parts.Sum(part => part.Features)],
            ("axis", 1L));
        var output = conversion.Convert(module.Trunk, latent, $"{path}.trunk");
        graph.Share(output);
        var row = new List<GraphValue>();
        if (scalars > 0)
        {
            var scalar = Free("scalars_free", graph.Node($"{path}.scalars", "Tanh", [TableOutputs.Slice(graph, $"{path}.raw", output, 0, scalars).Name],
                [scalars]));
            row.Add(start is null ? scalar : From(TableOutputs.Slice(graph, $"{path}.from", start, 0, scalars), scalar, path, graph));
        }

        if (slots > 0)
        {
            var logits = TableOutputs.Slice(graph, $"{path}.logits", output, scalars, slots);
            var noise = TableOutputs.Slice(graph, $"{path}.noise", input, module.Latent, slots);
            var slot = Free("slots_free", graph.Node($"{path}.slots", "Add", [logits.Name, noise.Name], [slots]));
            if (start is not null)
            {
                var preferred = TableOutputs.Slice(graph, $"{path}.start_slots", start, scalars, slots);
                var bonus = graph.Node($"{path}.bonus", "Mul", [preferred.Name, graph.Constant($"{path}.anchor_logit", [(float)module.AnchorLogit])], [slots]);
                slot = graph.Node($"{path}.slots_from", "Add", [slot.Name, bonus.Name], [slots]);
            }

            row.Add(slot);
        }

        var name = module.Margin is null ? path : $"{path}.made";
        return row.Count == 1 ? row[0] : graph.Node(name, "Concat", row.Select(part => part.Name), [scalars + slots], ("axis", 1L));

        GraphValue Free(string name, GraphValue value) => freedom is null
            ? value : graph.Node($"{path}.{name}", "Mul", [value.Name, freedom.Name], value.Shape);
    }

    /// <summary>[M, 1]: how far each candidate may go from the real row that it starts from; all the way in a class that is made from noise alone.</summary>
    private static GraphValue Freedom(TableBody module, string index, string path, Conversion conversion)
    {
        var graph = conversion.Graph;
        float[] held = [.. Conversion.Read(module.Freedoms!, "freedoms").Select(f => 1 - f)],
            starts = [.. Conversion.Read(module.Anchors!.Value.Counts, "counts").Select(n => Math.Min(n, 1))];
        var startsFromRow = graph.NumbersNode($"{path}.starts_from_row", "Gather", [graph.Constant($"{path}.has_rows", starts, starts.Length), index]);
        var bySample = graph.NumbersNode($"{path}.starts_by_sample", "Reshape", [startsFromRow, graph.Constant($"{path}.by_sample", [-1L, held.Length], 2)]);
        var bound = graph.NumbersNode($"{path}.bound", "Mul", [bySample, graph.Constant($"{path}.held", held, held.Length)]);
        var freedom = Rows(graph, $"{path}.freedom", graph.NumbersNode($"{path}.free", "Sub", [graph.Constant($"{path}.whole_way", [1f]), bound]), 1);
        graph.Share(freedom);
        return freedom;
    }

    /// <summary>The numbers of a value as rows of that many.</summary>
    private static GraphValue Rows(GraphBuilder graph, string name, string value, long columns) =>
        graph.Node(name, "Reshape", [value, graph.Constant($"{name}.shape", [-1L, columns], 2)], [columns]);

    /// <summary>start + scalar · (1 - |start|).</summary>
    private static GraphValue From(GraphValue start, GraphValue scalar, string path, GraphBuilder graph)
    {
        var left = graph.Node($"{path}.left", "Sub", [graph.Constant($"{path}.one", [1f]), graph.Node($"{path}.size", "Abs", [start.Name], start.Shape).Name],
            start.Shape);
        return graph.Node($"{path}.moved", "Add", [start.Name, graph.Node($"{path}.move", "Mul", [scalar.Name, left.Name], start.Shape).Name], start.Shape);
    }

    /// <summary>What <see cref="TableBody"/> starts from: a real row of the class, on its way to a neighbour.</summary>
    private static GraphValue Start(TableBody module, GraphValue input, string index, GraphValue? freedom, string path, Conversion conversion)
    {
        var graph = conversion.Graph;
        var (rows, ways, starts, counts) = module.Anchors!.Value;
        var (scalars, slots, classes, last) = (module.Codec.Scalars, module.Codec.Slots, module.Classes, AnchorRows.Neighbours - 1f);
        GraphValue Node(string name, string operation, params IEnumerable<string> inputs) => graph.Node($"{path}.{name}", operation, inputs, [1]);
        string Number(string name, float value) => graph.Constant($"{path}.{name}", [value]);
        string Whole(string name, GraphValue value) => graph.NumbersNode($"{path}.{name}", "Cast", [value.Name], ("to", 7L));

        var noise = TableOutputs.Slice(graph, $"{path}.pick_noise", input, module.Latent + slots, 2);
        var scaled = graph.Node($"{path}.pick_scaled", "Mul", [noise.Name, Number("root_half", MathF.Sqrt(0.5f))], [2]);
        var half = graph.Node($"{path}.pick_half", "Mul", [graph.Node($"{path}.pick_erf", "Erf", [scaled.Name], [2]).Name, Number("half", 0.5f)], [2]);
        var uniform = graph.Node($"{path}.uniform", "Add", [half.Name, $"{path}.half"], [2]);
        graph.Share(uniform);
        var count = Node("count", "Gather", graph.Constant($"{path}.counts", Conversion.Read(counts, "counts"), classes), index);
        var at = Node("at", "Mul", TableOutputs.Slice(graph, $"{path}.uniform_row", uniform, 0, 1).Name, count.Name);
        var most = Node("most", "Max", Node("count_less", "Sub", count.Name, Number("one_row", 1)).Name, Number("none", 0));
        var whole = Node("whole", "Min", Node("floor", "Floor", at.Name).Name, most.Name);
        var row = Node("row", "Add", Node("first", "Gather", graph.Constant($"{path}.starts", Conversion.Read(starts, "starts"), classes), index).Name,
            whole.Name);
        var rest = Node("rest", "Mul", Node("beyond", "Sub", at.Name, whole.Name).Name, Number("neighbours", AnchorRows.Neighbours));
        var neighbour = Node("neighbour", "Clip", Node("rest_floor", "Floor", rest.Name).Name, $"{path}.none", Number("last", last));
        var wayRow = Node("way_row", "Add", Node("way_first", "Mul", row.Name, $"{path}.neighbours").Name, neighbour.Name);

        var from = RowsOf(graph, $"{path}.start_row", Conversion.Read(rows, "rows"), scalars + slots, Whole("row_index", row));
        if (scalars == 0)
        {
            return from;
        }

        graph.Share(from);
        var way = RowsOf(graph, $"{path}.way", Conversion.Read(ways, "ways"), scalars, Whole("way_index", wayRow));
        var part = Node("blend", "Mul", TableOutputs.Slice(graph, $"{path}.uniform_blend", uniform, 1, 1).Name, $"{path}.half");
        part = freedom is null ? part : Node("blend_free", "Mul", part.Name, freedom.Name);
        var moved = graph.Node($"{path}.start_scalars", "Add",
            [TableOutputs.Slice(graph, $"{path}.row_scalars", from, 0, scalars).Name, graph.Node($"{path}.step", "Mul", [way.Name, part.Name], [scalars])
                .Name], [scalars]);
        return slots == 0 ? moved : graph.Node($"{path}.start", "Concat",
            [moved.Name, TableOutputs.Slice(graph, $"{path}.row_slots", from, scalars, slots).Name], [scalars + slots], ("axis", 1L));
    }

    /// <summary>Rows of a matrix, [N, columns], by their numbers [N, 1].</summary>
    private static GraphValue RowsOf(GraphBuilder graph, string name, float[] matrix, int columns, string index)
    {
        // Stored flat, so that storing weights in fewer bits leaves them as they are: they are data.
        var shaped = graph.NumbersNode($"{name}.matrix", "Reshape",
            [graph.Constant($"{name}.data", matrix, matrix.Length), graph.Constant($"{name}.shape", [-1L, columns], 2)]);
        var flat = graph.NumbersNode($"{name}.flat", "Squeeze", [index, graph.Constant($"{name}.axis", [1L], 1)]);
        return graph.Node(name, "Gather", [shaped, flat], [columns]);
    }
}
