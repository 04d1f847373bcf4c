using GanPipeline.Primitives;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

/// <summary>A host finds libtorch as it left it.</summary>
[Collection(nameof(LibtorchStateTests))]
[CollectionDefinition(nameof(LibtorchStateTests), DisableParallelization = true)]
public class LibtorchStateTests
{
    [Fact]
    public void Threads_and_random_numbers_go_on_as_if_nothing_had_been()
    {
        int threads = get_num_threads();
        manual_seed(3);
        float expected = Next();
        manual_seed(3);
        using (new LibtorchState(threads + 1))
        {
            Assert.Equal(threads + 1, get_num_threads());
            manual_seed(4);
            _ = Next();
        }
        Assert.Equal((threads, expected), (get_num_threads(), Next()));
    }

    [Fact]
    public void A_trainer_leaves_nothing_behind()
    {
        manual_seed(3);
        float expected = Next();
        manual_seed(3);
        using (Dataset data = SmallRun.Load(SmallRun.Options()))
        using (var trainer = new Trainer(SmallRun.Options(), data, CPU))
            trainer.TakeStep();
        Assert.Equal(expected, Next());
    }

    /// <summary>Nor does one that could not be made.</summary>
    [Fact]
    public void A_trainer_that_is_refused_leaves_nothing_behind()
    {
        manual_seed(3);
        float expected = Next();
        manual_seed(3);
        using (Dataset data = SmallRun.Load(SmallRun.Options()) with { ClassNames = [new string('a', 9 << 20), new string('b', 9 << 20)] })
            Assert.Throws<UserErrorException>(() => new Trainer(SmallRun.Options(), data, CPU));
        Assert.Equal(expected, Next());
    }

    /// <summary>A generator whose discriminator cannot be built is not left to the finalizers.</summary>
    [Fact]
    public void A_trainer_that_is_refused_frees_its_networks()
    {
        RunOptions options = SmallRun.Options() with { Discriminator = new DcganDiscriminatorOptions() };
        using Dataset data = SmallRun.Load(options);
        NetworkContext context = options.GeneratorContext(data.ClassNames, data.Format, CPU);
        // TorchSharp's layers leave some handles behind, whoever disposes them.
        Networks.Generator? held = null;
        long expected = Left(() => options.Generator.Build(context).Dispose()), kept = Left(() => held = options.Generator.Build(context));
        held!.Dispose();
        Assert.True(kept > expected);
        Assert.Equal(expected, Left(() => Assert.Throws<UserErrorException>(() => new Trainer(options, data, CPU))));
    }

    private static long Left(Action work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers(); // what earlier work has left
        long before = Tensor.TotalCount;
        work();
        return Tensor.TotalCount - before;
    }

    private static float Next()
    {
        using var number = rand(1);
        return number.item<float>();
    }
}
