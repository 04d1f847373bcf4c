using GanPipeline.Export;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Training;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Runs;
using TorchSharp;

namespace GanPipeline.MlNet;

/// <summary>Trains a generator while Fit runs, and exports it.</summary>
internal sealed class TrainingInFit(FitContext fit, GeneratorTrainingOptions training)
{
    /// <summary>Trains, exports, and opens the file, which is gone afterwards if it is not kept: who has opened it has it in memory.</summary>
    /// <param name="options">What is trained.</param>
    /// <param name="data">On what.</param>
    /// <param name="on">What it is trained on, for the log.</param>
    /// <param name="rows">Makes rows of the open file; it is told the file's path, and what to say of a file that is kept.</param>
    internal T Run<T>(RunOptions options, Dataset data, string on, Func<GeneratorSession, string, string, T> rows)
    {
        using PrivateFolder? folder = training.SaveTo is null ? new PrivateFolder(Path.GetTempPath()) : null;
        string path = training.SaveTo ?? folder!.File("generator.onnx");
        using var state = new LibtorchState(training.Threads);
        Train(options, data, on, path);
        GeneratorSession session = GeneratorSession.Open(path, new GeneratorSessionOptions { Threads = training.Threads });
        return rows(session, path, training.SaveTo is { } kept ? $" ({kept})" : "");
    }

    private void Train(RunOptions options, Dataset data, string on, string path)
    {
        using var trainer = new Trainer(options, data, torch.CPU);
        long steps = training.Steps;
        fit.Log($"training a generator on {on}: {steps} steps");
        trainer.Train(steps, means => fit.Log(FormattableString.Invariant(
            $"step {trainer.Step} of {steps}: discriminator loss {means.DiscriminatorLoss:F3}, generator loss {means.GeneratorLoss:F3}")),
            training.Cancellation);
        foreach (MissingGap gap in MissingCalibration.Fit(trainer.Sampler, options.Seed, torch.CPU, training.Cancellation)) fit.Log(gap.ToString());
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
