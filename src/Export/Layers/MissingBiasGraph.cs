using GanPipeline.Training.Networks;

namespace GanPipeline.Export.Layers;

/// <summary><see cref="MissingBias"/> in a graph.</summary>
internal static class MissingBiasGraph
{
    /// <summary>Adds the nodes.</summary>
    /// <param name="bias">What is added.</param>
    /// <param name="logits">[M, slots].</param>
    /// <param name="classes">Class indices, int64 [M, 1]; null without classes.</param>
    /// <param name="at">Where.</param>
    /// <returns>[M, slots].</returns>
    public static GraphValue Add(MissingBias bias, GraphValue logits, string? classes, GraphPath at)
    {
        var values = at.Matrix("missing_bias", bias.Values);
        var ofClass = classes is null ? values
            : at.Numbers("missing_of_class", "Gather", [values, at.Numbers("missing_class", "Squeeze", [classes, at.Whole("missing_axis", 1)])]);
        var places = at.Whole("missing_places", bias.Places.cpu().data<long>().ToArray());
        return at.Each("slots_missing", "Add", logits, at.Numbers("missing_of_slot", "Gather", [ofClass, places], ("axis", 1L)));
    }
}
