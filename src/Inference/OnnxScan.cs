using System.Text;
using GanPipeline.Primitives;

namespace GanPipeline.Inference;

/// <summary>
/// Looks through an ONNX file before the runtime gets it: is its structure sound, what metadata does it hold, and does it ask for other files? Only the
/// lengths and the field numbers of the protobuf messages are followed, so the cost is small, and nothing is allocated because a file says so.
/// </summary>
internal static class OnnxScan
{
    private const int MaxDepth = 32;

    private enum Message
    {
        Model, Graph, Node, Attribute, Tensor, SparseTensor, Function, Training, Entry,
    }

    /// <summary>Checks <paramref name="model"/> and returns its metadata.</summary>
    /// <exception cref="UserErrorException">It is no ONNX file, is cut short, or keeps its weights in other files.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(ReadOnlySpan<byte> model, string path)
    {
        var metadata = new Dictionary<string, string>();
        var graphs = 0;
        try
        {
            foreach (var field in new ProtoFields(model))
            {
                graphs += field is { Number: 7, IsMessage: true } ? 1 : 0;
                if (field is { Number: 14, IsMessage: true })
                {
                    var (key, value) = ReadEntry(field.Of(model));
                    metadata[key] = value;
                }
            }

            if (graphs == 1)
            {
                RefuseOtherFiles(model, Message.Model, depth: 0, path);
            }
        }
        catch (InvalidDataException)
        {
            graphs = 0;
        }

        return graphs == 1 ? metadata : throw new UserErrorException($"{path}: is no ONNX file, or a damaged one; give a file that 'gan export' made");
    }

    private static (string Key, string Value) ReadEntry(ReadOnlySpan<byte> entry)
    {
        string key = "", value = "";
        foreach (var field in new ProtoFields(entry))
        {
            key = field is { Number: 1, IsMessage: true } ? Encoding.UTF8.GetString(field.Of(entry)) : key;
            value = field is { Number: 2, IsMessage: true } ? Encoding.UTF8.GetString(field.Of(entry)) : value;
        }

        return (key, value);
    }

    /// <summary>A tensor may say that its numbers are in another file, by a path; ours never do, and a stranger's path is not followed.</summary>
    private static void RefuseOtherFiles(ReadOnlySpan<byte> bytes, Message kind, int depth, string path)
    {
        if (depth > MaxDepth)
        {
            throw new InvalidDataException();
        }

        foreach (var field in new ProtoFields(bytes))
        {
            if (kind == Message.Tensor && (field.Number == 13 || (field.Number == 14 && field.Value != 0)))
            {
                throw new UserErrorException(
                    $"{path}: keeps weights in another file (ONNX external data), which is not read; give a file that holds everything");
            }

            if (field.IsMessage && Child(kind, field.Number) is { } child)
            {
                RefuseOtherFiles(field.Of(bytes), child, depth + 1, path);
            }
        }
    }

    /// <summary>Which fields of ONNX's messages lead to tensors.</summary>
    private static Message? Child(Message parent, int field) => (parent, field) switch
    {
        (Message.Model, 7) or (Message.Attribute, 6 or 11) or (Message.Training, 1 or 2) => Message.Graph,
        (Message.Model, 20) => Message.Training,
        (Message.Model, 25) => Message.Function,
        (Message.Graph, 1) or (Message.Function, 7) => Message.Node,
        (Message.Node, 5) or (Message.Function, 11) => Message.Attribute,
        (Message.Graph, 5) or (Message.Attribute, 5 or 10) or (Message.SparseTensor, 1 or 2) => Message.Tensor,
        (Message.Graph, 15) or (Message.Attribute, 22 or 23) => Message.SparseTensor,
        _ => null,
    };
}
