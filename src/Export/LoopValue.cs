namespace GanPipeline.Export;

/// <summary>What a loop's body hands on from one run to the next.</summary>
/// <param name="Name">Its name within the loop.</param>
/// <param name="Start">Name of what flows into the first run.</param>
/// <param name="Batch">Name of its first axis, which may be of another size in each run.</param>
/// <param name="Shape">The other axes of float32; null for int64 with the first axis alone.</param>
internal sealed record LoopValue(string Name, string Start, string Batch, IReadOnlyList<long>? Shape)
{
    /// <summary>Its type and shape under a name.</summary>
    internal ValueInfoProto Info(string name) => GraphBuilder.Info(name, Shape is null ? TensorProto.Types.DataType.Int64 : TensorProto.Types.DataType.Float,
        Shape ?? [], new TensorShapeProto.Types.Dimension { DimParam = Batch });
}
