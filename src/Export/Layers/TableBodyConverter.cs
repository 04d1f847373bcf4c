using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;

namespace GanPipeline.Export.Layers;

/// <summary>
/// A table's scalars, and its slots as perturbed logits instead of ones and zeros: which slot of a block is the largest is all that <see cref="TableOutputs"/> wants to know.
/// </summary>
internal sealed class TableBodyConverter : LayerConverter<TableBody>
{
    protected override GraphValue Convert(TableBody module, GraphValue input, string path, Conversion conversion)
    {
        var graph = conversion.Graph;
        var (scalars, slots) = (module.Codec.Scalars, module.Codec.Slots);
        graph.Share(input);
        var parts = new List<GraphValue> { TableOutputs.Slice(graph, $"{path}.latent", input, 0, module.Latent) };
        var start = module.Anchors is null ? null : Start(module, input, path, conversion);
        if (start is not null)
        {
            parts.Add(start);
        }

        if (module.Classes > 0)
        {
            parts.Add(TableOutputs.Slice(graph, $"{path}.class", input, input.Features - module.Classes, module.Classes));
        }

        var latent = parts.Count == 1 ? parts[0] : graph.Node($"{path}.joined", "Concat", parts.Select(part => part.Name), [parts.Sum(part => part.Features)], ("axis", 1L));
        var output = conversion.Convert(module.Trunk, latent, $"{path}.trunk");
        graph.Share(output);
        var row = new List<GraphValue>();
        if (scalars > 0)
        {
            var scalar = graph.Node($"{path}.scalars", "Tanh", [TableOutputs.Slice(graph, $"{path}.raw", output, 0, scalars).Name], [scalars]);
            row.Add(start is null ? scalar : From(TableOutputs.Slice(graph, $"{path}.from", start, 0, scalars), scalar, path, graph));
        }

        if (slots > 0)
        {
            var logits = TableOutputs.Slice(graph, $"{path}.logits", output, scalars, slots);
            var noise = TableOutputs.Slice(graph, $"{path}.noise", input, module.Latent, slots);
            var slot = graph.Node($"{path}.slots", "Add", [logits.Name, noise.Name], [slots]);
            if (start is not null)
            {
                var preferred = TableOutputs.Slice(graph, $"{path}.start_slots", start, scalars, slots);
                var bonus = graph.Node($"{path}.bonus", "Mul", [preferred.Name, graph.Constant($"{path}.anchor_logit", [(float)module.AnchorLogit])], [slots]);
                slot = graph.Node($"{path}.slots_from", "Add", [slot.Name, bonus.Name], [slots]);
            }

            row.Add(slot);
        }

        return row.Count == 1 ? row[0] : graph.Node(path, "Concat", row.Select(part => part.Name), [scalars + slots], ("axis", 1L));
    }

    /// <summary>start + scalar · (1 - |start|).</summary>
    private static GraphValue From(GraphValue start, GraphValue scalar, string path, GraphBuilder graph)
    {
        var left = graph.Node($"{path}.left", "Sub", [graph.Constant($"{path}.one", [1f]), graph.Node($"{path}.size", "Abs", [start.Name], start.Shape).Name], start.Shape);
        return graph.Node($"{path}.moved", "Add", [start.Name, graph.Node($"{path}.move", "Mul", [scalar.Name, left.Name], start.Shape).Name], start.Shape);
    }

    /// <summary>What <see cref="TableBody"/> starts from: a real row of the class, on its way to a neighbour.</summary>
    private static GraphValue Start(TableBody module, GraphValue input, string path, Conversion conversion)
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
        var index = graph.NumbersNode($"{path}.class_index", "Unsqueeze", [conversion.Label.Name, graph.Constant($"{path}.class_axis", [1L], 1)]);
        var count = Node("count", "Gather", graph.Constant($"{path}.counts", Conversion.Read(counts, "counts"), classes), index);
        var at = Node("at", "Mul", TableOutputs.Slice(graph, $"{path}.uniform_row", uniform, 0, 1).Name, count.Name);
        var most = Node("most", "Max", Node("count_less", "Sub", count.Name, Number("one_row", 1)).Name, Number("none", 0));
        var whole = Node("whole", "Min", Node("floor", "Floor", at.Name).Name, most.Name);
        var row = Node("row", "Add", Node("first", "Gather", graph.Constant($"{path}.starts", Conversion.Read(starts, "starts"), classes), index).Name, whole.Name);
        var rest = Node("rest", "Mul", Node("beyond", "Sub", at.Name, whole.Name).Name, Number("neighbours", AnchorRows.Neighbours));
        var neighbour = Node("neighbour", "Clip", Node("rest_floor", "Floor", rest.Name).Name, $"{path}.none", Number("last", last));
        var wayRow = Node("way_row", "Add", Node("way_first", "Mul", row.Name, $"{path}.neighbours").Name, neighbour.Name);

        var from = Rows(graph, $"{path}.start_row", Conversion.Read(rows, "rows"), scalars + slots, Whole("row_index", row));
        if (scalars == 0)
        {
            return from;
        }

        graph.Share(from);
        var way = Rows(graph, $"{path}.way", Conversion.Read(ways, "ways"), scalars, Whole("way_index", wayRow));
        var part = Node("blend", "Mul", TableOutputs.Slice(graph, $"{path}.uniform_blend", uniform, 1, 1).Name, $"{path}.half");
        var moved = graph.Node($"{path}.start_scalars", "Add",
            [TableOutputs.Slice(graph, $"{path}.row_scalars", from, 0, scalars).Name, graph.Node($"{path}.step", "Mul", [way.Name, part.Name], [scalars]).Name], [scalars]);
        return slots == 0 ? moved : graph.Node($"{path}.start", "Concat", [moved.Name, TableOutputs.Slice(graph, $"{path}.row_slots", from, scalars, slots).Name], [scalars + slots], ("axis", 1L));
    }

    /// <summary>Rows of a matrix, [N, columns], by their numbers [N, 1].</summary>
    private static GraphValue Rows(GraphBuilder graph, string name, float[] matrix, int columns, string index)
    {
        // Stored flat, so that storing weights in fewer bits leaves them as they are: they are data.
        var shaped = graph.NumbersNode($"{name}.matrix", "Reshape", [graph.Constant($"{name}.data", matrix, matrix.Length), graph.Constant($"{name}.shape", [-1L, columns], 2)]);
        var flat = graph.NumbersNode($"{name}.flat", "Squeeze", [index, graph.Constant($"{name}.axis", [1L], 1)]);
        return graph.Node(name, "Gather", [shaped, flat], [columns]);
    }
}
