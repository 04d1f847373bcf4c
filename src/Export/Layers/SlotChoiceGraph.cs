using GanPipeline.Training.Networks;

namespace GanPipeline.Export.Layers;

/// <summary><see cref="SlotChoice"/> in a graph.</summary>
internal static class SlotChoiceGraph
{
    /// <summary>[M, slots]: 1 for the slot of the largest logit of each block, else 0.</summary>
    public static GraphValue Add(SlotChoice choice, GraphValue logits, GraphPath at)
    {
        var (blocks, widest, places, back) = (choice.Blocks, choice.Widest, Numbers(choice.Spread), Numbers(choice.Gathered));
        // A place beyond the last slot holds what is smaller than all logits: the smallest of them, less one.
        var smallest = at.Extreme("smallest", "ReduceMin", logits, 1);
        var beyond = at.Each("beyond", "Sub", smallest, at.Number("one", 1));
        var all = at.Concat("logits_and_beyond", logits, beyond);
        var entries = at.Node("spread", "Gather", [all.Name, at.Whole("spread_places", places)], [places.Length], ("axis", 1L));
        var blocked = at.Node("blocked", "Reshape", [entries.Name, at.Whole("block_shape", -1, blocks, widest)], [blocks, widest]);
        var isLargest = at.Numbers("is_largest", "Equal", [blocked.Name, at.Extreme("largest", "ReduceMax", blocked, 2).Name]);
        var hot = at.Node("hot", "Cast", [isLargest], [blocks, widest], ("to", 1L));
        var flat = at.Node("hot_flat", "Reshape", [hot.Name, at.Whole("flat_shape", -1, blocks * widest)], [blocks * widest]);
        return at.Node("chosen", "Gather", [flat.Name, at.Whole("gather_places", back)], [back.Length], ("axis", 1L));
    }

    private static long[] Numbers(TorchSharp.torch.Tensor tensor) => tensor.cpu().data<long>().ToArray();
}
