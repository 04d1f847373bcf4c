using GanPipeline.Evaluation.Images;
using GanPipeline.Evaluation.Metrics;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Training;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;

namespace GanPipeline.Stages;

/// <summary>Samples and real data in, a table of metrics out.</summary>
internal static class EvaluateStage
{
    public static void Run(EvaluateArguments arguments, CancellationToken stop)
    {
        if (arguments.Count < 2) throw UserErrorException.Usage($"--count {arguments.Count}: it must be at least 2.");
        if (arguments.Against is not ("test" or "train")) throw UserErrorException.Usage($"--against {arguments.Against}: it is test or train.");
        if (new[] { arguments.Source, arguments.Data, arguments.Test }.Count(p => p is not null && SpooledInput.IsStandardInput(p)) > 1)
            throw UserErrorException.Usage("-: standard input can be read for one of the data only; name files for the others.");
        OutputFiles.RefuseInput("--out", arguments.Out, arguments.Source, arguments.Data, arguments.Test, arguments.Preset, arguments.Features);
        if (arguments.Pictures is { } pictures)
        {
            OutputFiles.CheckFolder(pictures);
            Directory.CreateDirectory(pictures);
        }
        using OutputFiles claimed = OutputFiles.Claim(arguments.Force,
            [.. arguments.Out is { } file ? [file] : Array.Empty<string>(), .. arguments.Pictures is { } folder ? NearestImages.Files(folder) : []]);
        claimed.Write(() => Judge(arguments, stop));
    }

    private static void Judge(EvaluateArguments arguments, CancellationToken stop)
    {
        using GeneratorSession? generator = HasEnding(arguments.Source, ".onnx") ? GeneratorSession.Open(arguments.Source) : null;
        bool table = generator?.Info.IsTable
            ?? (SpooledInput.IsStandardInput(arguments.Source) ? !NpySamples.IsNpy(arguments.Source) : HasEnding(arguments.Source, ".csv"));
        IReadOnlyList<MetricResult> results = table ? TableEvaluation.Measure(arguments, generator, stop) : MeasureSamples(arguments, generator, stop);
        Show(results);
        if (arguments.Out is null) return;
        QualityCsv.Write(arguments.Out, results);
        Screen.Say($"wrote {results.Count} numbers: {arguments.Out}");
    }

    /// <summary>Prints results: what belongs to the whole first, a row each.</summary>
    public static void Show(IReadOnlyList<MetricResult> results)
    {
        Screen.Say("");
        Screen.Table(["metric", "value", "95 % interval", "better", "measured on"], results.Where(r => r.Class.Length == 0).Select(r => new[]
        {
            r.Data.Length == 0 ? r.Metric : $"{r.Metric} ({r.Data})", Number(r.Value), r.Low is null ? "" : $"{Number(r.Low.Value)} to {Number(r.High!.Value)}",
            r.Better switch { Better.Higher => "higher", Better.Lower => "lower", _ => "" }, r.Sample,
        }));
        int parts = results.Count(r => r.Class.Length > 0);
        if (parts > 0) Screen.Say($"  and {parts} numbers of single classes or columns, in the file");
    }

    private static IReadOnlyList<MetricResult> MeasureSamples(EvaluateArguments arguments, GeneratorSession? generator, CancellationToken stop)
    {
        (DataOptions options, ulong seed) = Options(arguments, generator);
        using Dataset train = TrainStage.Load(options, arguments.Data, DataSplit.Train, seed),
            test = TrainStage.Load(options, arguments.Data, DataSplit.Test, seed);
        TrainStage.CheckTestPart(train, test);
        if (generator is not null) Check(generator, train, arguments);
        Devices.UseThreads(QualityReport.For(train.Format).Threads); // as many as 'gan run' takes: figures depend on them in the last digits
        GeneratedSamples samples = generator is not null ? GeneratedSamples.From(generator, Math.Min(arguments.Count, Most(arguments, train, test)),
            arguments.Seed, arguments.Source, train)
            : GeneratedSamples.Read(arguments.Source, options, train, arguments.Count, seed);
        using SampleEvaluation evaluation = SampleEvaluation.For(train, test, new EvaluationSettings(arguments.Seed)
        {
            AgainstTraining = arguments.Against == "train",
            Features = arguments.Features,
            FeaturesRange = arguments.FeaturesRange,
        }, stop);
        return evaluation.Measure(samples, arguments.Metrics, arguments.Pictures, stop);
    }

    /// <summary>As many generated samples as real ones: distances are biased by the numbers, so equal ones compare best.</summary>
    private static int Most(EvaluateArguments arguments, Dataset train, Dataset test) =>
        (int)Math.Min(int.MaxValue, arguments.Against == "train" ? train.Count : test.Count);

    /// <summary>How the data are read: as the preset says that is named, as the generator's own configuration says, or as the files look.</summary>
    private static (DataOptions Options, ulong Seed) Options(EvaluateArguments arguments, GeneratorSession? generator)
    {
        if (arguments.Preset is not null) return From(Preset.Load(arguments.Preset));
        if (generator?.Info.Provenance.Configuration is { Length: > 0 } configuration) return From(Preset.Parse(configuration, arguments.Source));
        if (arguments.Data is null) throw new UserErrorException("name the real data with --data, or the preset that makes them with --preset.");
        if (Directory.Exists(arguments.Data) && Directory.EnumerateFiles(arguments.Data, "*-idx3-ubyte*").Any()) return (new IdxDataOptions(), 0);
        if (Directory.Exists(arguments.Data)) return (new FolderDataOptions(), 0);
        throw new UserErrorException($"{arguments.Data}: it is no folder of images; name the preset that says how it is read with --preset.");

        static (DataOptions, ulong) From(RunOptions options) => (options.Data, options.Seed);
    }

    private static void Check(GeneratorSession generator, Dataset train, EvaluateArguments arguments)
    {
        if (!generator.Info.SampleShape.Select(s => (long)s).SequenceEqual(train.Format.Shape))
            throw new UserErrorException($"{arguments.Source}: it makes samples of [{string.Join(", ", generator.Info.SampleShape)}], " +
                $"but the data's are [{string.Join(", ", train.Format.Shape)}]; name its own data with --data, or say with --preset how they are read.");
        string made = generator.Info.Provenance.DataSha256;
        if (made.Length > 0 && made != train.Sha256)
            Screen.Note($"{arguments.Source} was trained on other data than these (their SHA-256 differ): " +
                "memorisation cannot be seen, and classes may not fit.");
    }

    private static bool HasEnding(string path, string ending) => Path.GetExtension(path).Equals(ending, StringComparison.OrdinalIgnoreCase);

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("G4", System.Globalization.CultureInfo.InvariantCulture) : "-";
}
