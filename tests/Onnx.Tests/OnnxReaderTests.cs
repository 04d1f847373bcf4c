using GanPipeline.Inference.Tests;
using GanPipeline.Primitives;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace GanPipeline.Onnx.Tests;

public sealed class OnnxReaderTests
{
    private static readonly TensorProto s_outside = new()
    {
        Name = "w",
        ExternalData = { new StringStringEntryProto { Key = "location", Value = "../../etc/passwd" } },
    };

    /// <summary>The reader's own table of what leads to tensors, against the descriptors that are generated from <c>onnx.proto</c>.</summary>
    [Fact]
    public void All_fields_that_can_lead_to_a_tensor_are_followed()
    {
        var names = Enum.GetValues<OnnxMessage>().ToDictionary(message => $"{message}Proto");
        MessageDescriptor[] all = [.. ModelProto.Descriptor.File.MessageTypes];
        var leading = new HashSet<string> { nameof(TensorProto) };
        while (all.Any(m => !leading.Contains(m.Name) && Messages(m).Any(f => leading.Contains(f.MessageType.Name)) && leading.Add(m.Name)))
        {
            // until no more are found
        }

        Assert.Equal(leading.Order(), names.Keys.Order());
        foreach (MessageDescriptor message in all.Where(m => leading.Contains(m.Name)))
        {
            var expected = Messages(message).Where(f => leading.Contains(f.MessageType.Name)).ToDictionary(f => f.FieldNumber, f => names[f.MessageType.Name]);
            OnnxMessage described = names[message.Name];
            var found = Enumerable.Range(0, 100).Where(i => described.Child(i) is not null).ToDictionary(i => i, i => described.Child(i)!.Value);
            Assert.Equal(expected.OrderBy(p => p.Key), found.OrderBy(p => p.Key));
        }
    }

    [Theory]
    [InlineData("constant")]
    [InlineData("sparse constant")]
    [InlineData("attribute")]
    [InlineData("sparse attributes")]
    [InlineData("inner graph")]
    [InlineData("function")]
    [InlineData("training")]
    public void A_tensor_in_another_file_is_found_wherever_it_is(string place)
    {
        ModelProto model = Model();
        var attribute = new AttributeProto { Name = "value", T = s_outside };
        var inner = new GraphProto { Node = { new NodeProto { Attribute = { attribute } } } };
        switch (place)
        {
            case "constant": model.Graph.Initializer.Add(s_outside); break;
            case "sparse constant": model.Graph.SparseInitializer.Add(new SparseTensorProto { Indices = s_outside }); break;
            case "attribute": model.Graph.Node.Add(new NodeProto { Attribute = { attribute } }); break;
            case "sparse attributes":
                var sparse = new AttributeProto { SparseTensors = { new SparseTensorProto { Values = s_outside } } };
                model.Graph.Node.Add(new NodeProto { Attribute = { sparse } });
                break;
            case "inner graph": model.Graph.Node.Add(new NodeProto { Attribute = { new AttributeProto { Graphs = { inner } } } }); break;
            case "function": model.Functions.Add(new FunctionProto { AttributeProto = { attribute } }); break;
            default: model.TrainingInfo.Add(new TrainingInfoProto { Algorithm = inner }); break;
        }

        Refused(model.ToByteArray(), "keeps weights in another file (ONNX external data), which is not read; give a file that holds everything");
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(1 << 20, true)]
    public void A_tensor_may_say_that_its_numbers_are_in_this_file(int location, bool refused)
    {
        byte[] file = Of(graph => graph.Message(5, tensor => tensor.Number(14, (ulong)location)));
        if (refused) Refused(file, "keeps weights in another file");
        else Assert.Empty(OnnxReader.ReadMetadata(file, "g.onnx"));
    }

    [Fact]
    public void Metadata_is_read_and_the_last_of_two_entries_counts()
    {
        ModelProto model = Model();
        foreach (string value in (string[])["old", "né\u0000"]) model.MetadataProps.Add(new StringStringEntryProto { Key = "a", Value = value });
        model.MetadataProps.Add(new StringStringEntryProto { Value = "no key" });
        Assert.Equal([("", "no key"), ("a", "né\u0000")], OnnxReader.ReadMetadata(model.ToByteArray(), "g.onnx").Select(p => (p.Key, p.Value)).Order());
    }

    [Fact]
    public void What_is_no_model_or_one_twice_is_refused()
    {
        const string Damaged = "is no ONNX file, or a damaged one; give a file that 'gan export' made";
        Refused([], Damaged);
        Refused(new ProtoWriter().Number(7, 1).ToArray(), Damaged);
        Refused([.. Model().ToByteArray(), .. Model().ToByteArray()], Damaged);
        Refused([.. Model().ToByteArray(), 0x0B, 0x0C], Damaged); // a group
        Refused([.. Model().ToByteArray(), 0x00], Damaged);
        Refused(Of(graph => graph.Bytes(5, "x"u8)), Damaged);
        Refused(Of(graph => graph.Bytes(5, "x"u8, claimedLength: int.MaxValue)), Damaged);
    }

    [Fact]
    public void Fields_without_number_and_names_without_end_are_refused_by_their_number_and_size()
    {
        byte[] nodes = [.. Enumerable.Repeat((byte[])[0x0A, 0x00], 1 << 22).SelectMany(node => node)]; // 8 MB that would become half a gigabyte
        Refused(new ProtoWriter().Number(1, 8).Bytes(7, nodes).ToArray(), "has more than 4194304 fields, which no generator has");
        byte[] file = [.. Model().ToByteArray(), .. new ProtoWriter().Message(14, entry => entry.Bytes(2, new byte[33 << 20])).ToArray()];
        Refused(file, "has names, shapes and metadata of more than 32 MB, which no generator has");
    }

    [Fact]
    public void Numbers_of_tensors_stay_where_they_are()
    {
        ModelProto model = Model();
        model.Graph.Initializer.Add(new TensorProto { Name = "w", Dims = { 5, 1 << 20 }, DataType = 1, RawData = ByteString.CopyFrom(new byte[20 << 20]) });
        model.Graph.Node.Add(new NodeProto { OpType = "MatMul", Input = { "x", "w" }, Output = { "y" }, Attribute = { new AttributeProto { I = 3 } } });
        byte[] file = model.ToByteArray();
        OnnxReader.ReadStructure(Model().ToByteArray(), "g.onnx");
        long before = GC.GetAllocatedBytesForCurrentThread();
        ModelProto read = OnnxReader.ReadStructure(file, "g.onnx");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 100_000);
        model.Graph.Initializer[0].RawData = ByteString.Empty;
        model.Graph.Node[0].Attribute.Clear();
        Assert.Equal(model, read);
    }

    private static IEnumerable<FieldDescriptor> Messages(MessageDescriptor message) =>
        message.Fields.InDeclarationOrder().Where(field => field.FieldType == FieldType.Message);

    private static ModelProto Model() => new() { IrVersion = 8, Graph = new GraphProto { Name = "g" } };

    /// <summary>A file with a graph of these fields.</summary>
    private static byte[] Of(Action<ProtoWriter> graph) => new ProtoWriter().Number(1, 8).Message(7, graph).ToArray();

    private static void Refused(byte[] file, string reason)
    {
        foreach (Action read in (Action[])[() => OnnxReader.ReadMetadata(file, "g.onnx"), () => OnnxReader.ReadStructure(file, "g.onnx")])
        {
            string message = Assert.Throws<UserErrorException>(read).Message;
            Assert.StartsWith("g.onnx: ", message, StringComparison.Ordinal);
            Assert.Contains(reason, message, StringComparison.Ordinal);
        }
    }
}
