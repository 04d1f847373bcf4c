using GanPipeline.Primitives;
using Microsoft.ML.OnnxRuntime;

namespace GanPipeline.Export;

/// <summary>A weight that a file holds in fewer bits.</summary>
/// <param name="Name">The value that the file's node makes of it.</param>
/// <param name="Trained">Its numbers as they were trained.</param>
/// <param name="Allowed">How far each may be off: half a step of the numbers that it is stored in.</param>
internal sealed record StoredWeight(string Name, float[] Trained, float[] Allowed);

/// <summary>
/// Checks weights in fewer bits one by one: what they do to the samples drowns one wrong scale or zero point in a network that hardly minds, and tells nothing
/// where it tips a choice.
/// </summary>
internal static class StoredWeights
{
    /// <summary>Lets ONNX Runtime make float32 of the weights by the file's own nodes, and compares them with the trained ones.</summary>
    /// <exception cref="UserErrorException">One is further off than half a step.</exception>
    public static void Check(byte[] model, IReadOnlyCollection<StoredWeight> weights, string target)
    {
        if (weights.Count == 0)
        {
            return;
        }

        using var session = new InferenceSession(Nodes(model, weights));
        using var options = new Microsoft.ML.OnnxRuntime.RunOptions();
        string[] names = [.. weights.Select(weight => weight.Name)];
        using var outputs = session.Run(options, new Dictionary<string, OrtValue>(), names);
        foreach (var (weight, value) in weights.Zip(outputs))
        {
            var numbers = value.GetTensorDataAsSpan<float>();
            for (var i = 0; i < numbers.Length; i++)
            {
                if (!(Math.Abs(numbers[i] - weight.Trained[i]) <= weight.Allowed[i]))
                {
                    throw new UserErrorException(FormattableString.Invariant(
                        $"{target}: not written, because weight {i} of '{weight.Name}' is {weight.Trained[i]:g5} in the network and {numbers[i]:g5} ") +
                        "in the file, which is more than its bits explain; store the weights as fp32")
                    {
                        Kind = ErrorKind.Failed,
                    };
                }
            }
        }
    }

    /// <summary>A model of those of the file's nodes alone that make these weights.</summary>
    private static byte[] Nodes(byte[] model, IReadOnlyCollection<StoredWeight> weights)
    {
        var file = ModelProto.Parser.ParseFrom(model);
        var graph = new GraphProto { Name = "weights" };
        var names = weights.Select(weight => weight.Name).ToHashSet();
        graph.Node.AddRange(file.Graph.Node.Where(node => names.Contains(node.Output[0])));
        var used = graph.Node.SelectMany(node => node.Input).ToHashSet();
        graph.Initializer.AddRange(file.Graph.Initializer.Where(tensor => used.Contains(tensor.Name)));
        foreach (var name in names)
        {
            var tensor = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float };
            graph.Output.Add(new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } });
        }

        file.Graph = graph;
        return Google.Protobuf.MessageExtensions.ToByteArray(file);
    }
}
