using System.Globalization;
using GanPipeline.Primitives;
using DataType = GanPipeline.Onnx.TensorProto.Types.DataType;
using Dimension = GanPipeline.Onnx.TensorShapeProto.Types.Dimension;

namespace GanPipeline.Inference;

/// <summary>One node of a generator's network.</summary>
/// <param name="Name">The value that it computes.</param>
/// <param name="Operator">ONNX's name of what it computes.</param>
/// <param name="Inputs">The values that it takes, without the constants.</param>
/// <param name="Shape">Shape of what it computes, for instance <c>N x 128</c>; empty where the file does not say.</param>
/// <param name="Parameters">Trained numbers that it uses, and no node before it.</param>
internal sealed record NetworkLayer(string Name, string Operator, IReadOnlyList<string> Inputs, string Shape, long Parameters);

/// <summary>The network in a generator file, read from the file's own bytes: no runtime is needed, and nothing in the file is trusted.</summary>
/// <param name="Info">What the file says of itself.</param>
/// <param name="Inputs">Names, item types and shapes of the inputs.</param>
/// <param name="Outputs">The same of the outputs.</param>
/// <param name="Layers">The nodes in the order in which they run.</param>
/// <param name="Bytes">Size of the file.</param>
internal sealed record NetworkGraph(GeneratorInfo Info, IReadOnlyList<(string Name, string Type, string Shape)> Inputs,
    IReadOnlyList<(string Name, string Type, string Shape)> Outputs, IReadOnlyList<NetworkLayer> Layers, long Bytes)
{
    /// <summary>Trained numbers in the whole network.</summary>
    public long Parameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>Reads a generator file.</summary>
    /// <exception cref="UserErrorException">The file is missing, too large, damaged, or no generator of ours.</exception>
    public static NetworkGraph Read(string path)
    {
        var file = RuntimeModel.ReadFile(path, new GeneratorSessionOptions().MaxFileBytes);
        var model = OnnxReader.ReadStructure(file, path);
        var info = GeneratorFile.FromProperties(OnnxReader.Metadata(model), path);
        var unused = new Dictionary<string, long>(); // trained numbers of each constant that no node has used so far
        foreach (var constant in model.Graph.Initializer)
        {
            unused[Text(constant.Name)] = CountTrained(constant, file.Length, path);
        }

        var shapes = new Dictionary<string, string>();
        foreach (var value in model.Graph.Input.Concat(model.Graph.Output).Concat(model.Graph.ValueInfo))
        {
            shapes[Text(value.Name)] = Shape(value);
        }

        return new NetworkGraph(info, [.. model.Graph.Input.Select(Describe)], [.. model.Graph.Output.Select(Describe)],
            [.. model.Graph.Node.Select(node => Layer(node, unused, shapes))], file.Length);
    }

    private static NetworkLayer Layer(NodeProto node, Dictionary<string, long> unused, Dictionary<string, string> shapes)
    {
        var (name, operation) = (Text(node.Output.FirstOrDefault(output => output.Length > 0, "")), Text(node.OpType));
        string[] inputs = [.. node.Input.Select(Text)];
        // The values of one-hot rows, the factors of a resize and the scales of stored weights were never trained.
        IEnumerable<string> trained = operation switch { "OneHot" or "Resize" => [], "DequantizeLinear" => inputs.Take(1), _ => inputs };
        var parameters = trained.Sum(input => unused.GetValueOrDefault(input));
        string[] values = [.. inputs.Where(input => input.Length > 0 && !unused.ContainsKey(input))];
        foreach (var constant in inputs.Where(unused.ContainsKey))
        {
            unused[constant] = 0; // counted once, however many nodes use it
        }

        return new NetworkLayer(name, operation, values, shapes.GetValueOrDefault(name, ""), parameters);
    }

    /// <summary>How many trained numbers a constant holds: none if it is a single number or is of whole numbers.</summary>
    private static long CountTrained(TensorProto constant, int fileBytes, string path)
    {
        // Each number takes at least one byte of the file.
        var count = constant.Dims.Aggregate((UInt128)1, (product, size) => product > long.MaxValue ? product : product * (ulong)size);
        if (count > (UInt128)fileBytes && constant.Dims.Count > 0)
        {
            throw new UserErrorException($"{path}: its network cannot be read (constant '{Text(constant.Name)}' claims more numbers than the file holds); "
                + "export the generator again");
        }

        return (DataType)constant.DataType is DataType.Float or DataType.Float16 or DataType.Int8 && constant.Dims.Count > 0 ? (long)count : 0;
    }

    private static (string Name, string Type, string Shape) Describe(ValueInfoProto value) =>
        (Text(value.Name), value.Type?.TensorType is { } tensor ? ItemType(tensor.ElemType) : "", Shape(value));

    private static string Shape(ValueInfoProto value) =>
        string.Join(" x ", value.Type?.TensorType?.Shape?.Dim.Where(size => size.ValueCase != Dimension.ValueOneofCase.None).Select(Size) ?? []);

    private static string Size(Dimension size) => size.ValueCase == Dimension.ValueOneofCase.DimParam ? Text(size.DimParam)
        : size.DimValue.ToString(CultureInfo.InvariantCulture);

    private static string ItemType(int type) => (DataType)type switch
    {
        DataType.Float => "float32",
        DataType.Double => "float64",
        DataType.Uint8 => "uint8",
        DataType.Int8 => "int8",
        DataType.Int64 => "int64",
        DataType.String => "string",
        DataType.Float16 => "float16",
        _ => string.Create(CultureInfo.InvariantCulture, $"type {type}"),
    };

    /// <summary>A name from the file, which goes to a terminal or into a picture: without control characters.</summary>
    private static string Text(string name) => string.Concat(name.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
}
