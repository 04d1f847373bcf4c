using GanPipeline.Primitives;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Privacy;
using GanPipeline.Training.Updates;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

public class PrivacyBudgetTests
{
    private static RunOptions Options() => Preset.Parse("""
        system: private
        data: { kind: moons, upper: 200, lower: 200, noise: 0.1 }
        latent: 4
        batch: 20
        epochs: 1
        sampling: poisson
        update: { scheme: private }
        generator: { network: mlp, hidden: [8] }
        discriminator: { network: mlp, hidden: [8] }
        threads: 1
        """, "private.yaml");

    [Theory]
    [InlineData(0.5, false)]
    [InlineData(3, true)]
    public void ARunSpendsNearlyAllOfItsEpsilonAndNoMore(double epsilon, bool classes)
    {
        var budget = new PrivacyBudget(epsilon, 1e-5, classes);
        RunOptions options = Options();
        using Dataset data = options.Data.Load(null, DataSplit.Train, 1);
        using (var once = new Trainer(options, data, CPU)) options = budget.WithNoise(options, data.Count, once.TotalSteps);
        using var trainer = new Trainer(options, data, CPU);
        while (trainer.Step < trainer.TotalSteps) trainer.TakeStep();
        // The accountant by itself, from what the run did: 20 of 400 rows a step are expected.
        double training = new RdpAccountant(0.05, ((PrivateOptions)options.Update).NoiseMultiplier).Epsilon(trainer.Step, 1e-5);
        Assert.Equal(training + budget.EpsilonOfCounts, budget.Spent(options, data.Count, trainer.Step), 12);
        Assert.InRange(budget.Spent(options, data.Count, trainer.Step), 0.9 * epsilon, epsilon);
        Assert.Equal(classes, budget.EpsilonOfCounts > 0);
    }

    /// <summary>The noise is drawn from the system's own source, so the bounds are those that chance breaks once in a thousand million runs.</summary>
    [Fact]
    public void CountsHaveTheNoiseOfTheirEpsilon()
    {
        var budget = new PrivacyBudget(4, 1e-5, true);
        double[] errors = [.. budget.NoisyCounts([.. Enumerable.Repeat(100_000L, 20_000)]).Select(n => n - 100_000.0)];
        double ratio = Math.Exp(-budget.EpsilonOfCounts), deviation = Math.Sqrt(2 * ratio) / (1 - ratio);
        Assert.InRange(errors.Average(), -6 * deviation / Math.Sqrt(errors.Length), 6 * deviation / Math.Sqrt(errors.Length));
        Assert.InRange(Math.Sqrt(errors.Average(e => e * e)), 0.9 * deviation, 1.1 * deviation);
        Assert.All(budget.NoisyCounts([.. new long[100]]), n => Assert.True(n >= 0));
    }

    [Theory]
    [InlineData(0, 1e-5, "'epsilon' must be above 0 and at most 1000; it is 0.")]
    [InlineData(1, 0.02, "'delta' must be above 0 and below one in the 50 rows that are trained on; it is 0.02.")]
    [InlineData(1e-5, 1e-5, "in which nothing can be trained; allow more, or take fewer steps.")]
    public void WhatCannotBeKeptToIsSaid(double epsilon, double delta, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<UserErrorException>(() => new PrivacyBudget(epsilon, delta, false).WithNoise(Options(), 50, 1000)).Message);
}
