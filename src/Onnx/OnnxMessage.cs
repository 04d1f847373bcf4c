namespace GanPipeline.Onnx;

/// <summary>The messages that can lead to a tensor. Names are those of <c>onnx.proto</c> without their ending.</summary>
internal enum OnnxMessage
{
    Model, TrainingInfo, Function, Graph, Node, Attribute, SparseTensor, Tensor,
}

/// <summary>Which fields of them lead there: the generated descriptors know it too, but take longer to wake up than a generator file to open.</summary>
internal static class OnnxMessages
{
    /// <summary>What a field of <paramref name="parent"/> is, if it can lead to a tensor; else null.</summary>
    public static OnnxMessage? Child(this OnnxMessage parent, int field) => (parent, field) switch
    {
        (OnnxMessage.Model, ModelProto.TrainingInfoFieldNumber) => OnnxMessage.TrainingInfo,
        (OnnxMessage.Model, ModelProto.FunctionsFieldNumber) => OnnxMessage.Function,
        (OnnxMessage.Model, ModelProto.GraphFieldNumber) => OnnxMessage.Graph,
        (OnnxMessage.TrainingInfo, TrainingInfoProto.InitializationFieldNumber or TrainingInfoProto.AlgorithmFieldNumber) => OnnxMessage.Graph,
        (OnnxMessage.Function, FunctionProto.NodeFieldNumber) => OnnxMessage.Node,
        (OnnxMessage.Function, FunctionProto.AttributeProtoFieldNumber) => OnnxMessage.Attribute,
        (OnnxMessage.Graph, GraphProto.NodeFieldNumber) => OnnxMessage.Node,
        (OnnxMessage.Graph, GraphProto.InitializerFieldNumber) => OnnxMessage.Tensor,
        (OnnxMessage.Graph, GraphProto.SparseInitializerFieldNumber) => OnnxMessage.SparseTensor,
        (OnnxMessage.Node, NodeProto.AttributeFieldNumber) => OnnxMessage.Attribute,
        (OnnxMessage.Attribute, AttributeProto.TFieldNumber or AttributeProto.TensorsFieldNumber) => OnnxMessage.Tensor,
        (OnnxMessage.Attribute, AttributeProto.GFieldNumber or AttributeProto.GraphsFieldNumber) => OnnxMessage.Graph,
        (OnnxMessage.Attribute, AttributeProto.SparseTensorFieldNumber or AttributeProto.SparseTensorsFieldNumber) => OnnxMessage.SparseTensor,
        (OnnxMessage.SparseTensor, SparseTensorProto.ValuesFieldNumber or SparseTensorProto.IndicesFieldNumber) => OnnxMessage.Tensor,
        _ => null,
    };
}
