using GanPipeline.Training.Config;
using GanPipeline.Training.Optimization;
using GanPipeline.Training.Optimization.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

public class ScheduleTests
{
    [Theory]
    [InlineData("constant", 0, 1)]
    [InlineData("constant", 99, 1)]
    [InlineData("linear, from: 2, to: 6", 1, 1)]
    [InlineData("linear, from: 2, to: 6", 3, 0.75)]
    [InlineData("linear, from: 2, to: 6", 7, 0)]
    [InlineData("linear, from: 0, to: 4, final: 0.2", 2, 0.6)]
    [InlineData("cosine, from: 0, to: 4", 1, 0.85355339059327373)]
    [InlineData("cosine, from: 0, to: 4, final: 0.5", 2, 0.75)]
    [InlineData("cosine, from: 0, to: 4", 5, 0)]
    [InlineData("step, every: 2, times: 0.1", 1.9, 1)]
    [InlineData("step, every: 2, times: 0.1", 4.5, 0.01)]
    public void The_learning_rate_is_multiplied_by(string schedule, double epoch, double factor)
    {
        RunOptions options = Preset.Parse(Preset.ToYaml(SmallRun.Options()), "p.yaml", overrides: [$"generator_optimizer.schedule={{kind: {schedule}}}"]);
        Assert.Equal(factor, options.GeneratorOptimizer.Schedule.Factor(epoch), 12);
        using var player = new Player(nn.Linear(2, 2), options.GeneratorOptimizer);
        Assert.Equal(2e-4 * factor, player.LearningRate(epoch), 12);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(100)]
    public void A_gradient_longer_than_the_norm_is_scaled_down_to_it(double norm)
    {
        using DisposeScope scope = NewDisposeScope();
        using var player = new Player(nn.Linear(3, 1), new AdamOptions { ClipNorm = norm });
        player.Gradients((player.Network.Network.parameters().First() * tensor(new float[] { 2, 3, 6 }, [1, 3])).sum());
        player.Move(0);
        Assert.Equal(7, player.GradientNorm!.item<float>(), 5);
        Assert.Equal(Math.Min(norm, 7), player.Network.Gradients.norm(2f).item<float>(), 4);
    }
}
