using GanPipeline.Export;
using GanPipeline.Primitives;
using GanPipeline.Training;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using TorchSharp;

namespace GanPipeline.MlNet;

/// <summary>Trains a generator while Fit runs, and exports it.</summary>
/// <param name="fit">The fit.</param>
/// <param name="saveTo">Where the generator file is kept; null keeps none.</param>
/// <param name="threads">Threads that libtorch computes with meanwhile.</param>
/// <param name="cancellation">Ends it.</param>
internal sealed class TrainingInFit(FitContext fit, string? saveTo, int threads, CancellationToken cancellation)
{
    /// <summary>Trains, exports, and lets the file be opened.</summary>
    /// <param name="options">What is trained.</param>
    /// <param name="data">On what.</param>
    /// <param name="steps">For how many steps; null for as many as the options have.</param>
    /// <param name="on">What it is trained on, for the log.</param>
    /// <param name="open">Opens the file, which is gone afterwards if it is not kept.</param>
    internal T Run<T>(RunOptions options, Dataset data, long? steps, string on, Func<string, T> open)
    {
        using PrivateFolder? folder = saveTo is null ? new PrivateFolder(Path.GetTempPath()) : null; // who opens the file has it in memory
        string path = saveTo ?? folder!.File("generator.onnx");
        using var state = new LibtorchState(threads);
        Train(options, data, steps, on, path);
        return open(path);
    }

    private void Train(RunOptions options, Dataset data, long? wanted, string on, string path)
    {
        using var trainer = new Trainer(options, data, torch.CPU);
        long steps = wanted ?? trainer.TotalSteps;
        fit.Log($"training a generator on {on}: {steps} steps");
        trainer.Train(steps, means => fit.Log(FormattableString.Invariant(
            $"step {trainer.Step} of {steps}: discriminator loss {means.DiscriminatorLoss:F3}, generator loss {means.GeneratorLoss:F3}")), cancellation);
        GeneratorExporter.Export(trainer.Sampler, new GeneratorMetadata
        {
            System = options.System,
            Configuration = Preset.ToYaml(options),
            DataName = data.Name,
            DataSha256 = data.Sha256,
            Steps = trainer.Step,
            Seed = options.Seed,
        }, path);
    }
}
