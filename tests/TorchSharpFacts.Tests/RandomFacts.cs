namespace GanPipeline.TorchSharpFacts.Tests;

/// <summary>Why two runs of a seed, and a run and its resumption, are equal to the bit.</summary>
public sealed class RandomFacts
{
    /// <summary>SeededDraws and BatchSampler: a step draws by its seed alone. Seeds are 64 bits of a hash: every other one is negative.</summary>
    [Fact]
    public void Seeding_a_generator_again_starts_its_stream_again()
    {
        using var random = new Generator(0, CPU);
        Tensor[] Draw(long seed)
        {
            random.manual_seed(seed);
            return [randn([5], generator: random), rand([5], generator: random), randperm(20, int64, CPU, generator: random)];
        }
        Tensor[] first = Draw(-7);
        Assert.All(first.Zip(Draw(8)), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.Equal(first, Draw(-7));
    }

    /// <summary>Trainer seeds the default generator for the first weights, SeededDraws for a step's dropout; noise has a generator of its own.</summary>
    [Fact]
    public void Weights_and_dropout_come_from_the_default_generator_which_others_leave_alone()
    {
        using Generator random = new(3, CPU), same = new(3, CPU);
        (Tensor Weight, Tensor Dropped, Tensor Noise) Draw(long seed, Generator generator)
        {
            manual_seed(seed);
            Tensor weight = nn.Linear(3, 3).weight.detach(), noise = randn([4], generator: generator);
            return (weight, nn.functional.dropout(ones(64)), noise);
        }
        var first = Draw(5, random);
        _ = randn([4], generator: random);
        Assert.Equal(first, Draw(5, same));
        var other = Draw(6, random);
        Assert.NotEqual(first.Weight, other.Weight);
        Assert.NotEqual(first.Dropped, other.Dropped);
    }
}
