using GanPipeline.Export;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Training;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Metrics;
using GanPipeline.Training.Networks;
using GanPipeline.Training.Regularizers;
using TorchSharp;

namespace GanPipeline.MlNet;

/// <summary>Rows from a conditional GAN that is trained on the fitted view, exported, and then used like any generator file.</summary>
internal sealed class TrainedGeneratorSource(GeneratorTraining training) : GeneratorSource
{
    private const int Reports = 20;

    public override RowGenerator Open(TrainingRows rows, FitContext fit)
    {
        bool temporary = training.SaveTo is null;
        string path = training.SaveTo ?? Path.Combine(Path.GetTempPath(), $"ganpipeline-{Guid.NewGuid():N}.onnx");
        try
        {
            Train(rows, fit, path);
            return new TrainedRows(new FileGeneratorSource(path, new GeneratorSessionOptions { Threads = training.Threads }).Open(rows, fit), training);
        }
        finally
        {
            if (temporary)
                File.Delete(path); // the session has it in memory
        }
    }

    private void Train(TrainingRows rows, FitContext fit, string path)
    {
        using Dataset data = FittedViewData.Read(rows);
        RunOptions options = Options(data, fit.Seed);
        int threadsBefore = torch.get_num_threads();
        Devices.Prepare(training.Threads);
        try
        {
            using var trainer = new Trainer(options, data, torch.CPU);
            fit.Log($"training a generator on {data.Count} rows of {rows.FeatureCount} features in {rows.Classes.Count} classes: {training.Steps} steps");
            while (trainer.Step < training.Steps)
            {
                training.Cancellation.ThrowIfCancellationRequested();
                trainer.TakeStep();
                if (trainer.Step * Reports / training.Steps > (trainer.Step - 1) * Reports / training.Steps)
                {
                    StepMeans means = trainer.TakeMeans();
                    fit.Log(FormattableString.Invariant(
                        $"step {trainer.Step} of {training.Steps}: discriminator loss {means.DiscriminatorLoss:F3}, generator loss {means.GeneratorLoss:F3}"));
                }
            }
            trainer.Refresh();
            GeneratorExporter.Export(trainer.Sampler, Provenance(options, data, trainer.Step), path);
        }
        finally
        {
            torch.set_num_threads(threadsBefore);
        }
    }

    private RunOptions Options(Dataset data, ulong seed)
    {
        AdamOptions Adam() => new() { LearningRate = training.LearningRate, Beta1 = 0, Beta2 = 0.99 };
        var options = new RunOptions
        {
            System = "table-cgan", Seed = SeedStream.Derive(seed, "training"), Data = new FittedViewData(), Latent = training.LatentSize,
            Batch = (int)Math.Min(training.BatchSize, data.Count), Sampling = Sampling.Balanced, Ema = 0.995, Threads = training.Threads,
            Generator = new MlpGeneratorOptions { Hidden = [.. training.Hidden], LabelScale = 2 },
            Discriminator = new MlpDiscriminatorOptions { Hidden = [.. training.Hidden], LabelScale = 2 },
            Regularizers = [new R1Options { Weight = 0.1, Every = 4 }], GeneratorOptimizer = Adam(), DiscriminatorOptimizer = Adam(),
        };
        options.Validate();
        return options;
    }

    private static GeneratorMetadata Provenance(RunOptions options, Dataset data, long steps) => new()
    {
        System = options.System, Configuration = Preset.ToYaml(options), DataName = data.Name, DataSha256 = data.Sha256, Steps = steps, Seed = options.Seed,
    };

    private sealed class TrainedRows(RowGenerator file, GeneratorTraining training) : RowGenerator
    {
        public override string Description => $"a generator trained for {training.Steps} steps" + (training.SaveTo is { } path ? $" ({path})" : "");

        public override int FeatureCount => file.FeatureCount;

        public override IReadOnlyCollection<string> ClassNames => file.ClassNames;

        public override void Generate(string className, ulong seed, long first, Span<float> rows) => file.Generate(className, seed, first, rows);

        protected override void Dispose(bool disposing) => file.Dispose();
    }
}
