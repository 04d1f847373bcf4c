using System.Runtime.InteropServices;
using Google.Protobuf;

namespace GanPipeline.Export;

/// <summary>How a file holds the weights of its layers; whatever it is, the layers compute in float32, so that every runtime takes the file.</summary>
public enum WeightPrecision
{
    /// <summary>As they were trained.</summary>
    Float32,

    /// <summary>Half precision: about half the size, 11 significant bits.</summary>
    Float16,

    /// <summary>Whole numbers from -127 to 127 and a scale for each output channel: about a quarter of the size.</summary>
    Int8,
}

/// <summary>Turns the matrices and kernels of a finished graph into smaller numbers, each with a node that makes float32 of them again.</summary>
internal static class WeightStorage
{
    /// <summary>Vectors (biases, statistics) stay as they are: they are few, and errors in them reach every sample.</summary>
    /// <returns>What was stored, with what it was before.</returns>
    public static IReadOnlyList<StoredWeight> Apply(GraphProto graph, WeightPrecision precision)
    {
        var stored = new List<StoredWeight>();
        if (precision == WeightPrecision.Float32)
        {
            return stored;
        }

        foreach (var tensor in graph.Initializer.Where(t => t.DataType == (int)TensorProto.Types.DataType.Float && t.Dims.Count >= 2).ToList())
        {
            var name = tensor.Name;
            var user = graph.Node.First(node => node.Input.Contains(name)).OpType;
            var trained = Floats(tensor);
            tensor.Name = $"{name}.stored";
            var (node, allowed) = precision == WeightPrecision.Float16 ? ToHalf(tensor, name)
                : ToBytes(tensor, name, user is "ConvTranspose" or "MatMul" ? 1 : 0, graph);
            graph.Node.Insert(stored.Count, node);
            stored.Add(new StoredWeight(name, trained, allowed));
        }

        return stored;
    }

    /// <summary>Half a step is 2^-11 of a number; of the smallest numbers, whose steps are all alike, 2^-25.</summary>
    private static (NodeProto Node, float[] Allowed) ToHalf(TensorProto tensor, string name)
    {
        var numbers = Floats(tensor);
        var halves = Array.ConvertAll(numbers, number => (Half)number);
        tensor.DataType = (int)TensorProto.Types.DataType.Float16;
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<Half>(halves));
        return (Node(name, "Cast", [tensor.Name], "to", (long)TensorProto.Types.DataType.Float),
            Array.ConvertAll(numbers, number => MathF.Max(MathF.ScaleB(MathF.Abs(number), -11), MathF.ScaleB(1, -25))));
    }

    /// <summary>The scale of a channel is its largest weight / 127; the zero is at zero.</summary>
    private static (NodeProto Node, float[] Allowed) ToBytes(TensorProto tensor, string name, int axis, GraphProto graph)
    {
        var numbers = Floats(tensor);
        var channels = (int)tensor.Dims[axis];
        var inner = (int)tensor.Dims.Skip(axis + 1).Aggregate(1L, (a, b) => a * b);
        var scales = new float[channels];
        for (var i = 0; i < numbers.Length; i++)
        {
            ref var scale = ref scales[i / inner % channels];
            scale = Math.Max(scale, Math.Abs(numbers[i]) / 127);
        }

        var bytes = new sbyte[numbers.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            var scale = scales[i / inner % channels];
            bytes[i] = scale > 0 ? (sbyte)Math.Clamp(MathF.Round(numbers[i] / scale), -127, 127) : (sbyte)0;
        }

        tensor.DataType = (int)TensorProto.Types.DataType.Int8;
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<sbyte>(bytes));
        var scaleTensor = new TensorProto
        {
            Name = $"{name}.scale",
            DataType = (int)TensorProto.Types.DataType.Float,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(scales))
        };
        scaleTensor.Dims.Add(channels);
        graph.Initializer.Add(scaleTensor);
        const float HalfStep = 0.5f * (1 + 1e-4f); // with the roundings of the division and of the product
        return (Node(name, "DequantizeLinear", [tensor.Name, scaleTensor.Name], "axis", axis),
            [.. numbers.Select((_, i) => scales[i / inner % channels] * HalfStep)]);
    }

    private static NodeProto Node(string name, string operation, string[] inputs, string attribute, long value)
    {
        var node = new NodeProto { Name = name, OpType = operation };
        node.Input.AddRange(inputs);
        node.Output.Add(name);
        node.Attribute.Add(new AttributeProto { Name = attribute, I = value, Type = AttributeProto.Types.AttributeType.Int });
        return node;
    }

    private static float[] Floats(TensorProto tensor) => MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();
}
