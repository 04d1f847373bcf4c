using Microsoft.ML;
using Microsoft.ML.Transforms.Onnx;

namespace GanPipeline.MlNetBench;

/// <summary>ML.NET's own step on a generator file: a row a run.</summary>
internal static class OnnxStep
{
    internal static IDataView? Apply(MLContext ml, IDataView view, string file, int? threads) => ml.Transforms.ApplyOnnxModel(new OnnxOptions
    {
        ModelFile = file, InputColumns = ["noise", "label"], OutputColumns = ["sample"], IntraOpNumThreads = threads, InterOpNumThreads = threads,
    }).Fit(view).Transform(view);
}
