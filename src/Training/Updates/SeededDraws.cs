using GanPipeline.Training.Data;
using TorchSharp;

namespace GanPipeline.Training.Updates;

/// <summary>The draws of a run: those of step n depend on (seed, purpose, n) alone.</summary>
internal sealed class SeededDraws : Draws, IDisposable
{
    private readonly RunOptions _options;
    private readonly Dataset _data;
    private readonly BatchSampler _sampler;
    private readonly torch.Generator _random;
    private long _batch;
    private ulong _privacySeed, _privacyDrawn;

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
        (_privacySeed, _privacyDrawn) = (SeedStream.Derive(_options.Seed, "privacy noise", (ulong)step), 0);
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
    /// <remarks>
    /// libtorch's generator takes 32 bits of a seed, which can be tried out; this one takes 64. Each number is half the sum of four (after Holohan and Braghin
    /// 2021, "Secure random sampling in differential privacy"): its tails reach 12.6 deviations instead of 6.3, and it cannot be traced back to one draw.
    /// </remarks>
    public override Tensor PrivacyNoise(params long[] shape)
    {
        const int Summed = 4, Part = 1 << 14;
        float[] noise = new float[ArrayLimit.Check(shape.Aggregate((Int128)1, (product, n) => product * n), "the noise of a step", "make D smaller")];
        float[] drawn = new float[Summed * Math.Min(Part, noise.Length)];
        for (int first = 0; first < noise.Length; first += Part)
        {
            Span<float> part = noise.AsSpan(first, Math.Min(Part, noise.Length - first)), from = drawn.AsSpan(0, Summed * part.Length);
            GaussianNoise.Fill(_privacySeed, _privacyDrawn + (ulong)first, Summed, from);
            for (int i = 0; i < part.Length; i++)
                part[i] = (float)(0.5 * ((double)from[Summed * i] + from[Summed * i + 1] + from[Summed * i + 2] + from[Summed * i + 3]));
        }
        _privacyDrawn += (ulong)noise.Length;
        return tensor(noise, shape, device: _data.Samples.device);
    }

    /// <inheritdoc/>
    public override Tensor Uniform(params long[] shape) => rand(shape, device: _data.Samples.device, generator: _random);

    /// <inheritdoc/>
    public void Dispose()
    {
        _sampler.Dispose();
        _random.Dispose();
    }
}
