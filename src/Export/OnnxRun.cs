using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GanPipeline.Export;

/// <summary>A freshly written file in ONNX Runtime, which checks its operators, types and shapes strictly when it loads it.</summary>
internal sealed class OnnxRun : IDisposable
{
    private readonly InferenceSession _session;

    public OnnxRun(string file)
    {
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        // An inferred type or shape that contradicts what the file says is an error then, as it is to ONNX's checker, and not a warning.
        options.AddSessionConfigEntry("session.strict_shape_type_inference", "1");
        _session = new InferenceSession(file, options);
    }

    /// <summary>Runs a batch and returns one output of float32 or bytes, as floats.</summary>
    public float[] Run(string output, int batch, params IEnumerable<(string Name, Array Numbers)> inputs) => (float[])Run([output], batch, inputs)[0];

    /// <summary>Runs a batch once and returns several outputs: bytes and float32 as float[], float64 as double[], int64 as long[], texts as string[].</summary>
    public IReadOnlyList<Array> Run(IReadOnlyCollection<string> outputs, int batch, params IEnumerable<(string Name, Array Numbers)> inputs)
    {
        var values = inputs.ToDictionary(input => input.Name, input => Value(input.Numbers, batch, _session.InputMetadata[input.Name].Dimensions));
        try
        {
            using var options = new RunOptions();
            using var results = _session.Run(options, values, outputs);
            return [.. results.Select(Read)];
        }
        finally
        {
            foreach (var value in values.Values)
            {
                value.Dispose();
            }
        }
    }

    public void Dispose() => _session.Dispose();

    private static Array Read(OrtValue output) => output.GetTensorTypeAndShape().ElementDataType switch
    {
        TensorElementType.String => output.GetStringTensorAsArray(),
        TensorElementType.Double => output.GetTensorDataAsSpan<double>().ToArray(),
        TensorElementType.Int64 => output.GetTensorDataAsSpan<long>().ToArray(),
        TensorElementType.UInt8 => Array.ConvertAll(output.GetTensorDataAsSpan<byte>().ToArray(), number => (float)number),
        _ => output.GetTensorDataAsSpan<float>().ToArray(),
    };

    /// <summary>The file says the shape, with -1 for the batch.</summary>
    private static OrtValue Value(Array numbers, int batch, int[] shape)
    {
        var sizes = Array.ConvertAll(shape, size => size < 0 ? batch : (long)size);
        return numbers is long[] indices ? OrtValue.CreateTensorValueFromMemory(indices, sizes) : OrtValue.CreateTensorValueFromMemory((float[])numbers, sizes);
    }
}
