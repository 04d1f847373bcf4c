using GanPipeline.Primitives;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GanPipeline.Inference;

/// <summary>A generator file in ONNX Runtime: opens it, and makes sure that it is what its metadata says.</summary>
internal static class RuntimeModel
{
    /// <summary>Reads and checks the file; the session that it returns is the caller's.</summary>
    public static (InferenceSession Session, GeneratorInfo Info, string Device) Open(string path, GeneratorSessionOptions options)
    {
        var model = ReadFile(path, options.MaxFileBytes);
        var info = GeneratorFile.FromProperties(OnnxReader.ReadMetadata(model, path), path);
        var (session, device) = Load(path, model, options);
        try
        {
            CheckContract(session, info, path);
        }
        catch
        {
            session.Dispose();
            throw;
        }

        return (session, info, device);
    }

    /// <summary>Reads any ONNX file that keeps its weights to itself; the session that it returns is the caller's.</summary>
    public static InferenceSession OpenAny(string path, GeneratorSessionOptions options)
    {
        var model = ReadFile(path, options.MaxFileBytes);
        _ = OnnxReader.ReadMetadata(model, path);
        return Load(path, model, options).Session;
    }

    /// <summary>The whole file, if it is no longer than <paramref name="limit"/> bytes.</summary>
    public static byte[] ReadFile(string path, long limit) => InputFile.ReadBytes(path, "give a generator that 'gan export' made", limit);

    private static (InferenceSession Session, string Device) Load(string path, byte[] model, GeneratorSessionOptions options)
    {
        RuntimeLibrary.Load();
        using var settings = new SessionOptions
        {
            IntraOpNumThreads = options.Threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, // what matters comes as an exception; the log would go to the user's terminal
        };
        var device = ExecutionDevice.Select(options.Device, settings);
        try
        {
            return (new InferenceSession(model, settings), device);
        }
        catch (OnnxRuntimeException e)
        {
            throw new UserErrorException($"{path}: ONNX Runtime cannot load it ({FirstLine(e.Message)}); export the generator again", e);
        }
    }

    private static void CheckContract(InferenceSession session, GeneratorInfo info, string path)
    {
        var (names, conditional) = (info.Names, info.ClassNames.Count > 0);
        if (info.Network != GeneratorFile.Generator)
        {
            throw new UserErrorException($"{path}: is a {info.Network}, which generates no samples; give a generator, or run the file in ONNX Runtime itself");
        }

        if (info.NoiseInside)
        {
            throw new UserErrorException(
                $"{path}: draws its noise itself, so its samples cannot be generated from a seed; export the generator with its noise as an input, or run " +
                    $"the file in ONNX Runtime itself");
        }

        string[] inputs = conditional ? [names.Noise, names.Label] : [names.Noise];
        Require(session.InputMetadata.Keys.ToHashSet().SetEquals(inputs), $"has inputs {List(session.InputMetadata.Keys)}, not {List(inputs)}");
        if (info.IsTable)
        {
            Require(
                session.OutputMetadata.Keys.ToHashSet().SetEquals(info.Columns.Select(column => column.Output)),
                $"has outputs {List(session.OutputMetadata.Keys)}, not {List(info.Columns.Select(column => column.Output))}");
            foreach (var column in info.Columns)
            {
                CheckTensor("output", column.Output, session.OutputMetadata, column switch
                {
                    { IsText: true } => TensorElementType.String,
                    { IsInteger: true } => TensorElementType.Int64,
                    _ => TensorElementType.Double,
                }, [-1, 1]);
            }

            CheckTensor("input", names.Noise, session.InputMetadata, TensorElementType.Float, [-1, info.LatentSize]);
            return;
        }

        Require(session.OutputMetadata.Keys.ToHashSet().SetEquals([names.Sample]), $"has outputs {List(session.OutputMetadata.Keys)}, not '{names.Sample}'");
        CheckTensor("input", names.Noise, session.InputMetadata, TensorElementType.Float, [-1, info.LatentSize]);
        if (conditional)
        {
            CheckTensor("input", names.Label, session.InputMetadata, TensorElementType.Int64, [-1]);
        }

        CheckTensor("output", names.Sample, session.OutputMetadata, info.Bytes ? TensorElementType.UInt8 : TensorElementType.Float, [-1, .. info.SampleShape]);

        void CheckTensor(string role, string name, IReadOnlyDictionary<string, NodeMetadata> all, TensorElementType type, int[] shape)
        {
            var found = all[name];
            var actual = found.IsTensor ? $"{found.ElementDataType} [{string.Join(", ", found.Dimensions)}]" : "no tensor";
            Require(
                found.IsTensor && found.ElementDataType == type && found.Dimensions.AsSpan().SequenceEqual(shape),
                $"has {role} '{name}' as {actual}, but its metadata says {type} [{string.Join(", ", shape)}] (-1: any number)");
        }

        void Require(bool condition, string what)
        {
            if (!condition)
            {
                throw new UserErrorException($"{path}: {what}; the file is not as 'gan export' makes it: export the generator again");
            }
        }

        static string List(IEnumerable<string> names) => string.Join(" and ", names.Select(name => $"'{name}'"));
    }

    internal static string FirstLine(string message) => message.Split('\n')[0].Trim();
}
