using GanPipeline.Evaluation.Images;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Training;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;

namespace GanPipeline.Stages;

/// <summary>Samples and real data in, metrics out.</summary>
internal static class EvaluateStage
{
    public static EvaluateResult Run(EvaluateOptions options, StageContext context)
    {
        if (options.Count < 2) throw UserErrorException.Usage($"--count {options.Count}: it must be at least 2.");
        if (new[] { options.Samples, options.Data, options.Test }.Count(p => p is not null && SpooledInput.IsStandardInput(p)) > 1)
            throw UserErrorException.Usage("-: standard input can be read for one of the data only; name files for the others.");
        OutputFiles.RefuseInput("--out", options.Out, options.Samples, options.Data, options.Test, options.Preset, options.Features);
        if (options.Pictures is { } pictures)
        {
            OutputFiles.CheckFolder(pictures);
            Directory.CreateDirectory(pictures);
        }
        using OutputFiles claimed = OutputFiles.Claim(options.Force,
            [.. options.Out is { } file ? [file] : Array.Empty<string>(), .. options.Pictures is { } folder ? NearestImages.Files(folder) : []]);
        IReadOnlyList<MetricResult> results = [];
        claimed.Write(() =>
        {
            results = Measure(options, context);
            if (options.Out is not null) QualityCsv.Write(options.Out, results);
        });
        return new EvaluateResult(results, options.Out);
    }

    private static IReadOnlyList<MetricResult> Measure(EvaluateOptions options, StageContext context)
    {
        using GeneratorSession? generator = HasEnding(options.Samples, ".onnx") ? GeneratorSession.Open(options.Samples) : null;
        bool table = generator?.Info.IsTable
            ?? (SpooledInput.IsStandardInput(options.Samples) ? !NpySamples.IsNpy(options.Samples) : TableEnding.Has(options.Samples));
        return table ? TableEvaluation.Measure(options, generator, context) : MeasureSamples(options, generator, context);
    }

    private static IReadOnlyList<MetricResult> MeasureSamples(EvaluateOptions options, GeneratorSession? generator, StageContext context)
    {
        (DataOptions reading, ulong seed) = Reading(options, generator);
        using Dataset train = TrainStage.Load(reading, options.Data, DataSplit.Train, seed, context),
            test = TrainStage.Load(reading, options.Data, DataSplit.Test, seed, context);
        TrainStage.CheckTestPart(train, test, context);
        if (generator is not null) Check(generator, train, options, context);
        Devices.UseThreads(QualityReport.For(train.Format).Threads); // as many as 'gan run' takes: figures depend on them in the last digits
        bool againstTraining = options.Against == RealPart.Training;
        // As many generated samples as real ones: distances are biased by the numbers, so equal ones compare best.
        int most = (int)Math.Min(options.Count, againstTraining ? train.Count : test.Count);
        GeneratedSamples samples = generator is not null ? GeneratedSamples.From(generator, most, options.Seed, options.Samples, train, context)
            : GeneratedSamples.Read(options.Samples, reading, train, options.Count, seed, context);
        using SampleEvaluation evaluation = SampleEvaluation.For(train, test, new EvaluationSettings(options.Seed)
        {
            AgainstTraining = againstTraining,
            Features = options.Features,
            FeaturesRange = options.FeaturesRange,
        }, context);
        return evaluation.Measure(samples, options.Metrics, options.Pictures, context);
    }

    /// <summary>How the data are read: as the preset says that is named, as the generator's own configuration says, or as the files look.</summary>
    private static (DataOptions Data, ulong Seed) Reading(EvaluateOptions options, GeneratorSession? generator)
    {
        if (options.Preset is not null) return From(Preset.Load(options.Preset));
        if (generator?.Info.Provenance.Configuration is { Length: > 0 } configuration) return From(Preset.Parse(configuration, options.Samples));
        if (options.Data is null) throw new UserErrorException("name the real data with --data, or the preset that generates them with --preset.");
        if (Directory.Exists(options.Data) && Directory.EnumerateFiles(options.Data, "*-idx3-ubyte*").Any()) return (new IdxDataOptions(), 0);
        if (Directory.Exists(options.Data)) return (new FolderDataOptions(), 0);
        throw new UserErrorException($"{options.Data}: it is no folder of images; name the preset that says how it is read with --preset.");

        static (DataOptions, ulong) From(RunOptions run) => (run.Data, run.Seed);
    }

    private static void Check(GeneratorSession generator, Dataset train, EvaluateOptions options, StageContext context)
    {
        if (!generator.Info.SampleShape.Select(s => (long)s).SequenceEqual(train.Format.Shape))
            throw new UserErrorException($"{options.Samples}: it generates samples of [{string.Join(", ", generator.Info.SampleShape)}], " +
                $"but the data's are [{string.Join(", ", train.Format.Shape)}]; name its own data with --data, or say with --preset how they are read.");
        string own = generator.Info.Provenance.DataSha256;
        if (own.Length > 0 && own != train.Sha256)
            context.Note($"{options.Samples} was trained on other data than these (their SHA-256 differ): " +
                "memorisation cannot be seen, and classes may not fit.");
    }

    private static bool HasEnding(string path, string ending) => Path.GetExtension(path).Equals(ending, StringComparison.OrdinalIgnoreCase);
}
