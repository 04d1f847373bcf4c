using System.Runtime.InteropServices;
using GanPipeline.Primitives;

namespace GanPipeline.Inference.Tests;

/// <summary>
/// A small generator file: sample = 127.5 · tanh(W · [noise, one-hot(label)]) + 127.5, with weights that the test can compute with too. Each part can be made
/// wrong.
/// </summary>
public sealed record TestModel
{
    public int LatentSize { get; init; } = 3;

    public int Classes { get; init; } = 4;

    public int[] SampleShape { get; init; } = [1, 2, 3];

    public Func<GeneratorInfo, IEnumerable<KeyValuePair<string, string>>> Properties { get; init; } = GeneratorFile.ToProperties;

    /// <summary>The latent size that the graph has; the metadata's is <see cref="LatentSize"/>.</summary>
    public int? GraphLatentSize { get; init; }

    public string NoiseName { get; init; } = "noise";

    public string SampleName { get; init; } = "sample";

    /// <summary>More fields for the weight's TensorProto.</summary>
    public Action<ProtoWriter> ExtraWeightFields { get; init; } = _ => { };

    public int SampleSize => SampleShape.Aggregate(1, (a, b) => a * b);

    public int Columns => (GraphLatentSize ?? LatentSize) + Classes;

    /// <summary>[Columns, SampleSize], row-major.</summary>
    public float[] Weights => [.. Enumerable.Range(0, Columns * SampleSize).Select(i => MathF.Sin(i * 0.7f) * 0.8f)];

    public GeneratorInfo Info => new()
    {
        LatentSize = LatentSize,
        ClassNames = [.. Enumerable.Range(0, Classes).Select(c => $"class-{c}")],
        SampleKind = "image",
        SampleShape = SampleShape,
        Provenance = new GeneratorMetadata
        {
            System = "test",
            Configuration = "a: 1\nb: 2\n",
            DataName = "data",
            DataSha256 = "00",
            Steps = 12,
            Seed = ulong.MaxValue,
            Metrics = new Dictionary<string, double> { ["d_loss"] = 0.5, ["g_loss"] = double.NaN },
            Versions = new Dictionary<string,
                string>
            { ["TorchSharp"] = "0.107.0" },
        },
        Verification = [new ParityCheck(7, 1e-6)],
    };

    public byte[] ToBytes()
    {
        var model = new ProtoWriter().Number(1, 8).Text(2, "test").Message(8, opset => opset.Text(1, "").Number(2, 17)).Message(7, Graph);
        foreach (var (key, value) in Properties(Info))
        {
            model.Message(14, entry => entry.Text(1, key).Text(2, value));
        }

        return model.ToArray();
    }

    /// <summary>What the graph computes, in double precision.</summary>
    public double[] Expected(float[] noise, long[] labels)
    {
        var weights = Weights;
        return [.. from row in Enumerable.Range(0, noise.Length / LatentSize)
                   from column in Enumerable.Range(0, SampleSize)
                   let sum = Enumerable.Range(0, LatentSize).Sum(k => (double)noise[row * LatentSize + k] * weights[k * SampleSize + column])
                   select 127.5 * Math.Tanh(sum + (Classes > 0 ? weights[(LatentSize + (int)labels[row]) * SampleSize + column] : 0)) + 127.5];
    }

    private void Graph(ProtoWriter graph)
    {
        var input = NoiseName;
        if (Classes > 0)
        {
            Node(graph, "OneHot", ["label", "depth", "onoff"], "hot");
            Node(graph, "Concat", [NoiseName, "hot"], "input", ("axis", 1));
            input = "input";
        }

        Node(graph, "MatMul", [input, "w"], "product");
        Node(graph, "Tanh", ["product"], "unit");
        Node(graph, "Mul", ["unit", "scale"], "scaled");
        Node(graph, "Add", ["scaled", "scale"], "flat");
        Node(graph, "Reshape", ["flat", "shape"], SampleName);
        graph.Text(2, "test");
        FloatTensor(graph, "w", [Columns, SampleSize], Weights, ExtraWeightFields);
        FloatTensor(graph, "scale", [], [127.5f], _ => { });
        long[] shape = [-1, .. SampleShape.Select(d => (long)d)];
        LongTensor(graph, "shape", [shape.Length], shape);
        if (Classes > 0)
        {
            LongTensor(graph, "depth", [], [Classes]);
            FloatTensor(graph, "onoff", [2], [0, 1], _ => { });
            ValueInfo(graph, 11, "label", elementType: 7, []);
        }

        ValueInfo(graph, 11, NoiseName, elementType: 1, [GraphLatentSize ?? LatentSize]);
        ValueInfo(graph, 12, SampleName, elementType: 1, SampleShape);
    }

    private static void Node(ProtoWriter graph, string op, string[] inputs, string output, (string Name, long Value)? attribute = null) =>
        graph.Message(1, node =>
    {
        foreach (var name in inputs)
        {
            node.Text(1, name);
        }

        node.Text(2, output).Text(4, op);
        if (attribute is var (key, value))
        {
            node.Message(5, a => a.Text(1, key).Number(3, (ulong)value).Number(20, 2));
        }
    });

    private static void FloatTensor(ProtoWriter graph, string name, long[] shape, float[] data, Action<ProtoWriter> more) =>
        graph.Message(5, t => more(Dims(t, shape).Number(2, 1).Text(8, name).Bytes(9, MemoryMarshal.AsBytes<float>(data))));

    private static void LongTensor(ProtoWriter graph, string name, long[] shape, long[] data) =>
        graph.Message(5, t => Dims(t, shape).Number(2, 7).Text(8, name).Bytes(9, MemoryMarshal.AsBytes<long>(data)));

    private static ProtoWriter Dims(ProtoWriter tensor, long[] shape) => shape.Aggregate(tensor, (t, d) => t.Number(1, (ulong)d));

    private static void ValueInfo(ProtoWriter graph, int field, string name, int elementType, int[] shape) =>
        graph.Message(field, info => info.Text(1, name).Message(2, type => type.Message(1, tensor => tensor.Number(1, (ulong)elementType).Message(2, dims =>
        {
            dims.Message(1, d => d.Text(2, "N"));
            foreach (var size in shape)
            {
                dims.Message(1, d => d.Number(1, (ulong)size));
            }
        }))));
}
