using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Metrics;
using GanPipeline.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

/// <summary>What holds on a GPU as on a CPU; skipped on machines without one.</summary>
public class CudaTests
{
    /// <summary>
    /// A GPU adds in another order, so the last digits differ, and Adam makes steps of them where a gradient is next to nothing: ten times the CPU's tolerance.
    /// </summary>
    [Fact]
    public void Twenty_steps_are_those_of_PyTorch_on_a_CPU()
    {
        Device device = Cuda();
        List<string> off = [];
        foreach (string name in GoldenTraceTests.Traces)
        {
            var trace = Trace.Read(name);
            Dictionary<string, double> differences = GoldenTraceTests.Differences(trace, device);
            string line = $"{name} (CPU's tolerance {trace.Tolerance:E0}): " + string.Join("; ", differences.Select(d => $"{d.Key} {d.Value:E1}"));
            TestContext.Current.TestOutputHelper?.WriteLine(line);
            if (differences.Values.Any(d => !(d <= 10 * trace.Tolerance))) off.Add(line);
        }
        Assert.Empty(off);
    }

    [Fact]
    public void A_checkpoint_of_a_GPU_goes_on_on_a_CPU_and_the_reverse()
    {
        Device device = Cuda();
        // No dropout, whose draws are the device's own, and no batch norm: a bias in front of it moves by rounding alone.
        RunOptions options = SmallRun.Options() with
        {
            Generator = new MlpGeneratorOptions { Hidden = [16, 12] },
            Discriminator = new MlpDiscriminatorOptions { Hidden = [16, 12] },
        };
        using Dataset data = SmallRun.Load(options);
        using var begun = new Trainer(options, data, CPU); // initial weights are the device's own draws, too, so all begin with these
        Checkpoint start = begun.Save();
        float[] straight = Taken(options, data, CPU, CPU, start);
        foreach ((Device first, Device second) in new[] { (device, CPU), (CPU, device), (device, device) })
            Assert.All(Taken(options, data, first, second, start).Zip(straight), p => Assert.Equal(p.Second, p.First, 1e-3f));
    }

    [Theory]
    [InlineData("shuffle")]
    [InlineData("balanced")]
    public void A_run_goes_on_from_a_checkpoint(string sampling)
    {
        Device device = Cuda();
        RunOptions options = Preset.Parse(Preset.ToYaml(SmallRun.Options()), "p.yaml", overrides: [$"sampling={sampling}", "discriminator.dropout=[]"]);
        using Dataset data = SmallRun.Load(options);
        using var straight = new Trainer(options, data, device);
        for (int i = 0; i < 20; i++) straight.TakeStep();
        Assert.All(Taken(options, data, device, device).Zip(straight.Save().Tensors["generator.parameters"]), p => Assert.Equal(p.Second, p.First, 1e-4f));
        StepMeans means = straight.TakeMeans();
        Assert.True(double.IsFinite(means.DiscriminatorLoss) && double.IsFinite(means.GeneratorLoss));
    }

    [Fact]
    public void TF32_is_for_those_who_ask()
    {
        Device device = Cuda();
        RunOptions options = SmallRun.Options();
        using Dataset data = SmallRun.Load(options);
        using (var fast = new Trainer(options with { Precision = Precision.Tf32 }, data, device))
        {
            Assert.True(backends.cuda.matmul.allow_tf32);
            fast.TakeStep();
        }
        using var exact = new Trainer(options, data, device);
        Assert.False(backends.cuda.matmul.allow_tf32);
        exact.TakeStep();
    }

    /// <summary>Weights of G after ten steps on one device and, from the checkpoint, ten on another.</summary>
    private static float[] Taken(RunOptions options, Dataset data, Device first, Device second, Checkpoint? start = null)
    {
        using var folder = new TemporaryFolder();
        using (var begun = new Trainer(options, data, first))
        {
            if (start is not null) begun.Load(start);
            for (int i = 0; i < 10; i++) begun.TakeStep();
            begun.Save().Write(folder["a.ckpt"]);
        }
        using var ended = new Trainer(options, data, second);
        ended.Load(Checkpoint.Read(folder["a.ckpt"]));
        for (int i = 0; i < 10; i++) ended.TakeStep();
        return ended.Save().Tensors["generator.parameters"];
    }

    private static Device Cuda()
    {
        Assert.SkipUnless(cuda.is_available(), "this machine has no CUDA device");
        return Devices.Resolve("cuda");
    }
}
