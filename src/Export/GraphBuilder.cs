using System.Runtime.InteropServices;
using Google.Protobuf;

namespace GanPipeline.Export;

/// <summary>Collects the nodes and constants of an ONNX graph, and finally the model.</summary>
internal sealed class GraphBuilder
{
    private readonly GraphProto _graph;
    private readonly HashSet<string> _shared = [];

    /// <summary>Starts a graph.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="opset">The version of ONNX's operators that the nodes mean.</param>
    public GraphBuilder(string name, int opset) => (_graph, Opset) = (new GraphProto { Name = name }, opset);

    /// <summary>The version of ONNX's operators that the nodes mean.</summary>
    public int Opset { get; }

    /// <summary>The oldest version of the file format that belongs to the operators, but none older than the one that every current runtime reads.</summary>
    public int IrVersion => Opset switch { <= 18 => 8, <= 20 => 9, _ => 10 };

    /// <summary>Adds an input, a tensor of [N, ...<paramref name="shape"/>].</summary>
    public GraphValue FloatInput(string name, params IReadOnlyList<long> shape) => Input(name, TensorProto.Types.DataType.Float, shape);

    /// <summary>Adds an input of whole numbers (int64), a tensor of [N, ...<paramref name="shape"/>].</summary>
    public GraphValue LongInput(string name, params IReadOnlyList<long> shape) => Input(name, TensorProto.Types.DataType.Int64, shape);

    /// <summary>Adds an input of one whole number (int64 [1]) and returns its name.</summary>
    public string NumberInput(string name)
    {
        _graph.Input.Add(Info(name, TensorProto.Types.DataType.Int64, [], [Dimension(1)]));
        return name;
    }

    /// <summary>Adds a node with one output of float32 and returns it.</summary>
    /// <param name="name">Name of the node, which its output gets too.</param>
    /// <param name="operation">ONNX's name of the operator.</param>
    /// <param name="inputs">Names of its inputs: values and constants.</param>
    /// <param name="shape">Shape of the output without the batch axis.</param>
    /// <param name="attributes">The attributes that are not at their defaults: <see cref="float"/>, <see cref="long"/>, <c>long[]</c> or
    /// <see cref="string"/>.</param>
    public GraphValue Node(
        string name, string operation, IEnumerable<string> inputs, IReadOnlyList<long> shape, params IEnumerable<(string Name, object Value)> attributes) =>
        Typed(name, TensorProto.Types.DataType.Float, operation, inputs, shape, attributes);

    /// <summary>Adds a node with one output of float64 and returns it; otherwise as <see cref="Node"/>.</summary>
    public GraphValue DoubleNode(
        string name, string operation, IEnumerable<string> inputs, IReadOnlyList<long> shape, params IEnumerable<(string Name, object Value)> attributes) =>
        Typed(name, TensorProto.Types.DataType.Double, operation, inputs, shape, attributes);

    /// <summary>Adds a node with one output of int64 and returns it; otherwise as <see cref="Node"/>.</summary>
    public GraphValue LongNode(
        string name, string operation, IEnumerable<string> inputs, IReadOnlyList<long> shape, params IEnumerable<(string Name, object Value)> attributes) =>
        Typed(name, TensorProto.Types.DataType.Int64, operation, inputs, shape, attributes);

    /// <summary>Makes float64 of numbers of another type.</summary>
    public GraphValue ToDouble(string name, GraphValue value) =>
        DoubleNode(name, "Cast", [value.Name], value.Shape, ("to", (long)TensorProto.Types.DataType.Double));

    /// <summary>Makes int64 of numbers of another type, without what is behind their point.</summary>
    public GraphValue ToLong(string name, GraphValue value) =>
        LongNode(name, "Cast", [value.Name], value.Shape, ("to", (long)TensorProto.Types.DataType.Int64));

    /// <summary>Adds a node that takes the largest or smallest along an axis, which stays with length 1.</summary>
    /// <param name="name">Name of the node.</param>
    /// <param name="operation">ReduceMax or ReduceMin.</param>
    /// <param name="value">What it is taken of.</param>
    /// <param name="axis">The axis; 0 is the batch.</param>
    public GraphValue Extreme(string name, string operation, GraphValue value, int axis)
    {
        long[] shape = [.. value.Shape.Select((size, i) => i == axis - 1 ? 1 : size)];
        return Opset >= 18
            ? Node(name, operation, [value.Name, Constant($"{name}.axis", [(long)axis], 1)], shape)
            : Node(name, operation, [value.Name], shape, ("axes", new[] { (long)axis }));
    }

    /// <summary>Adds a node that makes bytes (uint8) of <paramref name="value"/>.</summary>
    public GraphValue BytesNode(string name, GraphValue value)
    {
        NumbersNode(name, "Cast", [value.Name], [("to", (long)TensorProto.Types.DataType.Uint8)]);
        _graph.ValueInfo.Add(Info(name, TensorProto.Types.DataType.Uint8, value.Shape));
        return new GraphValue(name, value.Shape);
    }

    /// <summary>Adds a node that picks texts: [N, 1] of string.</summary>
    /// <param name="name">Name of the node.</param>
    /// <param name="texts">What there is to pick from.</param>
    /// <param name="index">Name of the numbers of the texts, int64 [N, 1].</param>
    public GraphValue TextNode(string name, IReadOnlyList<string> texts, string index)
    {
        var tensor = new TensorProto { Name = $"{name}.texts", DataType = (int)TensorProto.Types.DataType.String };
        tensor.Dims.Add(texts.Count);
        tensor.StringData.AddRange(texts.Select(ByteString.CopyFromUtf8));
        _graph.Initializer.Add(tensor);
        NumbersNode(name, "Gather", [tensor.Name, index]);
        _graph.ValueInfo.Add(Info(name, TensorProto.Types.DataType.String, [1]));
        return new GraphValue(name, [1]);
    }

    /// <summary>Adds a node that puts two texts together, one after the other: [N, 1] of string.</summary>
    public GraphValue ConcatenatedNode(string name, GraphValue first, GraphValue second) =>
        Typed(name, TensorProto.Types.DataType.String, "StringConcat", [first.Name, second.Name], first.Shape, []);

    /// <summary>Adds a node whose output is no batch of samples (a shape, say); ONNX infers what it is.</summary>
    public string NumbersNode(string name, string operation, IEnumerable<string> inputs, params IEnumerable<(string Name, object Value)> attributes)
    {
        var node = new NodeProto { Name = name, OpType = operation };
        node.Input.AddRange(inputs);
        node.Output.Add(name);
        node.Attribute.AddRange(attributes.Select(a => Attribute(a.Name, a.Value)));
        _graph.Node.Add(node);
        return name;
    }

    /// <summary>Adds a constant of float32 and returns its name.</summary>
    public string Constant(string name, ReadOnlySpan<float> data, params IEnumerable<long> shape) =>
        Constant(name, TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes(data), shape);

    /// <summary>Adds a constant of float64 and returns its name.</summary>
    public string Constant(string name, ReadOnlySpan<double> data, params IEnumerable<long> shape) =>
        Constant(name, TensorProto.Types.DataType.Double, MemoryMarshal.AsBytes(data), shape);

    /// <summary>Adds a constant of int64 and returns its name.</summary>
    public string Constant(string name, ReadOnlySpan<long> data, params IEnumerable<long> shape) =>
        Constant(name, TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes(data), shape);

    /// <summary>Says that more than one node takes <paramref name="value"/>, so that what follows is not folded into the node that makes it.</summary>
    public void Share(GraphValue value) => _shared.Add(value.Name);

    /// <summary>
    /// Multiplies each channel (axis 1) by its scale and adds its shift, if <paramref name="value"/> is what a Gemm, Conv or ConvTranspose node with constant
    /// weights and bias makes, for nobody else: then both are worked into the weights, and the graph needs no further node. Exact up to rounding.
    /// </summary>
    /// <returns>Whether it was done.</returns>
    public bool TryFold(GraphValue value, ReadOnlySpan<double> scale, ReadOnlySpan<double> shift)
    {
        if (_graph.Node.LastOrDefault() is not { OpType: "Gemm" or "Conv" or "ConvTranspose" } node || node.Output[0] != value.Name
            || _shared.Contains(value.Name))
        {
            return false;
        }

        var weight = _graph.Initializer.Single(t => t.Name == node.Input[1]);
        var bias = _graph.Initializer.Single(t => t.Name == node.Input[2]);
        var entries = Floats(weight);
        var channelOf = ChannelOf(node, weight.Dims);
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = (float)(entries[i] * scale[channelOf(i)]);
        }

        var offsets = Floats(bias);
        for (var channel = 0; channel < offsets.Length; channel++)
        {
            offsets[channel] = (float)(offsets[channel] * scale[channel] + shift[channel]);
        }

        weight.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(entries));
        bias.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(offsets));
        return true;
    }

    /// <summary>Makes <paramref name="value"/> the output of the graph under another name.</summary>
    public void Output(GraphValue value, string name)
    {
        NumbersNode(name, "Identity", [value.Name]);
        var info = _graph.ValueInfo.Single(made => made.Name == value.Name).Clone();
        info.Name = name;
        _graph.Output.Add(info);
    }

    /// <summary>Stores the weights in fewer bytes; the graph must be complete.</summary>
    public void Store(WeightPrecision precision) => Stored = WeightStorage.Apply(_graph, precision);

    /// <summary>The weights that are stored in fewer bits.</summary>
    internal IReadOnlyList<StoredWeight> Stored { get; private set; } = [];

    /// <summary>The model as ONNX's bytes.</summary>
    public byte[] ToModel(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "GanPipeline",
            ProducerVersion = typeof(GraphBuilder).Assembly.GetName().Version!.ToString(3),
            Graph = _graph,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = Opset });
        model.MetadataProps.AddRange(metadata.Select(p => new StringStringEntryProto { Key = p.Key, Value = p.Value }));
        return model.ToByteArray();
    }

    private GraphValue Typed(string name, TensorProto.Types.DataType type, string operation, IEnumerable<string> inputs, IReadOnlyList<long> shape,
        IEnumerable<(string Name, object Value)> attributes)
    {
        NumbersNode(name, operation, inputs, attributes);
        // Not every tool can infer every shape, and a checker compares what is declared here with what it infers.
        _graph.ValueInfo.Add(Info(name, type, shape));
        return new GraphValue(name, shape);
    }

    private GraphValue Input(string name, TensorProto.Types.DataType type, IReadOnlyList<long> shape)
    {
        _graph.Input.Add(Info(name, type, shape));
        return new GraphValue(name, shape);
    }

    private string Constant(string name, TensorProto.Types.DataType type, ReadOnlySpan<byte> data, IEnumerable<long> shape)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("weights are written in the machine's byte order, which must be little-endian");
        }

        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = ByteString.CopyFrom(data) };
        tensor.Dims.AddRange(shape);
        _graph.Initializer.Add(tensor);
        return name;
    }

    /// <summary>The output channel that an entry of the node's weights belongs to.</summary>
    private static Func<int, int> ChannelOf(NodeProto node, IList<long> shape)
    {
        var inner = (int)shape.Skip(1).Aggregate(1L, (a, b) => a * b);
        if (node.OpType != "ConvTranspose")
        {
            return entry => entry / inner; // [channels, ...]
        }

        // [inputs, channels of a group, ...]: the input says which group it is.
        var (channels, area) = ((int)shape[1], (int)shape.Skip(2).Aggregate(1L, (a, b) => a * b));
        var inputsOfGroup = (int)(shape[0] / node.Attribute.Single(a => a.Name == "group").I);
        return entry => entry / inner / inputsOfGroup * channels + entry / area % channels;
    }

    private static float[] Floats(TensorProto tensor) => MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();

    private static TensorShapeProto.Types.Dimension Dimension(long size) => new() { DimValue = size };

    private static ValueInfoProto Info(
        string name, TensorProto.Types.DataType type, IReadOnlyList<long> shape, params IEnumerable<TensorShapeProto.Types.Dimension> first)
    {
        var dimensions = new TensorShapeProto();
        dimensions.Dim.AddRange(first.DefaultIfEmpty(new TensorShapeProto.Types.Dimension { DimParam = "N" }));
        dimensions.Dim.AddRange(shape.Select(Dimension));
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = dimensions };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }

    private static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case float number:
                (attribute.Type, attribute.F) = (AttributeProto.Types.AttributeType.Float, number);
                break;
            case long number:
                (attribute.Type, attribute.I) = (AttributeProto.Types.AttributeType.Int, number);
                break;
            case long[] numbers:
                attribute.Type = AttributeProto.Types.AttributeType.Ints;
                attribute.Ints.AddRange(numbers);
                break;
            case string text:
                (attribute.Type, attribute.S) = (AttributeProto.Types.AttributeType.String, ByteString.CopyFromUtf8(text));
                break;
            default:
                throw new ArgumentException($"attribute '{name}' is a {value.GetType()}; it must be float, long, long[] or string", nameof(value));
        }

        return attribute;
    }
}
