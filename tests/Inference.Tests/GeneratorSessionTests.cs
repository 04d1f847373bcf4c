using GanPipeline.Primitives;

namespace GanPipeline.Inference.Tests;

public class GeneratorSessionTests
{
    private static readonly TestModel Model = new();

    [Fact]
    public void A_file_tells_what_it_was_told()
    {
        using var folder = new TemporaryFolder();
        using var session = GeneratorSession.Open(folder.Make("g.onnx", Model.ToBytes()));
        Assert.Equivalent(Model.Info, session.Info, strict: true);
        Assert.Equal("cpu", session.Device);
        Assert.True(session.IsConditional);
        Assert.Equal("test", session.Info.System);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Samples_are_what_the_graph_computes(int count)
    {
        using var folder = new TemporaryFolder();
        using var session = GeneratorSession.Open(folder.Make("g.onnx", Model.ToBytes()));
        var noise = new float[count * Model.LatentSize];
        GaussianNoise.Fill(3, 0, Model.LatentSize, noise);
        var labels = Labels(count);
        var samples = new float[count * Model.SampleSize];
        session.GenerateFromNoise(noise, labels, samples);
        Assert.All(samples.Zip(Model.Expected(noise, labels)), pair => Assert.Equal(pair.Second, pair.First, 1e-4));
    }

    [Fact]
    public void A_generator_without_classes_takes_no_labels()
    {
        var model = new TestModel { Classes = 0, SampleShape = [2] };
        using var folder = new TemporaryFolder();
        using var session = GeneratorSession.Open(folder.Make("g.onnx", model.ToBytes()));
        Assert.False(session.IsConditional);
        var samples = new float[5 * 2];
        session.Generate(1, 0, [], samples);
        var noise = new float[5 * 3];
        GaussianNoise.Fill(1, 0, 3, noise);
        Assert.All(samples.Zip(model.Expected(noise, [])), pair => Assert.Equal(pair.Second, pair.First, 1e-4));
        Assert.Throws<ArgumentException>(() => session.Generate(1, 0, new long[5], samples));
        Assert.Throws<ArgumentException>(() => session.Stream(1, 0, 5, i => 0).Count());
    }

    /// <summary>As large as the networks of real presets, because ONNX Runtime picks its method by size.</summary>
    [Fact]
    public void Samples_have_the_same_bits_however_they_are_cut_and_on_any_number_of_threads()
    {
        var model = new TestModel { LatentSize = 100, Classes = 10, SampleShape = [1, 28, 28] };
        using var folder = new TemporaryFolder();
        var path = folder.Make("g.onnx", model.ToBytes());
        const int Count = 300;
        float[] Make(int batchSize, int threads, int step)
        {
            using var session = GeneratorSession.Open(path, new GeneratorSessionOptions { BatchSize = batchSize, Threads = threads });
            var all = new float[Count * model.SampleSize];
            for (var first = 0; first < Count; first += step)
            {
                var rows = Math.Min(step, Count - first);
                session.Generate(9, 1000 + (ulong)first, Labels(Count).AsSpan(first, rows), all.AsSpan(first * model.SampleSize, rows * model.SampleSize));
            }

            return all;
        }

        var expected = Make(256, 1, Count);
        foreach (var (batch, threads, step) in new[] { (1, 1, Count), (7, 2, Count), (64, 2, Count), (300, 3, Count), (256, 1, 1), (256, 2, 33) })
        {
            Assert.True(expected.AsSpan().SequenceEqual(Make(batch, threads, step)), $"batch size {batch}, {threads} threads, {step} at a time");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Streams_give_the_same_samples_in_batches(int batchesAtOnce)
    {
        using var folder = new TemporaryFolder();
        using var session = GeneratorSession.Open(folder.Make("g.onnx", Model.ToBytes()),
            new GeneratorSessionOptions { BatchSize = 10, Batches = batchesAtOnce });
        var whole = new float[25 * Model.SampleSize];
        session.Generate(5, 40, [.. Enumerable.Range(40, 25).Select(i => i % 4L)], whole);

        List<float> streamed = [], streamedAsync = [];
        var sizes = new List<int>();
        foreach (var batch in session.Stream(5, 40, 25, i => (long)(i % 4)))
        {
            Assert.Equal(40UL + (ulong)sizes.Sum(), batch.FirstSample);
            Assert.Equal((long)(batch.FirstSample % 4), batch.Labels.Span[0]);
            sizes.Add(batch.Labels.Length);
            streamed.AddRange(batch.Samples.Span);
        }

        await foreach (var batch in session.StreamAsync(5, 40, 25, i => (long)(i % 4)))
        {
            await Task.Yield();
            streamedAsync.AddRange(batch.Samples.Span);
        }

        Assert.Equal([10, 10, 5], sizes);
        Assert.Equal(whole, streamed);
        Assert.Equal(whole, streamedAsync);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_stream_can_be_left_or_cancelled_half_way(int batchesAtOnce)
    {
        using var folder = new TemporaryFolder();
        using var session = GeneratorSession.Open(folder.Make("g.onnx", Model.ToBytes()),
            new GeneratorSessionOptions { BatchSize = 10, Batches = batchesAtOnce });
        await foreach (var batch in session.StreamAsync(5, 0, 1_000_000, _ => 0))
        {
            break;
        }

        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (var batch in session.StreamAsync(5, 0, 1_000_000, _ => 0, cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });
    }

    [Fact]
    public void Several_threads_may_use_one_session()
    {
        using var folder = new TemporaryFolder();
        using var session = GeneratorSession.Open(folder.Make("g.onnx", Model.ToBytes()), new GeneratorSessionOptions { Threads = 1 });
        var expected = new float[500 * Model.SampleSize];
        session.Generate(1, 0, Labels(500), expected);
        Parallel.For(0, 16, _ =>
        {
            var samples = new float[expected.Length];
            session.Generate(1, 0, Labels(500), samples);
            Assert.Equal(expected, samples);
        });
    }

    [Fact]
    public void Generating_allocates_nothing_once_it_is_warm()
    {
        using var folder = new TemporaryFolder();
        using var session = GeneratorSession.Open(folder.Make("g.onnx", Model.ToBytes()), new GeneratorSessionOptions { Threads = 1 });
        var labels = Labels(1000);
        var samples = new float[1000 * Model.SampleSize];
        for (var i = 0; i < 5; i++)
        {
            session.Generate(1, 0, labels, samples);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            session.Generate(1, 0, labels, samples);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * 200); // 400 batches
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    [InlineData(long.MaxValue)]
    public void A_label_outside_the_classes_is_a_sentence_with_the_class_list(long label)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Make("g.onnx", Model.ToBytes());
        using var session = GeneratorSession.Open(path);
        var error = Assert.Throws<UserErrorException>(() => session.Generate(1, 0, [0, label], new float[2 * Model.SampleSize]));
        Assert.Equal($"{path}: label {label} of sample 1 is outside its 4 classes; use 0 (class-0), 1 (class-1), 2 (class-2), 3 (class-3)", error.Message);
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        using var folder = new TemporaryFolder();
        using var session = GeneratorSession.Open(folder.Make("g.onnx", Model.ToBytes()));
        Assert.Throws<ArgumentException>(() => session.Generate(1, 0, [0], new float[7]));
        Assert.Throws<ArgumentException>(() => session.Generate(1, 0, [0], new float[12]));
        Assert.Throws<ArgumentException>(() => session.GenerateFromNoise(new float[4], [0], new float[6]));
        Assert.Throws<ArgumentException>(() => session.Stream(1, 0, 1).Count());
    }

    [Fact]
    public void A_device_that_is_not_there_is_a_sentence_and_auto_says_what_it_fell_back_to()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Make("g.onnx", Model.ToBytes());
        Assert.Contains("unknown", Assert.Throws<UserErrorException>(() => GeneratorSession.Open(path, new GeneratorSessionOptions { Device = "gpu" }))
            .Message);
        using var session = GeneratorSession.Open(path, new GeneratorSessionOptions { Device = "auto" });
        Assert.SkipWhen(session.Device == "cuda:0", "this machine has a CUDA device, so its absence cannot be tested");
        Assert.StartsWith("cpu (no CUDA: ", session.Device);
        var error = Assert.Throws<UserErrorException>(() => GeneratorSession.Open(path, new GeneratorSessionOptions { Device = "cuda" }));
        Assert.StartsWith("device 'cuda' cannot be used: ", error.Message);
    }

    [Theory]
    [InlineData(null, 1, 2, 256)]
    [InlineData(null, 1, 28 * 28, 64)]
    [InlineData(null, 2, 28 * 28, 144)]
    [InlineData(null, 1, 3 * 64 * 64, 16)]
    [InlineData(1000, 1, 3 * 64 * 64, 1000)]
    public void Large_samples_are_computed_in_smaller_batches_unless_told_otherwise(int? wanted, int threads, int numbers, int expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Make("g.onnx", new TestModel { LatentSize = 100, SampleShape = [numbers] }.ToBytes());
        using var session = GeneratorSession.Open(path, new GeneratorSessionOptions { BatchSize = wanted, Threads = threads });
        Assert.Equal(expected, session.BatchSize);
        Assert.Equal(Math.Min(expected, 300), session.Stream(1, 0, 300, _ => 0).First().Count);
    }

    [Fact]
    public void Options_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GeneratorSessionOptions { BatchSize = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GeneratorSessionOptions { Threads = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GeneratorSessionOptions { MaxFileBytes = 0 });
    }

    private static long[] Labels(int count) => [.. Enumerable.Range(0, count).Select(i => i % 4L)];
}
