using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using GanPipeline.Primitives;
using Microsoft.ML.OnnxRuntime;

namespace GanPipeline.Inference;

/// <summary>
/// A generator file, ready to make samples. Sample <c>i</c> of a seed has the same bits on one machine whatever the batch size, the number of threads, or
/// which other samples are generated with it. The session may be used from several threads at once: they share the network and have buffers of their own.
/// </summary>
public sealed class GeneratorSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string _path;
    private readonly ConcurrentBag<BatchRunner> _idle = [];
    private readonly ConcurrentBag<TableRunner> _idleTables = [];

    private GeneratorSession(string path, GeneratorSessionOptions options)
    {
        (_session, Info, Device) = RuntimeModel.Open(path, options);
        (_path, Batches, BatchSize) = (path, options.Batches, options.BatchSize ?? QuickBatch(Info, Device, options.Threads));
        try
        {
            CheckMemory();
        }
        catch
        {
            _session.Dispose();
            throw;
        }
    }

    /// <summary>What the file says of itself.</summary>
    public GeneratorInfo Info { get; }

    /// <summary>Where it computes: <c>cpu</c> or <c>cuda:N</c>; if <c>auto</c> fell back to the CPU, the reason follows.</summary>
    public string Device { get; }

    /// <summary>Samples that are computed together at most.</summary>
    public int BatchSize { get; }

    /// <summary>Batches that are computed at the same time.</summary>
    public int Batches { get; }

    /// <summary>Whether each sample needs a class.</summary>
    public bool IsConditional => Info.ClassNames.Count > 0;

    /// <summary>Opens a generator file. The file is not trusted: it is checked before ONNX Runtime gets it, and after.</summary>
    /// <exception cref="UserErrorException">The file is missing, too large, damaged, or no generator of ours; or the device cannot be used.</exception>
    public static GeneratorSession Open(string path, GeneratorSessionOptions? options = null) => new(path, options ?? new GeneratorSessionOptions());

    /// <summary>Makes samples <paramref name="firstSample"/>, firstSample + 1, ... of the stream of <paramref name="seed"/>.</summary>
    /// <param name="seed">Seed of the stream.</param>
    /// <param name="firstSample">Index of the first sample.</param>
    /// <param name="labels">[N] class indices; empty for a generator without classes.</param>
    /// <param name="samples">[N, ...sample shape], row-major, in the data's own units; its length says how many samples are generated.</param>
    /// <exception cref="UserErrorException">A label is outside the classes, or ONNX Runtime fails.</exception>
    public void Generate(ulong seed, ulong firstSample, ReadOnlySpan<long> labels, Span<float> samples)
    {
        var count = CountSamples(labels, samples.Length);
        Run(count, labels, samples, [], seed, firstSample);
    }

    /// <summary>Makes rows <paramref name="firstSample"/>, firstSample + 1, ... of a table, of the stream of <paramref name="seed"/>.</summary>
    /// <param name="seed">Seed of the stream.</param>
    /// <param name="firstSample">Index of the first row.</param>
    /// <param name="labels">[N] class indices; empty for a generator without classes.</param>
    /// <param name="rows">Number of rows.</param>
    /// <returns>The columns, in the order of <see cref="GeneratorInfo.Columns"/>.</returns>
    /// <exception cref="UserErrorException">It generates no rows of a table, a label is outside the classes, or ONNX Runtime fails.</exception>
    public IReadOnlyList<TableValues> GenerateRows(ulong seed, ulong firstSample, ReadOnlySpan<long> labels, int rows)
    {
        if (!Info.IsTable)
        {
            throw new UserErrorException(
                $"{_path}: generates samples of kind {Info.SampleKind}, not rows of a table; give a generator that was trained on a table");
        }

        CheckLabels(labels, rows);
        if (!_idleTables.TryTake(out var runner))
        {
            runner = new TableRunner(_path, _session, Info, BatchSize);
        }

        try
        {
            if (rows <= BatchSize)
            {
                return runner.Run(seed, firstSample, labels, rows);
            }

            var whole = Info.Columns.Select(column => column switch
            {
                { IsText: true } => new TableValues([], new string[rows]),
                { IsInteger: true } => new TableValues([], []) { Integers = new long[rows] },
                _ => new TableValues(new double[rows], []),
            }).ToArray();
            for (var first = 0; first < rows; first += BatchSize)
            {
                var count = Math.Min(BatchSize, rows - first);
                var part = runner.Run(seed, firstSample + (ulong)first, IsConditional ? labels.Slice(first, count) : [], count);
                for (var i = 0; i < part.Length; i++)
                {
                    Put(part[i].Numbers, whole[i].Numbers, first);
                    Put(part[i].Texts, whole[i].Texts, first);
                    Put(part[i].Integers, whole[i].Integers, first);
                }
            }

            return whole;
        }
        catch (OnnxRuntimeException e)
        {
            throw new UserErrorException($"{_path}: ONNX Runtime failed to run it ({RuntimeModel.FirstLine(e.Message)}); export the generator again", e);
        }
        finally
        {
            _idleTables.Add(runner);
        }

        static void Put<T>(T[] part, T[] whole, int first) => part.CopyTo(whole.AsSpan(Math.Min(first, whole.Length)));
    }

    /// <summary>Makes samples from latents that the caller has: to verify the file, or to move through the latent space.</summary>
    /// <param name="noise">[N, latent size], row-major.</param>
    /// <param name="labels">[N] class indices; empty for a generator without classes.</param>
    /// <param name="samples">[N, ...sample shape], row-major, in the data's own units.</param>
    /// <exception cref="UserErrorException">A label is outside the classes, or ONNX Runtime fails.</exception>
    public void GenerateFromNoise(ReadOnlySpan<float> noise, ReadOnlySpan<long> labels, Span<float> samples)
    {
        var count = CountSamples(labels, samples.Length);
        if (noise.Length != (long)count * Info.LatentSize)
        {
            throw new ArgumentException($"{count} samples need {count} x {Info.LatentSize} latent numbers, not {noise.Length}", nameof(noise));
        }

        Run(count, labels, samples, noise, seed: 0, firstSample: 0);
    }

    /// <summary>Makes any number of samples, one batch after the other, with memory for as many batches as are computed at a time.</summary>
    /// <param name="seed">Seed of the stream.</param>
    /// <param name="firstSample">Index of the first sample.</param>
    /// <param name="count">Number of samples.</param>
    /// <param name="labelOf">The class of the sample with a given index; null for a generator without classes.</param>
    /// <exception cref="UserErrorException">A label is outside the classes, or ONNX Runtime fails.</exception>
    public IEnumerable<SampleBatch> Stream(ulong seed, ulong firstSample, ulong count, Func<ulong, long>? labelOf = null)
    {
        CheckLabelSource(labelOf);
        if (Batches > 1)
        {
            foreach (var batch in StreamAsync(seed, firstSample, count, labelOf).ToBlockingEnumerable())
            {
                yield return batch;
            }

            yield break;
        }

        var runner = Rent();
        try
        {
            for (var done = 0UL; done < count;)
            {
                var batch = Fill(runner, seed, firstSample + done, count - done, labelOf);
                yield return batch;
                done += (ulong)batch.Count;
            }
        }
        finally
        {
            _idle.Add(runner);
        }
    }

    /// <summary>
    /// As <see cref="Stream"/>, but the next batches are computed while the caller works on the one that it has. <paramref name="labelOf"/> may be called by
    /// several threads.
    /// </summary>
    /// <exception cref="UserErrorException">A label is outside the classes, or ONNX Runtime fails.</exception>
    public async IAsyncEnumerable<SampleBatch> StreamAsync(
        ulong seed, ulong firstSample, ulong count, Func<ulong, long>? labelOf = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        CheckLabelSource(labelOf);
        var begun = 0UL;
        var ahead = new Queue<(BatchRunner Runner, Task<SampleBatch> Batch)>();
        try
        {
            BeginMore();
            while (ahead.Count > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                var batch = await ahead.Peek().Batch.ConfigureAwait(false);
                var done = ahead.Dequeue().Runner; // its batch is the caller's until the caller asks for the next
                try
                {
                    BeginMore();
                    yield return batch;
                }
                finally
                {
                    _idle.Add(done);
                }
            }
        }
        finally
        {
            foreach (var (runner, batch) in ahead)
            {
                // The caller has left early: the session must not be disposed under a batch that is still being computed, and nobody wants its result.
                await ((Task)batch).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _idle.Add(runner);
            }
        }

        void BeginMore()
        {
            for (; ahead.Count < Batches && begun < count; begun += Math.Min((ulong)BatchSize, count - begun))
            {
                var (runner, from) = (Rent(), begun);
                ahead.Enqueue((runner, Task.Run(() => Fill(runner, seed, firstSample + from, count - from, labelOf), CancellationToken.None)));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_idle.TryTake(out var runner))
        {
            runner.Dispose();
        }

        while (_idleTables.TryTake(out var tables))
        {
            tables.Dispose();
        }

        _session.Dispose();
    }

    /// <summary>Makes samples from <paramref name="noise"/>, or, where that is empty, from the stream of <paramref name="seed"/>.</summary>
    private void Run(int count, ReadOnlySpan<long> labels, Span<float> samples, ReadOnlySpan<float> noise, ulong seed, ulong firstSample)
    {
        var runner = Rent();
        try
        {
            for (var first = 0; first < count; first += BatchSize)
            {
                var rows = Math.Min(BatchSize, count - first);
                if (noise.IsEmpty)
                {
                    GaussianNoise.Fill(seed, firstSample + (ulong)first, Info.LatentSize, runner.Noise(rows));
                }
                else
                {
                    noise.Slice(first * Info.LatentSize, rows * Info.LatentSize).CopyTo(runner.Noise(rows));
                }

                if (IsConditional)
                {
                    labels.Slice(first, rows).CopyTo(runner.Labels(rows).Span);
                }

                Compute(runner, rows);
                runner.Samples(rows).Span.CopyTo(samples[(first * Info.SampleSize)..]);
            }
        }
        finally
        {
            _idle.Add(runner);
        }
    }

    /// <summary>A batch is held in arrays, and a small file can claim samples of any size.</summary>
    private void CheckMemory()
    {
        const string Remedy = "choose a smaller batch (--batch), or a smaller generator";
        var what = $"{_path}: a batch of {BatchSize} samples of {Info.SampleSize} numbers, generated from {Info.LatentSize}";
        var bytes = sizeof(float) * (long)ArrayLimit.Check((Int128)BatchSize * ((long)Info.LatentSize + Info.SampleSize), what, Remedy);
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (bytes > available)
        {
            throw new UserErrorException($"{what}, takes {bytes >> 20} MB, and there are {available >> 20} MB of memory; {Remedy}");
        }
    }

    /// <summary>
    /// Many small samples, to spread what a run costs beside its computing; of large ones as many as stay in the threads' caches with what the layers make
    /// between them: 64 digits on a thread, which take 7 % less time each than 256 at once.
    /// </summary>
    private static int QuickBatch(GeneratorInfo info, string device, int threads)
    {
        const int Many = 256, Few = 16, NumbersOfThread = 1 << 16;
        var fitting = (long)NumbersOfThread * threads / (info.LatentSize + info.SampleSize);
        return device.StartsWith("cuda", StringComparison.Ordinal) ? Many : (int)Math.Clamp(fitting / Few * Few, Few, Many); // a runner pads to whole sixteens
    }

    /// <summary>Buffers for one batch, to be put back into <see cref="_idle"/>.</summary>
    private BatchRunner Rent() => _idle.TryTake(out var runner) ? runner : new BatchRunner(_session, Info, BatchSize);

    /// <summary>Makes the next batch of a stream where <paramref name="runner"/> keeps it; rows of a table are new ones each time.</summary>
    private SampleBatch Fill(BatchRunner runner, ulong seed, ulong firstSample, ulong remaining, Func<ulong, long>? labelOf)
    {
        var rows = (int)Math.Min((ulong)BatchSize, remaining);
        var labels = runner.Labels(rows);
        for (var i = 0; i < labels.Length; i++)
        {
            labels.Span[i] = labelOf!(firstSample + (ulong)i);
        }

        if (Info.IsTable)
        {
            return new SampleBatch(firstSample, rows, labels, default) { Columns = GenerateRows(seed, firstSample, labels.Span, rows) };
        }

        CheckLabels(labels.Span, rows);
        GaussianNoise.Fill(seed, firstSample, Info.LatentSize, runner.Noise(rows));
        Compute(runner, rows);
        return new SampleBatch(firstSample, rows, labels, runner.Samples(rows));
    }

    private void Compute(BatchRunner runner, int rows)
    {
        try
        {
            runner.Run(rows);
        }
        catch (OnnxRuntimeException e)
        {
            throw new UserErrorException($"{_path}: ONNX Runtime failed to run it ({RuntimeModel.FirstLine(e.Message)}); export the generator again", e);
        }
    }

    private int CountSamples(ReadOnlySpan<long> labels, int numbers)
    {
        if (Info.IsTable)
        {
            throw new UserErrorException($"{_path}: generates rows of a table with columns of their own, where samples of numbers are wanted; give a " +
                $"generator of another kind");
        }

        var count = numbers / Info.SampleSize;
        if (count * Info.SampleSize != numbers)
        {
            throw new ArgumentException($"{numbers} numbers are no whole number of samples of {Info.SampleSize}", nameof(numbers));
        }

        CheckLabels(labels, count);
        return count;
    }

    private void CheckLabels(ReadOnlySpan<long> labels, int count)
    {
        if (labels.Length != (IsConditional ? count : 0))
        {
            throw new ArgumentException(
                IsConditional ? $"{count} samples need {count} labels, not {labels.Length}" : "this generator has no classes, so it takes no labels",
                    nameof(labels));
        }

        for (var i = 0; i < labels.Length; i++)
        {
            if ((ulong)labels[i] >= (ulong)Info.ClassNames.Count)
            {
                throw new UserErrorException($"{_path}: label {labels[i]} of sample {i} is outside its {Info.ClassNames.Count} classes; use {ClassList()}");
            }
        }
    }

    private string ClassList()
    {
        var names = Info.ClassNames.Take(20).Select((name, i) => $"{i} ({name})");
        return string.Join(", ", names) + (Info.ClassNames.Count > 20 ? $", ... {Info.ClassNames.Count - 1}" : "");
    }

    private void CheckLabelSource(Func<ulong, long>? labelOf)
    {
        if (labelOf is null == IsConditional)
        {
            throw new ArgumentException(IsConditional ? "this generator has classes: say which class each sample is" : "this generator has no classes",
                nameof(labelOf));
        }
    }
}
