using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;
using TorchSharp;

namespace GanPipeline.Cli.Stages;

/// <summary>Samples that are judged.</summary>
/// <param name="Values">[N, size] in the data's own units.</param>
/// <param name="Labels">[N] classes that they were asked for, or null.</param>
internal sealed record GeneratedSamples(float[] Values, long[]? Labels)
{
    /// <summary>Samples of a generator, whose classes take turns.</summary>
    public static GeneratedSamples From(GeneratorSession generator, int count, ulong seed)
    {
        int classes = generator.Info.ClassNames.Count;
        long[] labels = classes == 0 ? [] : [.. Enumerable.Range(0, count).Select(i => (long)(i % classes))];
        float[] samples = new float[ArrayLimit.Check((Int128)count * generator.Info.SampleSize, $"{count} samples of {generator.Info.SampleSize} numbers",
            "judge fewer (--count)")];
        generator.Generate(seed, 0, labels, samples);
        return new GeneratedSamples(samples, classes == 0 ? null : labels);
    }

    /// <summary>Samples of a folder of images (as the data are read) or of a .npy file; the first so many.</summary>
    public static GeneratedSamples Read(string path, DataOptions options, Dataset real, int count, ulong seed)
    {
        if (Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase)) return NpySamples.Read(path, real.Format, count);
        if (!Directory.Exists(path))
            throw new UserErrorException($"{path}: it is no generator file (.onnx), folder, .npy file or table (.csv); give one of these.");
        DataOptions reading = Directory.EnumerateFiles(path, "*-idx3-ubyte*").Any() ? new IdxDataOptions { Classes = [.. real.ClassNames] }
            : options is FolderDataOptions folder ? folder with { Test = 0 } : new FolderDataOptions { Channels = (int)real.Format.Shape[0], Test = 0 };
        using Dataset samples = reading.Load(path, DataSplit.Train, seed);
        if (!samples.Format.Shape.SequenceEqual(real.Format.Shape))
            throw new UserErrorException($"{path}: its samples are [{string.Join(", ", samples.Format.Shape)}], " +
                $"but the data's are [{string.Join(", ", real.Format.Shape)}]; give samples of the data's size.");
        using torch.Tensor first = samples.Samples.narrow(0, 0, Math.Min(count, samples.Count)), values = first.to_type(torch.ScalarType.Float32, copy: true);
        long[]? labels = samples.Labels?.data<long>().ToArray()[..(int)first.shape[0]];
        return new GeneratedSamples(values.data<float>().ToArray(), labels is null ? null : Matched(labels, samples.ClassNames, real.ClassNames));
    }

    /// <summary>Class indices of the data for those of the samples; null where the samples' classes are not the data's.</summary>
    private static long[]? Matched(long[] labels, IReadOnlyList<string> names, IReadOnlyList<string> real)
    {
        int[] places = [.. names.Select(n => real.ToList().IndexOf(n))];
        return places.Any(p => p < 0) ? null : Array.ConvertAll(labels, l => (long)places[l]);
    }
}
