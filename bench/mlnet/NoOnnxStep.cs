using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNetBench;

/// <summary>The stand-in for ML.NET has no ONNX step.</summary>
internal static class OnnxStep
{
    internal static Func<int>? Read(MLContext ml, IDataView view, string file, int? threads, Func<IDataView, int> read) => null;

    internal static Func<int>? Predict(MLContext ml, IDataView view, string file, int? threads, IReadOnlyList<Asked> rows, SchemaDefinition schema) => null;
}
