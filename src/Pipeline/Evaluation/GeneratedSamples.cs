using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Training.Data;
using TorchSharp;

namespace GanPipeline.Stages;

/// <summary>Samples that are evaluated.</summary>
/// <param name="Values">[N, size] in the data's own units.</param>
/// <param name="Labels">[N] classes that they were asked for, or null.</param>
internal sealed record GeneratedSamples(float[] Values, long[]? Labels)
{
    /// <summary>Samples of a generator of the data's classes, which take turns.</summary>
    public static GeneratedSamples From(GeneratorSession generator, int count, ulong seed)
    {
        int classes = generator.Info.ClassNames.Count;
        long[] labels = classes == 0 ? [] : [.. Enumerable.Range(0, count).Select(i => (long)(i % classes))];
        float[] samples = new float[ArrayLimit.Check((Int128)count * generator.Info.SampleSize, $"{count} samples of {generator.Info.SampleSize} numbers",
            "evaluate fewer (--count)")];
        generator.Generate(seed, 0, labels, samples);
        return new GeneratedSamples(samples, classes == 0 ? null : labels);
    }

    /// <summary>Samples of a generator that may be of other data; its classes, which take turns, are looked for among the data's by name.</summary>
    public static GeneratedSamples From(GeneratorSession generator, int count, ulong seed, string path, Dataset real,
        StageContext context) =>
        From(generator, count, seed).Matched(path, generator.Info.ClassNames, real.ClassNames, context);

    /// <summary>Samples of a folder of images (as the data are read), at equal distances, or of a .npy file, the first so many.</summary>
    public static GeneratedSamples Read(string path, DataOptions options, Dataset real, int count, ulong seed, StageContext context)
    {
        if (Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase) || SpooledInput.IsStandardInput(path))
            return NpySamples.Read(path, real, count, context);
        if (!Directory.Exists(path))
            throw new UserErrorException($"{path}: it is no generator file (.onnx), folder, .npy file or table ({TableEnding.All}); give one of these.");
        DataOptions reading = Directory.EnumerateFiles(path, "*-idx3-ubyte*").Any() ? new IdxDataOptions { Classes = [.. real.ClassNames] }
            : options is FolderDataOptions folder ? folder with { Test = 0 } : new FolderDataOptions { Channels = (int)real.Format.Shape[0], Test = 0 };
        using Dataset samples = reading.Load(path, DataSplit.Train, seed);
        foreach (string note in samples.Notes) context.Note(note);
        if (samples.Problem is { } problem) context.Warn(problem); // of real data it is an error; of samples it is what is to be evaluated
        if (!samples.Format.Shape.SequenceEqual(real.Format.Shape))
            throw new UserErrorException($"{path}: its samples are [{string.Join(", ", samples.Format.Shape)}], " +
                $"but the data's are [{string.Join(", ", real.Format.Shape)}]; give samples of the data's size.");
        // A folder comes class after class: the first samples would be of the first classes.
        long[] chosen = [.. Enumerable.Range(0, (int)Math.Min(count, samples.Count)).Select(i => i * samples.Count / Math.Min(count, samples.Count))];
        using torch.Tensor index = torch.tensor(chosen), some = samples.Samples.index_select(0, index), values = some.to_type(torch.ScalarType.Float32);
        long[]? all = samples.Labels?.data<long>().ToArray(), labels = all is null ? null : Array.ConvertAll(chosen, i => all[i]);
        if (labels is not null && reading is IdxDataOptions) ClassNumbers.Say(path, "data", real.ClassNames, context);
        return new GeneratedSamples(values.data<float>().ToArray(), labels).Matched(path, samples.ClassNames, real.ClassNames, context);
    }

    /// <summary>These samples with the classes of the data, by name; says where they cannot be compared by class.</summary>
    private GeneratedSamples Matched(string path, IReadOnlyList<string> names, IReadOnlyList<string> real, StageContext context)
    {
        if (Labels is null || real.Count == 0)
        {
            if ((Labels is null) != (real.Count == 0))
                context.Note($"{(Labels is null ? path : "the data")} {(Labels is null ? "has" : "have")} no classes: nothing is compared class by class");
            return this with { Labels = null };
        }
        int[] places = ClassMatch.Places(names, real, (name, hint) => new UserErrorException(
            $"{path}: its class '{name}' is none of the data's{hint}; compare it with data of the same classes."));
        return (this with { Labels = Array.ConvertAll(Labels, l => (long)places[l]) }).SayLacking(path, real, context);
    }

    /// <summary>Says of which classes of the data there is no sample.</summary>
    public GeneratedSamples SayLacking(string path, IReadOnlyList<string> real, StageContext context)
    {
        HashSet<long> there = [.. Labels!];
        string[] lacking = [.. real.Where((_, i) => !there.Contains(i))];
        if (lacking.Length > 0)
            context.Warn($"{path} has no sample of {ClassMatch.List(lacking)}, which the data have; all classes of the data are compared with");
        return this;
    }
}
