using GanPipeline.Primitives;
using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

public class TrainerTests
{
    [Fact]
    public void A_run_that_diverges_says_so()
    {
        using Dataset data = SmallRun.Load(SmallRun.Options());
        using var trainer = new Trainer(SmallRun.Options(), data, CPU);
        Checkpoint start = trainer.Save();
        using (NewDisposeScope())
            trainer.Load(new Checkpoint(start.Header, start.Tensors.Select(
                t => (t.Key, t.Key == "discriminator.parameters" ? full_like(tensor(t.Value), float.NaN) : tensor(t.Value)))));
        trainer.TakeStep();
        Assert.Contains("training diverged at step 1: the discriminator's loss is not finite",
            Assert.Throws<UserErrorException>(() => trainer.TakeMeans()).Message);
    }

    [Fact]
    public void Means_are_taken_over_the_steps_since_the_last_ones()
    {
        using Dataset data = SmallRun.Load(SmallRun.Options());
        using Trainer single = new(SmallRun.Options(), data, CPU), all = new(SmallRun.Options(), data, CPU);
        var losses = new List<double>();
        for (int step = 0; step < 6; step++)
        {
            single.TakeStep();
            all.TakeStep();
            losses.Add(single.TakeMeans().DiscriminatorLoss);
            if (step == 1) all.TakeMeans();
        }
        Assert.Equal(losses.Skip(2).Average(), all.TakeMeans().DiscriminatorLoss, 9);
    }

    [Fact]
    public void Numbers_are_multiplied_as_exactly_as_the_options_say()
    {
        RunOptions options = SmallRun.Options();
        using Dataset data = SmallRun.Load(options);
        Assert.Contains("set precision=float32", Assert.Throws<UserErrorException>(() => new Trainer(options with { Precision = Precision.Tf32 }, data, CPU))
            .Message);
        backends.cuda.matmul.allow_tf32 = backends.cudnn.allow_tf32 = true;
        using var trainer = new Trainer(options, data, CPU);
        Assert.False(backends.cuda.matmul.allow_tf32);
        Assert.False(backends.cudnn.allow_tf32);
    }

    [Fact]
    public void A_pair_that_is_not_told_the_classes_is_unconditional()
    {
        RunOptions options = SmallRun.Options() with { Conditional = false };
        using Dataset data = SmallRun.Load(options);
        using var trainer = new Trainer(options, data, CPU);
        trainer.TakeStep();
        Assert.Null(trainer.Sampler.Label);
        Assert.Empty(trainer.Sampler.ClassNames);
        using Networks.Generator generator = trainer.Save().BuildGenerator(CPU);
        Assert.Empty(generator.ClassNames);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    public void Samples_are_drawn_from_the_average_where_one_is_kept_and_else_from_the_weights(double ema)
    {
        RunOptions options = SmallRun.Options() with { Ema = ema };
        using Dataset data = SmallRun.Load(options);
        using var trainer = new Trainer(options, data, CPU);
        for (int i = 0; i < 5; i++) trainer.TakeStep();
        trainer.Refresh();
        Checkpoint state = trainer.Save();
        Assert.Equal(ema == 0, state.Tensors["generator.parameters"].SequenceEqual(state.Tensors[Checkpoint.SamplerParameters]));
        Assert.Equal(ema == 0, state.Tensors["generator.buffers"].SequenceEqual(state.Tensors[Checkpoint.SamplerBuffers]));
    }

    [Theory]
    [InlineData("step,loss\n1,2\n")]
    [InlineData("epoch,step,d_loss,g_loss,real_score,fake_score,samples_per_second,resident_mib\n1,x,1,1,1,1,1,1\n")]
    public void A_file_that_holds_no_metrics_is_refused(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["metrics.csv"], text);
        string message = Assert.Throws<UserErrorException>(() => new MetricsCsv(folder["metrics.csv"], 10).Dispose()).Message;
        Assert.StartsWith(folder["metrics.csv"], message);
        Assert.DoesNotContain('\n', message);
        Assert.Equal(text, File.ReadAllText(folder["metrics.csv"]));
    }
}
