using Microsoft.ML;

namespace GanPipeline.MlNetBench;

/// <summary>The stand-in for ML.NET has no ONNX step.</summary>
internal static class OnnxStep
{
    internal static IDataView? Apply(MLContext ml, IDataView view, string file, int? threads) => null;
}
