using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.TorchSharpFacts.Tests.Core;

public class RandomTests
{
    /// <summary>Numbers that PyTorch gives for the same seeds on the CPU.</summary>
    [Fact]
    public void SeedsMeanWhatTheyMeanInPyTorch()
    {
        manual_seed(0);
        Assert.Equal([0.4963, 0.7682, 0.0885], rand(3).data<float>().ToArray().Select(v => Math.Round(v, 4)));
        manual_seed(42);
        Assert.Equal([0.3367, 0.1288, 0.2345], randn(3).data<float>().ToArray().Select(v => Math.Round(v, 4)));
    }

    [Fact]
    public void AGeneratorIsAStreamOfItsOwn()
    {
        using var a = new Generator(7);
        using var b = new Generator(7);
        Tensor first = randn(4, generator: a);
        manual_seed(1); // does not touch it
        Tensor second = randn(4, generator: a);
        Assert.Equal(first, randn(4, generator: b));
        Assert.Equal(second, randn(4, generator: b));
        Assert.NotEqual(first, second);
        Assert.Equal(7, a.initial_seed());
        Assert.Equal(first, zeros(4).normal_(generator: new Generator(7)));
    }

    [Fact]
    public void StateCanBeSavedAndRestored()
    {
        using var generator = new Generator(3);
        _ = rand(5, generator: generator);
        Tensor state = generator.get_state();
        Assert.Equal(ScalarType.Byte, state.dtype);
        Tensor next = rand(5, generator: generator);
        generator.set_state(state);
        Assert.Equal(next, rand(5, generator: generator));

        manual_seed(5);
        Tensor global = get_rng_state();
        Tensor drawn = randn(3);
        set_rng_state(global);
        Assert.Equal(drawn, randn(3));
    }

    [Fact]
    public void ReseedingRepeats()
    {
        using var generator = new Generator();
        Assert.Same(generator, generator.manual_seed(11));
        Tensor first = randperm(20, generator: generator);
        generator.manual_seed(11);
        Assert.Equal(first, randperm(20, generator: generator));
        Assert.Equal(arange(20), first.sort().Item1);
    }

    [Fact]
    public void Distributions()
    {
        using var generator = new Generator(1);
        Tensor u = empty(10000).uniform_(2, 3, generator);
        Assert.InRange(u.min().item<float>(), 2f, 2.01f);
        Assert.InRange(u.max().item<float>(), 2.99f, 3f);
        Tensor n = empty(10000).normal_(1, 2, generator);
        Assert.Equal(1, n.mean().item<float>(), 0.1f);
        Assert.Equal(2, n.std().item<float>(), 0.1f);
        Tensor k = randint(3, 6, new long[] { 1000 }, generator: generator);
        Assert.Equal([3L, 4L, 5L], k.unique().output.data<long>().ToArray());
        Tensor picks = tensor(new float[] { 0, 1, 0 }).multinomial(5, replacement: true, generator);
        Assert.Equal([1L, 1L, 1L, 1L, 1L], picks.data<long>().ToArray());
        Tensor coins = full(1000, 0.25f).bernoulli(generator);
        Assert.InRange(coins.sum().item<float>(), 190f, 310f);
    }
}
