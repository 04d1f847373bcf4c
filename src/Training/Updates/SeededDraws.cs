using GanPipeline.Primitives;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Updates;

/// <summary>The draws of a run: those of step n depend on (seed, purpose, n) alone.</summary>
public sealed class SeededDraws : Draws, IDisposable
{
    private readonly RunOptions _options;
    private readonly Dataset _data;
    private readonly BatchSampler _sampler;
    private readonly torch.Generator _random;
    private long _batch;

    /// <summary>Draws from a data set, on its device; the set is not owned.</summary>
    public SeededDraws(RunOptions options, Dataset data)
    {
        (_options, _data, _sampler) = (options, data, new BatchSampler(data, options));
        _random = new torch.Generator(0, data.Samples.device);
    }

    /// <summary>Steps in one pass over the data.</summary>
    public long StepsPerEpoch => Math.Max(1, _sampler.BatchesPerEpoch / _options.Update.BatchesPerStep);

    /// <summary>Goes to the start of a step (counted from 0), wherever it was before.</summary>
    public void Begin(long step)
    {
        manual_seed((long)SeedStream.Derive(_options.Seed, "dropout", (ulong)step)); // dropout asks the default generator
        _random.manual_seed((long)SeedStream.Derive(_options.Seed, "noise", (ulong)step));
        _batch = step * _options.Update.BatchesPerStep;
    }

    /// <inheritdoc/>
    public override RealBatch Real()
    {
        Tensor index = _sampler.Index(_batch++);
        // Generated samples take the labels of the real batch: whatever the class ratio is, D can then learn nothing from labels alone.
        return new RealBatch(_data.Batch(index), _options.Conditional ? _data.Labels?.index_select(0, index) : null);
    }

    /// <inheritdoc/>
    public override Tensor Normal(params long[] shape) => randn(shape, device: _data.Samples.device, generator: _random);

    /// <inheritdoc/>
    public override Tensor Uniform(params long[] shape) => rand(shape, device: _data.Samples.device, generator: _random);

    /// <inheritdoc/>
    public void Dispose()
    {
        _sampler.Dispose();
        _random.Dispose();
    }
}
