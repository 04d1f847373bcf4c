using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Onnx;

namespace GanPipeline.MlNetBench;

/// <summary>ML.NET's own step on a generator file: a row a run.</summary>
internal static class OnnxStep
{
    /// <summary>Reads a view's rows through the step.</summary>
    internal static Func<int>? Read(MLContext ml, IDataView view, string file, int? threads, Func<IDataView, int> read)
    {
        IDataView made = Fit(ml, view, file, threads).Transform(view);
        return () => read(made);
    }

    /// <summary>Asks a prediction engine for a row at a time.</summary>
    internal static Func<int>? Predict(MLContext ml, IDataView view, string file, int? threads, IReadOnlyList<Asked> rows, SchemaDefinition schema)
    {
        PredictionEngine<Asked, Made> engine = ml.Model.CreatePredictionEngine<Asked, Made>(Fit(ml, view, file, threads), inputSchemaDefinition: schema);
        var made = new Made();
        return () =>
        {
            foreach (Asked row in rows)
                engine.Predict(row, ref made);
            return rows.Count;
        };
    }

    private static OnnxTransformer Fit(MLContext ml, IDataView view, string file, int? threads) => ml.Transforms.ApplyOnnxModel(new OnnxOptions
    {
        ModelFile = file,
        InputColumns = ["noise", "label"],
        OutputColumns = ["sample"],
        IntraOpNumThreads = threads,
        InterOpNumThreads = threads,
    }).Fit(view);
}

internal sealed class Made
{
    [ColumnName("sample")]
    public float[] Sample { get; set; } = [];
}
