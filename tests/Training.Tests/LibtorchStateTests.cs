using GanPipeline.Primitives;
using GanPipeline.Training.Data;
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

    private static float Next()
    {
        using var number = rand(1);
        return number.item<float>();
    }
}
