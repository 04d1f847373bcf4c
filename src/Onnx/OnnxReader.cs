using GanPipeline.Primitives;
using Google.Protobuf;

namespace GanPipeline.Onnx;

/// <summary>
/// Reads ONNX files that nobody vouches for. All that can lead to a tensor is gone through: is its structure sound, and does it ask for other files? What is
/// wanted of the file is then parsed from an outline: a copy without the numbers of its tensors, which stay where they are.
/// </summary>
internal sealed class OnnxReader
{
    private const int MostNesting = 32, MostFields = 1 << 22, MostOutlineBytes = 1 << 25;

    private static readonly MessageParser<ModelProto> s_parser = ModelProto.Parser.WithDiscardUnknownFields(true);

    private readonly byte[] _file;
    private readonly string _path;
    private readonly Func<OnnxMessage, int, bool> _isWanted;
    private int _fields, _outlineBytes, _graphs;

    private OnnxReader(byte[] file, string path, Func<OnnxMessage, int, bool> isWanted) => (_file, _path, _isWanted) = (file, path, isWanted);

    /// <summary>Checks the whole of <paramref name="file"/>, and returns its metadata.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="path">Name of the file, for messages.</param>
    /// <exception cref="UserErrorException">It is no ONNX file, is damaged, has parts without number, or keeps its weights in other files.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(byte[] file, string path) =>
        Metadata(new OnnxReader(file, path, (message, field) => message == OnnxMessage.Model && field == ModelProto.MetadataPropsFieldNumber).Read());

    /// <summary>As <see cref="ReadMetadata"/>, but returns the model: everything but the attributes of nodes and the numbers of tensors.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="path">Name of the file, for messages.</param>
    /// <exception cref="UserErrorException">As for <see cref="ReadMetadata"/>.</exception>
    public static ModelProto ReadStructure(byte[] file, string path) => new OnnxReader(file, path, (message, field) => message switch
    {
        OnnxMessage.Node => field != NodeProto.AttributeFieldNumber,
        OnnxMessage.Tensor => field is TensorProto.DimsFieldNumber or TensorProto.DataTypeFieldNumber or TensorProto.NameFieldNumber,
        _ => true,
    }).Read();

    /// <summary>The metadata of a model; of entries with the same key, the last.</summary>
    public static IReadOnlyDictionary<string, string> Metadata(ModelProto model)
    {
        var metadata = new Dictionary<string, string>();
        foreach (var entry in model.MetadataProps)
        {
            metadata[entry.Key] = entry.Value;
        }

        return metadata;
    }

    private ModelProto Read()
    {
        try
        {
            var outline = new MemoryStream();
            Copy(OnnxMessage.Model, new CodedInputStream(_file), outline, depth: 0);
            return _graphs == 1 ? s_parser.ParseFrom(outline.GetBuffer(), 0, (int)outline.Length) : throw Damaged();
        }
        catch (InvalidProtocolBufferException e)
        {
            throw Damaged(e);
        }
    }

    /// <summary>Goes through one message, to the end of <paramref name="input"/>, and adds what is wanted of it to the outline.</summary>
    /// <param name="message">What it is.</param>
    /// <param name="input">Its bytes.</param>
    /// <param name="outline">Where to; null: the message as a whole is not wanted, and only checked.</param>
    /// <param name="depth">Messages that it lies in.</param>
    private void Copy(OnnxMessage message, CodedInputStream input, MemoryStream? outline, int depth)
    {
        if (depth > MostNesting)
        {
            throw Damaged();
        }

        while (!input.IsAtEnd)
        {
            var start = (int)input.Position;
            var tag = input.ReadTag();
            var (field, type, content) = (WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag), (int)input.Position);
            if (type is WireFormat.WireType.StartGroup or WireFormat.WireType.EndGroup)
            {
                throw Damaged(); // groups have never been part of ONNX
            }

            input.SkipLastField();
            if (++_fields > MostFields)
            {
                throw TooLarge($"more than {MostFields} fields");
            }

            var end = (int)input.Position;
            RefuseOtherFiles(message, field, _file.AsSpan(content..end));
            var wanted = outline is not null && _isWanted(message, field) ? outline : null;
            if (type == WireFormat.WireType.LengthDelimited && message.Child(field) is { } child)
            {
                _graphs += child == OnnxMessage.Graph && depth == 0 ? 1 : 0;
                var inner = new CodedInputStream(_file, content, end - content);
                inner.ReadLength(); // from here to its end it is the message
                var part = wanted is null ? null : new MemoryStream();
                Copy(child, inner, part, depth + 1);
                Add(tag, child == OnnxMessage.Attribute && part?.Length == 0 ? null : part, wanted); // one without a body is not wanted
            }
            else
            {
                Add(_file.AsSpan(start..end), wanted);
            }
        }
    }

    private void Add(ReadOnlySpan<byte> bytes, MemoryStream? outline)
    {
        if (outline is null)
        {
            return;
        }

        if (bytes.Length > MostOutlineBytes - _outlineBytes)
        {
            throw TooLarge($"names, shapes and metadata of more than {MostOutlineBytes >> 20} MB");
        }

        _outlineBytes += bytes.Length;
        outline.Write(bytes);
    }

    private static void Add(uint tag, MemoryStream? part, MemoryStream? outline)
    {
        if (part is null || outline is null)
        {
            return;
        }

        using var output = new CodedOutputStream(outline, leaveOpen: true);
        output.WriteTag(tag);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(part.GetBuffer().AsMemory(0, (int)part.Length)));
    }

    /// <summary>A tensor may say that its numbers are in another file, by a path; ours never do, and a stranger's path is not followed.</summary>
    private void RefuseOtherFiles(OnnxMessage message, int field, ReadOnlySpan<byte> content)
    {
        if (message == OnnxMessage.Tensor
            && (field == TensorProto.ExternalDataFieldNumber
                || (field == TensorProto.DataLocationFieldNumber && content.ContainsAnyExcept((byte)0, (byte)0x80)))) // 0, however it is encoded
        {
            throw new UserErrorException(
                $"{_path}: keeps weights in another file (ONNX external data), which is not read; give a file that holds everything");
        }
    }

    private UserErrorException Damaged(Exception? cause = null) =>
        new($"{_path}: is no ONNX file, or a damaged one; give a file that 'gan export' made", cause);

    private UserErrorException TooLarge(string what) => new($"{_path}: has {what}, which no generator has; give a file that 'gan export' made");
}
