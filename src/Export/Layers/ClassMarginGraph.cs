using GanPipeline.Training.Networks;

namespace GanPipeline.Export.Layers;

/// <summary><see cref="ClassMargin"/> in a graph, for rows whose slots are perturbed logits.</summary>
internal static class ClassMarginGraph
{
    /// <summary>Adds the nodes.</summary>
    /// <param name="body">Whose margin it is.</param>
    /// <param name="rows">[M, scalars + slots]: scalars, and logits of the slots.</param>
    /// <param name="label">[M, classes], above 0 for the class alone.</param>
    /// <param name="path">Prefix of the nodes' names.</param>
    /// <param name="graph">The graph.</param>
    /// <returns>[M, 1] margins.</returns>
    public static GraphValue Add(TableBody body, GraphValue rows, GraphValue label, string path, GraphBuilder graph)
    {
        var margin = body.Margin!;
        var (slotCenters, centers, scalars, slotWidths, widths) = margin.Map;
        var features = (int)centers.shape[1];
        var (center, width) = (Constant("centers", centers, 1, features), Constant("widths", widths, 1, features));
        if (margin.Slots > 0)
        {
            var chosen = Chosen(body, rows, path, graph);
            graph.Share(chosen);
            center = Affine("center", chosen, slotCenters, margin.Slots, center);
            width = Affine("width", chosen, slotWidths, margin.Slots, width);
        }

        var seen = center;
        if (margin.Scalars > 0)
        {
            var scalar = graph.Node($"{path}.scalar", "MatMul",
                [TableOutputs.Slice(graph, $"{path}.row_scalars", rows, 0, margin.Scalars).Name, Constant("scalar_of", scalars, margin.Scalars, features)],
                    [features]);
            seen = graph.Node($"{path}.seen", "Add", [center, graph.Node($"{path}.within", "Mul", [scalar.Name, width], [features]).Name], [features]).Name;
        }

        // Summing squares by a product needs no reduction, whose form differs between operator sets.
        var squares = graph.Node($"{path}.squares", "Mul", [seen, seen], [features]);
        var length = graph.Node($"{path}.length", "MatMul", [squares.Name, graph.Constant($"{path}.ones", Conversion.Ones(features), features, 1)], [1]);
        var input = graph.Node($"{path}.with_class", "Concat", [seen, label.Name], [features + label.Features], ("axis", 1L));
        var (lengths, own, others) = margin.Real;
        var count = (int)lengths.shape[1];
        var real = Constant("lengths", lengths, 1, count);
        return graph.Node(path, "Div", [Nearest("others", others).Name, Nearest("own", own).Name], [1]);

        GraphValue Nearest(string name, TorchSharp.torch.Tensor weights)
        {
            var product = graph.Node($"{path}.{name}_product", "MatMul", [input.Name, Constant($"{name}_weights", weights, (int)input.Features, count)],
                [count]);
            var all = graph.Node($"{path}.{name}_all", "Add", [product.Name, real], [count]);
            var squared = graph.Node($"{path}.{name}_squared", "Add", [graph.Extreme($"{path}.{name}_nearest", "ReduceMin", all, 1).Name, length.Name], [1]);
            var positive = graph.Node($"{path}.{name}_positive", "Clip", [squared.Name, graph.Constant($"{path}.{name}_zero", [0f])], [1]);
            return graph.Node($"{path}.{name}", "Add", [positive.Name, graph.Constant($"{path}.{name}_least", [(float)ClassMargin.Least])], [1]);
        }

        string Constant(string name, TorchSharp.torch.Tensor values, int size, int columns)
        {
            // Stored flat, so that storing weights in fewer bits leaves them as they are: they are data.
            var numbers = Conversion.Read(values, name);
            return graph.NumbersNode($"{path}.{name}", "Reshape",
                [graph.Constant($"{path}.{name}_data", numbers, numbers.Length), graph.Constant($"{path}.{name}_shape", [size, (long)columns], 2)]);
        }

        string Affine(string name, GraphValue value, TorchSharp.torch.Tensor weights, int size, string shift)
        {
            var product = graph.Node($"{path}.{name}_product", "MatMul", [value.Name, Constant($"{name}_weights", weights, size, features)], [features]);
            return graph.Node($"{path}.{name}", "Add", [product.Name, shift], [features]).Name;
        }
    }

    /// <summary>[M, slots]: 1 for the slot of the largest logit of each block, else 0.</summary>
    private static GraphValue Chosen(TableBody body, GraphValue rows, string path, GraphBuilder graph)
    {
        var (blocks, widest, spread, gathered) = body.Choices;
        var logits = TableOutputs.Slice(graph, $"{path}.row_logits", rows, body.Codec.Scalars, body.Codec.Slots);
        // A place beyond the last slot holds what is smaller than all logits: the smallest of them, less one.
        var beyond = graph.Node($"{path}.beyond", "Sub", [graph.Extreme($"{path}.smallest", "ReduceMin", logits, 1).Name, graph.Constant($"{path}.one", [1f])],
            [1]);
        var all = graph.Node($"{path}.logits_and_beyond", "Concat", [logits.Name, beyond.Name], [body.Codec.Slots + 1], ("axis", 1L));
        var places = Numbers(spread);
        var entries = graph.Node($"{path}.spread", "Gather", [all.Name, graph.Constant($"{path}.spread_places", places, places.Length)], [places.Length],
            ("axis", 1L));
        var blocked = graph.Node($"{path}.blocked", "Reshape", [entries.Name, graph.Constant($"{path}.block_shape", [-1L, blocks, widest], 3)],
            [blocks, widest]);
        var largest = graph.Extreme($"{path}.largest", "ReduceMax", blocked, 2);
        var isLargest = graph.NumbersNode($"{path}.is_largest", "Equal", [blocked.Name, largest.Name]);
        var hot = graph.Node($"{path}.hot", "Cast", [isLargest], [blocks, widest], ("to", 1L));
        var flat = graph.Node($"{path}.hot_flat", "Reshape", [hot.Name, graph.Constant($"{path}.flat_shape", [-1L, blocks * widest], 2)], [blocks * widest]);
        var back = Numbers(gathered);
        return graph.Node($"{path}.chosen", "Gather", [flat.Name, graph.Constant($"{path}.gather_places", back, back.Length)], [back.Length], ("axis", 1L));

        static long[] Numbers(TorchSharp.torch.Tensor tensor) => tensor.cpu().data<long>().ToArray();
    }
}
