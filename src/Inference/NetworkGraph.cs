using System.Text;
using GanPipeline.Primitives;

namespace GanPipeline.Inference;

/// <summary>One node of a generator's network.</summary>
/// <param name="Name">The value that it makes.</param>
/// <param name="Operator">ONNX's name of what it computes.</param>
/// <param name="Inputs">The values that it takes, without the constants.</param>
/// <param name="Shape">Shape of what it makes, for instance <c>N x 128</c>; empty where the file does not say.</param>
/// <param name="Parameters">Learned numbers that it uses, and no node before it.</param>
public sealed record NetworkLayer(string Name, string Operator, IReadOnlyList<string> Inputs, string Shape, long Parameters);

/// <summary>The network in a generator file, read from the file's own bytes: no runtime is needed, and nothing in the file is trusted.</summary>
/// <param name="Info">What the file says of itself.</param>
/// <param name="Inputs">Names, item types and shapes of the inputs.</param>
/// <param name="Outputs">The same of the outputs.</param>
/// <param name="Layers">The nodes in the order in which they run.</param>
/// <param name="Bytes">Size of the file.</param>
public sealed record NetworkGraph(GeneratorInfo Info, IReadOnlyList<(string Name, string Type, string Shape)> Inputs,
    IReadOnlyList<(string Name, string Type, string Shape)> Outputs, IReadOnlyList<NetworkLayer> Layers, long Bytes)
{
    private const int MostLayers = 100_000, Float = 1, Int8 = 3, Half = 10;

    /// <summary>Learned numbers in the whole network.</summary>
    public long Parameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>Reads a generator file.</summary>
    /// <exception cref="UserErrorException">The file is missing, too large, damaged, or no generator of ours.</exception>
    public static NetworkGraph Read(string path)
    {
        var model = RuntimeModel.ReadFile(path, new GeneratorSessionOptions().MaxFileBytes);
        var info = GeneratorFile.FromProperties(OnnxScan.ReadMetadata(model, path), path);
        try
        {
            foreach (var field in new ProtoFields(model))
            {
                if (field is { Number: 7, IsMessage: true })
                {
                    return ReadGraph(field.Of(model), info, model.Length);
                }
            }

            throw new InvalidDataException("no graph");
        }
        catch (InvalidDataException e)
        {
            throw new UserErrorException($"{path}: its network cannot be read ({e.Message}); export the generator again", e);
        }
    }

    private static NetworkGraph ReadGraph(ReadOnlySpan<byte> graph, GeneratorInfo info, long bytes)
    {
        var constants = new Dictionary<string, long>();
        var shapes = new Dictionary<string, string>();
        var (inputs, outputs) = (new List<(string, string, string)>(), new List<(string, string, string)>());
        foreach (var field in new ProtoFields(graph))
        {
            switch (field)
            {
                case { Number: 5, IsMessage: true }:
                    var (constant, parameters) = ReadTensor(field.Of(graph));
                    constants[constant] = parameters;
                    break;
                case { Number: 11 or 12 or 13, IsMessage: true }:
                    var (value, type, shape) = ReadValue(field.Of(graph));
                    shapes[value] = shape;
                    if (field.Number != 13)
                    {
                        (field.Number == 11 ? inputs : outputs).Add((value, type, shape));
                    }

                    break;
            }
        }

        var layers = new List<NetworkLayer>();
        foreach (var field in new ProtoFields(graph))
        {
            if (field is { Number: 1, IsMessage: true })
            {
                layers.Add(layers.Count < MostLayers ? ReadNode(field.Of(graph), constants, shapes)
                    : throw new InvalidDataException($"more than {MostLayers} nodes"));
            }
        }

        return new NetworkGraph(info, inputs, outputs, layers, bytes);
    }

    private static NetworkLayer ReadNode(ReadOnlySpan<byte> node, Dictionary<string, long> constants, Dictionary<string, string> shapes)
    {
        var (name, operation, inputs) = ("", "", new List<string>());
        foreach (var field in new ProtoFields(node))
        {
            switch (field)
            {
                case { Number: 1, IsMessage: true }: inputs.Add(Text(field.Of(node))); break;
                case { Number: 2, IsMessage: true }: name = name.Length > 0 ? name : Text(field.Of(node)); break;
                case { Number: 4, IsMessage: true }: operation = Text(field.Of(node)); break;
            }
        }

        // The values of one-hot rows, the factors of a resize and the scales of stored weights were never learned.
        IEnumerable<string> learned = operation switch { "OneHot" or "Resize" => [], "DequantizeLinear" => inputs.Take(1), _ => inputs };
        var parameters = learned.Sum(input => constants.GetValueOrDefault(input));
        var values = inputs.Where(input => input.Length > 0 && !constants.ContainsKey(input)).ToList();
        foreach (var input in inputs.Where(constants.ContainsKey))
        {
            constants[input] = 0; // counted once, however many nodes use it
        }

        return new NetworkLayer(name, operation, values, shapes.GetValueOrDefault(name, ""), parameters);
    }

    /// <summary>A constant's name and how many learned numbers it holds: none if it is a single number or is of whole numbers.</summary>
    private static (string Name, long Parameters) ReadTensor(ReadOnlySpan<byte> tensor)
    {
        var (name, type, axes, count) = ("", 0UL, 0, (UInt128)1);
        foreach (var field in new ProtoFields(tensor))
        {
            switch (field)
            {
                case { Number: 1, IsMessage: false }: Axis(field.Value); break;
                case { Number: 1, IsMessage: true }:
                    foreach (var size in new PackedNumbers(field.Of(tensor)))
                    {
                        Axis(size);
                    }

                    break;
                case { Number: 2, IsMessage: false }: type = field.Value; break;
                case { Number: 8, IsMessage: true }: name = Text(field.Of(tensor)); break;
            }
        }

        // Each number takes at least one byte of the file.
        return count <= (UInt128)tensor.Length || axes == 0
            ? (name, type is Float or Half or Int8 && axes > 0 ? (long)count : 0)
            : throw new InvalidDataException($"constant '{name}' claims more numbers than the file holds");

        void Axis(ulong size)
        {
            axes++;
            count = count > long.MaxValue ? count : count * size;
        }
    }

    private static (string Name, string Type, string Shape) ReadValue(ReadOnlySpan<byte> value)
    {
        var (name, item, sizes) = ("", "", new List<string>());
        foreach (var field in new ProtoFields(value))
        {
            if (field is { Number: 1, IsMessage: true })
            {
                name = Text(field.Of(value));
            }
            else if (field is { Number: 2, IsMessage: true })
            {
                var type = field.Of(value); // TypeProto > tensor_type 1 > shape 2 > dim 1 > dim_value 1 or dim_param 2
                foreach (var tensor in new ProtoFields(type))
                {
                    item = AddSizes(tensor is { Number: 1, IsMessage: true } ? tensor.Of(type) : [], sizes) ?? item;
                }
            }
        }

        return (name, item, string.Join(" x ", sizes));
    }

    /// <summary>Adds the sizes of a tensor type, and returns what its items are.</summary>
    private static string? AddSizes(ReadOnlySpan<byte> tensor, List<string> sizes)
    {
        string? item = null;
        foreach (var part in new ProtoFields(tensor))
        {
            item = part is { Number: 1, IsMessage: false } ? ItemType(part.Value) : item;
            var shape = part is { Number: 2, IsMessage: true } ? part.Of(tensor) : [];
            foreach (var dimension in new ProtoFields(shape))
            {
                var size = dimension is { Number: 1, IsMessage: true } ? dimension.Of(shape) : [];
                foreach (var field in new ProtoFields(size))
                {
                    sizes.Add(field.IsMessage ? Text(field.Of(size)) : field.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
                }
            }
        }

        return item;
    }

    private static string ItemType(ulong type) => type switch
    {
        Float => "float32",
        2 => "uint8",
        Int8 => "int8",
        7 => "int64",
        8 => "string",
        Half =>
        "float16",
        _ => $"type {type}"
    };

    /// <summary>A name from the file, which goes to a terminal or into a picture: without control characters.</summary>
    private static string Text(ReadOnlySpan<byte> utf8) => string.Concat(Encoding.UTF8.GetString(utf8)
        .Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
}
