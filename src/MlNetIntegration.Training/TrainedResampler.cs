using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using GanPipeline.Training.Regularizers;

namespace GanPipeline.MlNet;

/// <summary>Rows from a conditional GAN that is trained on the fitted view, exported, and then used like any generator file.</summary>
internal sealed class TrainedResampler(GeneratorTraining training) : Resampler
{
    internal override VectorGenerator Open(VectorRows rows, FitContext fit)
    {
        using Dataset data = FittedViewData.Read(rows);
        return new TrainingInFit(fit, training).Run(Options(data, fit.Seed), data,
            $"{data.Count} rows of {rows.FeatureCount} features in {rows.Classes.Count} classes", (session, path, kept) =>
            new SessionVectors(new OpenGenerator(session, path, $"a generator trained for {training.Steps} steps{kept}", session.Dispose)));
    }

    internal override ColumnGenerator Open(TableRows rows, FitContext fit) => throw new UserErrorException(
        "Resampler.Train() generates a column of vectors, and columns of a table are wanted; "
            + "use Resampler.TrainTable(), or name the one features column of vectors");

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
}
