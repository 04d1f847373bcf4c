using GanPipeline.Primitives;
using GanPipeline.Training.Data;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Export;

/// <summary>Runs a freshly written file in ONNX Runtime and compares its samples with the network's, on noise that the training never saw.</summary>
internal static class ParityVerification
{
    /// <summary>Above this a file is not published: it is far more than roundings add up to, and far less than a wrong layer makes.</summary>
    public static double Limit(WeightPrecision weights) => weights switch
    {
        WeightPrecision.Float32 => 1e-4,
        WeightPrecision.Float16 => 2e-2,
        _ => 0.5,
    };

    private static readonly int[] Batches = [1, 7, 1000];

    /// <summary>Compares at several batch sizes.</summary>
    /// <param name="generator">The network.</param>
    /// <param name="seed">Seed of the run, from which the noise is drawn.</param>
    /// <param name="file">The file to check.</param>
    /// <param name="target">The name that it is to have, for messages.</param>
    /// <param name="limit">The largest difference that is allowed.</param>
    /// <exception cref="UserErrorException">A difference is above <paramref name="limit"/>, or the file does not run.</exception>
    public static IReadOnlyList<ParityCheck> Run(Generator generator, ulong seed, string file, string target, double limit)
    {
        try
        {
            using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            using var session = new InferenceSession(file, options);
            var checks = Batches.Select(batch => new ParityCheck(batch, Difference(generator, session, seed, batch))).ToList();
            var worst = checks.MaxBy(check => double.IsNaN(check.Difference) ? double.PositiveInfinity : check.Difference)!;
            return worst.Difference <= limit
                ? checks
                : throw new UserErrorException(
                    $"{target}: not written, because its samples differ from the network's by up to {worst.Difference:g3} (batch {worst.Batch}), and {limit:g1} is allowed;"
                    + " report this with the preset");
        }
        catch (OnnxRuntimeException e)
        {
            throw new UserErrorException($"{target}: not written, because ONNX Runtime does not run it ({e.Message.Split('\n')[0].Trim()}); report this with the preset", e);
        }
    }

    private static double Difference(Generator generator, InferenceSession session, ulong seed, int batch)
    {
        var noise = new float[batch * generator.LatentSize];
        GaussianNoise.Fill(SeedStream.Derive(seed, "export verification", (ulong)batch), 0, generator.LatentSize, noise);
        long[]? labels = generator.Label is null ? null : [.. Enumerable.Range(0, batch).Select(i => (long)(i % generator.ClassNames.Count))];

        var expected = RunNetwork(generator, noise, labels, batch);
        var found = RunFile(session, noise, labels, batch);
        return found.Length == expected.Length
            // Math.Max keeps a NaN, which Enumerable.Max would drop.
            ? found.Select((data, i) => Math.Abs(ToNetworkUnits(data, i, generator.Format, expected[i]) - expected[i])).Aggregate(0.0, Math.Max)
            : double.PositiveInfinity;
    }

    /// <summary>Undoes the file's last step. Where its scale is 0, it has forgotten what the network said: then any constant is right, if it is the constant.</summary>
    private static double ToNetworkUnits(float data, int index, SampleFormat format, float network)
    {
        var number = index % (int)format.Size;
        var (scale, shift) = format.Units is { } units ? (units.Scale[number], units.Shift[number]) : ((float)format.Scale, (float)format.Shift);
        return scale != 0 ? ((double)data - shift) / scale : data == shift ? network : double.PositiveInfinity;
    }

    /// <summary>The network's samples, in its own units, in evaluation mode; the mode is put back.</summary>
    private static float[] RunNetwork(Generator generator, float[] noise, long[]? labels, int batch)
    {
        var wasTraining = generator.training;
        generator.eval();
        try
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var device = generator.parameters().First().device;
            var label = labels is null ? null : tensor(labels, device: device);
            return generator.call(tensor(noise, [batch, generator.LatentSize], device: device), label).cpu().contiguous().data<float>().ToArray();
        }
        finally
        {
            generator.train(wasTraining);
        }
    }

    private static float[] RunFile(InferenceSession session, float[] noise, long[]? labels, int batch)
    {
        using var noiseValue = OrtValue.CreateTensorValueFromMemory(noise, [batch, noise.Length / batch]);
        using var labelValue = labels is null ? null : OrtValue.CreateTensorValueFromMemory(labels, [batch]);
        var inputs = new Dictionary<string, OrtValue> { [GeneratorFile.NoiseInput] = noiseValue };
        if (labelValue is not null)
        {
            inputs.Add(GeneratorFile.LabelInput, labelValue);
        }

        using var options = new RunOptions();
        using var outputs = session.Run(options, inputs, [GeneratorFile.SampleOutput]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
