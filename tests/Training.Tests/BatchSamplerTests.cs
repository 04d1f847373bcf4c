using GanPipeline.Primitives;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

public class BatchSamplerTests
{
    private static readonly RunOptions Options = SmallRun.Options();

    [Fact]
    public void An_epoch_takes_each_sample_at_most_once_and_leaves_less_than_a_batch()
    {
        using Dataset data = SmallRun.Load(Options);
        using var sampler = new BatchSampler(data, Options);
        Assert.Equal(SmallRun.BatchesPerEpoch, sampler.BatchesPerEpoch);
        long[][] epochs = [.. Enumerable.Range(0, 3).Select(e => Enumerable.Range(0, 11).SelectMany(s => Index(sampler, e * 11 + s)).ToArray())];
        foreach (long[] epoch in epochs)
        {
            Assert.Equal(11 * 16, epoch.Distinct().Count());
            Assert.All(epoch, i => Assert.InRange(i, 0, 189));
        }
        Assert.NotEqual(epochs[0], epochs[1]);
        Assert.NotEqual(epochs[1], epochs[2]);
        Assert.Equal(190, epochs.SelectMany(e => e).Distinct().Count()); // what one epoch leaves out comes in another
    }

    [Theory]
    [InlineData(nameof(Sampling.Shuffle))]
    [InlineData(nameof(Sampling.Balanced))]
    public void A_batch_depends_on_seed_and_step_alone(string sampling)
    {
        RunOptions options = Options with { Sampling = Enum.Parse<Sampling>(sampling) };
        using Dataset data = SmallRun.Load(options);
        using BatchSampler forward = new(data, options), jumping = new(data, options), other = new(data, options with { Seed = 8 });
        long[][] batches = [.. Enumerable.Range(0, 40).Select(s => Index(forward, s))];
        foreach (int step in (int[])[39, 0, 11, 10, 39, 22, 5]) Assert.Equal(batches[step], Index(jumping, step));
        Assert.NotEqual(batches[0], Index(other, 0));
        Assert.Equal(40, batches.Select(b => string.Join(' ', b)).Distinct().Count());
    }

    [Fact]
    public void Balanced_batches_hold_all_classes_alike()
    {
        var options = Options with { Sampling = Sampling.Balanced, Batch = 7 };
        using Dataset data = WithLabels([.. Enumerable.Repeat(0L, 500), .. Enumerable.Repeat(2L, 3), .. Enumerable.Repeat(1L, 40)], ["a", "b", "c"]);
        long[] labels = data.Labels!.data<long>().ToArray();
        using var sampler = new BatchSampler(data, options);
        long[] total = new long[3], drawn = new long[543];
        for (int step = 0; step < 300; step++)
        {
            long[] counts = new long[3];
            foreach (long i in Index(sampler, step))
            {
                counts[labels[i]]++;
                drawn[i]++;
            }
            Assert.InRange(counts.Max() - counts.Min(), 0, 1);
            for (int c = 0; c < 3; c++) total[c] += counts[c];
        }
        Assert.Equal([700, 700, 700], total);
        Assert.All(drawn[500..503], n => Assert.InRange(n, 150, 320)); // three samples share 700 draws
        Assert.All(drawn[503..], n => Assert.InRange(n, 1, 60)); // forty share them
    }

    [Fact]
    public void Data_that_cannot_be_sampled_get_a_sentence()
    {
        using Dataset data = SmallRun.Load(Options);
        Assert.Contains("190 samples, fewer than one batch of 191", Refused(data, Options with { Batch = 191 }));
        using Dataset empty = WithLabels([.. Enumerable.Repeat(0L, 20)], ["a", "b"]);
        Assert.Contains("class 'b'", Refused(empty, Options with { Sampling = Sampling.Balanced }));
        Dataset unlabelled = data with { Labels = null, ClassNames = [] };
        Assert.Contains("has no classes; use shuffle", Refused(unlabelled, Options with { Sampling = Sampling.Balanced }));
    }

    private static string Refused(Dataset data, RunOptions options) => Assert.Throws<UserErrorException>(() => new BatchSampler(data, options)).Message;

    private static Dataset WithLabels(long[] labels, string[] names) =>
        new("test", "0123456789abcdef", zeros(labels.Length, 2), tensor(labels), names, new SampleFormat(SampleFormat.Points, [2], 1, 0));

    private static long[] Index(BatchSampler sampler, long step)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor index = sampler.Index(step);
        return index.contiguous().data<long>().ToArray();
    }
}
