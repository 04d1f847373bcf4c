using GanPipeline.Primitives;
using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using GanPipeline.Training.Objectives;
using GanPipeline.Training.Optimization;
using GanPipeline.Training.Regularizers;
using TorchSharp;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Training;

/// <summary>
/// The state of a training run and its step. Every random number of step n depends on (seed, purpose, n) alone, so the state is the weights, the optimisers'
/// moments and n; on a CPU with the same number of threads two runs are equal to the bit, and so are a run and its resumption.
/// </summary>
public sealed class Trainer : IDisposable
{
    private readonly RunOptions _options;
    private readonly Dataset _data;
    private readonly Device _device;
    private readonly BatchSampler _sampler;
    private readonly Objective _objective;
    private readonly Generator _g;
    private readonly Discriminator _d;
    private readonly FlatNetwork _generator, _discriminator, _average;
    private readonly MovingAverage? _movingAverage;
    private readonly Adam _generatorAdam, _discriminatorAdam;
    private readonly torch.Generator _random;
    private readonly Tensor _sums;
    private long _summed;

    /// <summary>Builds both networks with the seed's initial weights. The data set is copied to the device; the caller keeps its own.</summary>
    public Trainer(RunOptions options, Dataset data, Device device)
    {
        options.Validate();
        (_options, _device, _data) = (options, device, data.To(device));
        _sampler = new BatchSampler(_data, options);
        _objective = Objective.Named(options.Objective);
        NetworkContext context = options.Context(data.ClassNames, data.Format, device);
        manual_seed((long)SeedStream.Derive(options.Seed, "initial weights"));
        (_g, _d) = (options.Generator.Build(context), options.Discriminator.Build(context));
        (_generator, _discriminator, _average) = (new FlatNetwork(_g), new FlatNetwork(_d), new FlatNetwork(options.Generator.Build(context)));
        Sampler = (Generator)_average.Network;
        Sampler.eval();
        using (no_grad()) _average.Parameters.copy_(_generator.Parameters);
        if (options.Ema > 0) _movingAverage = new MovingAverage(_generator, _average, options.Ema);
        (_generatorAdam, _discriminatorAdam) = (new Adam(_generator, options.GeneratorOptimizer), new Adam(_discriminator, options.DiscriminatorOptimizer));
        _random = new torch.Generator(0, device);
        _sums = zeros(4, device: device).DetachFromDisposeScope();
    }

    /// <summary>Steps taken so far.</summary>
    public long Step { get; private set; }

    /// <summary>Steps in one epoch.</summary>
    public long StepsPerEpoch => _sampler.StepsPerEpoch;

    /// <summary>Steps of the whole run.</summary>
    public long TotalSteps => StepsPerEpoch * _options.Epochs;

    /// <summary>
    /// The generator to draw samples from, in evaluation mode: the moving average, or the trained weights as of the last <see cref="Refresh"/> where none is
    /// kept.
    /// </summary>
    public Generator Sampler { get; }

    /// <summary>One step on the samples and the noise that belong to it.</summary>
    public void TakeStep()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed((long)SeedStream.Derive(_options.Seed, "dropout", (ulong)Step));
        _random.manual_seed((long)SeedStream.Derive(_options.Seed, "noise", (ulong)Step));
        Tensor index = _sampler.Index(Step);
        // Generated samples take the labels of the real batch: whatever the class ratio is, D can then learn nothing from labels alone.
        TakeStep(_data.Batch(index), _options.Conditional ? _data.Labels?.index_select(0, index) : null, randn([_options.Batch, _options.Latent], device: _device, generator: _random));
    }

    /// <summary>
    /// One alternating step: the discriminator on real and generated samples, then the generator against the discriminator as it is now. Intermediate tensors
    /// are left to the caller's dispose scope.
    /// </summary>
    /// <param name="real">[N, ...shape] float32 in network units.</param>
    /// <param name="label">[N] int64 class indices of the real and of the generated samples, or null.</param>
    /// <param name="noise">[N, latent] float32.</param>
    internal void TakeStep(Tensor real, Tensor? label, Tensor noise)
    {
        Tensor fake = _g.call(noise, label), detached = fake.detach();
        _discriminator.Gradients.zero_();
        Tensor realLogits = _d.call(real, label).Logits, fakeLogits = _d.call(detached, label).Logits;
        Tensor discriminatorLoss = _objective.DiscriminatorLoss(realLogits, fakeLogits);
        Tensor penalized = discriminatorLoss;
        foreach (RegularizerOptions regularizer in _options.Regularizers)
            if (Step % regularizer.Every == 0) penalized = penalized + regularizer.Penalty(_d, real, detached, label);
        penalized.backward();
        _discriminatorAdam.Step();

        _generator.Gradients.zero_();
        _discriminator.RequireGradients(false); // halves the backward pass: D does not step here
        Tensor generatorLoss = _objective.GeneratorLoss(_d.call(fake, label).Logits);
        generatorLoss.backward();
        _discriminator.RequireGradients(true);
        _generatorAdam.Step();

        Step++;
        _movingAverage?.Update(Step);
        using (no_grad()) _sums.add_(stack([discriminatorLoss, generatorLoss, realLogits.sigmoid().mean(), fakeLogits.sigmoid().mean()]));
        _summed++;
    }

    /// <summary>
    /// Means over the steps since the last call: discriminator loss, generator loss, mean of sigmoid(logit) on real and on generated samples.
    /// </summary>
    /// <exception cref="UserErrorException">A mean is not finite: the run has diverged.</exception>
    public (float DiscriminatorLoss, float GeneratorLoss, float RealScore, float FakeScore) TakeMeans()
    {
        using Tensor onCpu = _sums.cpu();
        float[] sums = onCpu.data<float>().ToArray();
        if (!sums.All(float.IsFinite))
            throw new UserErrorException($"training diverged: a loss was not finite in the {_summed} steps up to step {Step}. " +
                "The last checkpoint is from before; lower the learning rates or add a regularizer.");
        float count = Math.Max(1, _summed);
        _sums.zero_();
        _summed = 0;
        return (sums[0] / count, sums[1] / count, sums[2] / count, sums[3] / count);
    }

    /// <summary>Brings <see cref="Sampler"/> up to date where no moving average is kept.</summary>
    public void Refresh()
    {
        if (_movingAverage is not null) return;
        using IDisposable noGradient = no_grad();
        _average.Parameters.copy_(_generator.Parameters);
        _average.Buffers.copy_(_generator.Buffers);
    }

    /// <summary>The whole state.</summary>
    public Checkpoint Save() => new(new CheckpointHeader
    {
        Options = Preset.ToYaml(_options), DataName = _data.Name, DataSha256 = _data.Sha256, ClassNames = _data.ClassNames,
        ClassCounts = _data.ClassCounts(), Format = _data.Format,
        Step = Step, SummedSteps = _summed, GeneratorSteps = _generatorAdam.Steps, DiscriminatorSteps = _discriminatorAdam.Steps,
    }, State());

    /// <summary>Goes on from a state that a run of the same options saved.</summary>
    public void Load(Checkpoint checkpoint)
    {
        foreach ((string name, Tensor tensor) in State()) checkpoint.CopyTo(name, tensor);
        CheckpointHeader header = checkpoint.Header;
        (Step, _summed, _generatorAdam.Steps, _discriminatorAdam.Steps) = (header.Step, header.SummedSteps, header.GeneratorSteps, header.DiscriminatorSteps);
    }

    private (string Name, Tensor Tensor)[] State() =>
    [
        ("generator.parameters", _generator.Parameters), ("generator.buffers", _generator.Buffers),
        ("generator.adam.first", _generatorAdam.FirstMoment), ("generator.adam.second", _generatorAdam.SecondMoment),
        (Checkpoint.DiscriminatorParameters, _discriminator.Parameters), (Checkpoint.DiscriminatorBuffers, _discriminator.Buffers),
        ("discriminator.adam.first", _discriminatorAdam.FirstMoment), ("discriminator.adam.second", _discriminatorAdam.SecondMoment),
        (Checkpoint.SamplerParameters, _average.Parameters), (Checkpoint.SamplerBuffers, _average.Buffers),
        ("metrics.sums", _sums),
    ];

    /// <inheritdoc/>
    public void Dispose()
    {
        _generatorAdam.Dispose();
        _discriminatorAdam.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
        _average.Dispose();
        _sampler.Dispose();
        _data.Dispose();
        _random.Dispose();
        _sums.Dispose();
    }
}
