using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using GanPipeline.Training.Regularizers;

namespace GanPipeline.MlNet;

/// <summary>Rows from a conditional GAN that is trained on the fitted view, exported, and then used like any generator file.</summary>
internal sealed class TrainedGeneratorSource(GeneratorTraining training) : GeneratorSource
{
    public override RowGenerator Open(TrainingRows rows, FitContext fit)
    {
        using Dataset data = FittedViewData.Read(rows);
        RunOptions options = Options(data, fit.Seed);
        var inFit = new TrainingInFit(fit, training.SaveTo, training.Threads, training.Cancellation);
        return inFit.Run(options, data, training.Steps, $"{data.Count} rows of {rows.FeatureCount} features in {rows.Classes.Count} classes",
            path => new TrainedRows(new FileGeneratorSource(path, new GeneratorSessionOptions { Threads = training.Threads }).Open(rows, fit), training));
    }

    private RunOptions Options(Dataset data, ulong seed)
    {
        AdamOptions Adam() => new() { LearningRate = training.LearningRate, Beta1 = 0, Beta2 = 0.99 };
        var options = new RunOptions
        {
            System = "table-cgan",
            Seed = SeedStream.Derive(seed, "training"),
            Data = new ViewDataOptions(),
            Latent = training.LatentSize,
            Batch = (int)Math.Min(training.BatchSize, data.Count),
            Sampling = Sampling.Balanced,
            Ema = 0.995,
            Threads = training.Threads,
            Generator = new MlpGeneratorOptions { Hidden = [.. training.Hidden], LabelScale = 2 },
            Discriminator = new MlpDiscriminatorOptions { Hidden = [.. training.Hidden], LabelScale = 2 },
            Regularizers = [new R1Options { Weight = 0.1, Every = 4 }],
            GeneratorOptimizer = Adam(),
            DiscriminatorOptimizer = Adam(),
        };
        options.Validate();
        return options;
    }

    private sealed class TrainedRows(RowGenerator file, GeneratorTraining training) : RowGenerator
    {
        public override string Description => $"a generator trained for {training.Steps} steps" + (training.SaveTo is { } path ? $" ({path})" : "");

        public override int FeatureCount => file.FeatureCount;

        public override IReadOnlyCollection<string> ClassNames => file.ClassNames;

        public override void Generate(string className, ulong seed, long first, Span<float> rows) => file.Generate(className, seed, first, rows);

        protected override void Dispose(bool disposing) => file.Dispose();
    }
}
