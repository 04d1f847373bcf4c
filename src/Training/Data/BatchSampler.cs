using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Data;

/// <summary>Chooses the samples of each batch. What it chooses depends on (seed, number of the batch) alone, so a resumed run goes on exactly where it
/// stopped.</summary>
internal sealed class BatchSampler : IDisposable
{
    private readonly Dataset _data;
    private readonly RunOptions _options;
    private readonly Generator _random = new(0, CPU);
    private readonly Tensor? _byClass, _starts, _counts, _cumulative;
    private Tensor? _order;
    private long _orderEpoch = -1;

    /// <summary>A sampler over a data set, which it does not own.</summary>
    /// <exception cref="UserErrorException">The set is smaller than a batch, has an empty class, or has no classes to balance.</exception>
    public BatchSampler(Dataset data, RunOptions options)
    {
        (_data, _options) = (data, options);
        if (options.Sampling is Sampling.Shuffle or Sampling.Poisson && data.Count < options.Batch)
            throw new UserErrorException(
                $"the data set '{data.Name}' has {data.Count} samples, fewer than one batch of {options.Batch}; choose a smaller 'batch'.");
        if (options.Sampling is Sampling.Shuffle or Sampling.Poisson) return;
        if (data.Labels is null) throw new UserErrorException($"'sampling' takes classes apart, but the data set '{data.Name}' has no classes; use shuffle.");
        long[] counts = data.ClassCounts();
        int empty = Array.IndexOf(counts, 0);
        if (empty >= 0)
            throw new UserErrorException(
                $"class '{data.ClassNames[empty]}' of the data set '{data.Name}' has no sample; 'sampling: balanced' needs at least one of each class.");
        long[] starts = new long[counts.Length];
        for (int i = 1; i < starts.Length; i++) starts[i] = starts[i - 1] + counts[i - 1];
        using (NewDisposeScope()) _byClass = data.Labels.cpu().argsort(0).DetachFromDisposeScope();
        double[] cumulative = Array.ConvertAll(counts, n => Math.Log(1 + n));
        double total = cumulative.Sum();
        for (int i = 0, last = counts.Length - 1; i <= last; i++) cumulative[i] = i == last ? 1 : cumulative[i] / total + (i > 0 ? cumulative[i - 1] : 0);
        _cumulative = tensor(cumulative).DetachFromDisposeScope();
        (_starts, _counts) = (tensor(starts).DetachFromDisposeScope(), tensor(counts).DetachFromDisposeScope());
    }

    /// <summary>Whole batches in one pass over the data; the samples left over come in other epochs, since each has its own order.</summary>
    public long BatchesPerEpoch => Math.Max(1, _data.Count / _options.Batch);

    /// <summary>[batch] int64, on the data's device: the samples of a batch (counted from 0). The tensor is left to the caller's dispose scope.</summary>
    public Tensor Index(long batch)
    {
        Tensor index = _options.Sampling switch { Sampling.Shuffle => NextOfOrder(batch), Sampling.Poisson => EachByItself(batch), _ => ByClass(batch) };
        return index.to(_data.Samples.device);
    }

    private Tensor NextOfOrder(long batch)
    {
        long epoch = batch / BatchesPerEpoch;
        if (epoch != _orderEpoch)
        {
            _order?.Dispose();
            _order = randperm(_data.Count, int64, CPU, generator: Seeded("order", epoch)).DetachFromDisposeScope();
            _orderEpoch = epoch;
        }
        return _order!.narrow(0, batch % BatchesPerEpoch * _options.Batch, _options.Batch);
    }

    private Tensor ByClass(long batch)
    {
        // Slot i of a batch holds class i mod C, and each slot any sample of its class: no class is ever missing from a batch that has room for all.
        Generator random = Seeded("balanced", batch);
        Tensor classes = _options.Sampling == Sampling.Balanced
            ? Held.Range(batch * _options.Batch, (batch + 1) * _options.Batch, int64).Modulo(_data.ClassNames.Count)
            : rand(_options.Batch, 1, float64, CPU, generator: random).gt(_cumulative!).sum(1);
        Tensor place = rand(_options.Batch, float64, CPU, generator: random).mul_(_counts!.index_select(0, classes)).to_type(int64);
        return _byClass!.index_select(0, place.Add(_starts!.index_select(0, classes)));
    }

    private Tensor EachByItself(long batch)
    {
        // Which rows a step saw is part of what privacy rests on: all 64 bits of the seed count, of which libtorch's generator takes 32.
        var random = new RandomStream(SeedStream.Derive(_options.Seed, "poisson", (ulong)batch));
        long rows = _data.Count;
        double rate = (double)_options.Batch / rows;
        var chosen = new List<long>();
        for (long row = 0; row < rows; row++)
            if (random.NextDouble() < rate) chosen.Add(row);
        return tensor(chosen.ToArray());
    }

    private Generator Seeded(string purpose, long index)
    {
        _random.manual_seed((long)SeedStream.Derive(_options.Seed, purpose, (ulong)index));
        return _random;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _random.Dispose();
        _order?.Dispose();
        _byClass?.Dispose();
        _starts?.Dispose();
        _counts?.Dispose();
        _cumulative?.Dispose();
    }
}
