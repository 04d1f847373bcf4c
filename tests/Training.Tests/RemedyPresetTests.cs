using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

/// <summary>The presets that `scripts/bench.sh remedies` measures take steps, each in every variant.</summary>
public class RemedyPresetTests
{
    [Theory]
    [InlineData("grid", "plain")]
    [InlineData("grid", "wasserstein-gp")]
    [InlineData("grid", "plain-slow")]
    [InlineData("grid", "unrolled")]
    [InlineData("grid", "packed")]
    [InlineData("fixed-point", "plain")]
    [InlineData("fixed-point", "noise")]
    [InlineData("fixed-point", "penalty")]
    public void They_train(string preset, string variant)
    {
        RunOptions options = Preset.Load(Repository.In("models", "remedies", preset + ".yaml"), variant);
        using Dataset data = options.Data.Load(null, DataSplit.Test, options.Seed);
        using var trainer = new Trainer(options, data, CPU);
        for (int i = 0; i < 3; i++) trainer.TakeStep();
        Assert.InRange(trainer.TakeMeans().GeneratorGradient, 1e-6, 1e6);
    }
}
