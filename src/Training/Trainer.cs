using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Data;
using GanPipeline.Training.Metrics;
using GanPipeline.Training.Networks;
using GanPipeline.Training.Optimization;
using GanPipeline.Training.Updates;
using TorchSharp;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Training;

/// <summary>
/// The state of a training run. Every random number of step n depends on (seed, purpose, n) alone, so the state is the weights, the optimisers' moments and n;
/// on a CPU with the same number of threads two runs are equal to the bit, and so are a run and its resumption. The step itself is the update scheme's
/// (<see cref="UpdateOptions.Step"/>).
/// </summary>
internal sealed class Trainer : IDisposable
{
    private readonly RunOptions _options;
    private readonly Dataset _data;
    private readonly SeededDraws _draws;
    private readonly GanPair _pair;
    private readonly FlatNetwork _average;
    private readonly MovingAverage? _movingAverage;
    private readonly StepLog _log;
    private readonly LibtorchState _before = new();

    /// <summary>Builds both networks with the seed's initial weights. The data set is brought to the device; the caller keeps its own.</summary>
    /// <exception cref="UserErrorException">The options do not go together or with the data, or nothing can be trained on these.</exception>
    public Trainer(RunOptions options, Dataset data, Device device)
    {
        try
        {
            options.Validate();
            options.Check(data.Format);
            if (data.Problem is { } problem) throw new UserErrorException(problem);
            Devices.SetPrecision(options.Precision, device);
            (_options, _data) = (options, data.To(device));
            _draws = new SeededDraws(options, _data);
            NetworkContext context = options.GeneratorContext(data.ClassNames, data.Format, device);
            manual_seed((long)SeedStream.Derive(options.Seed, "initial weights"));
            _pair = Pair(options, context, options.DiscriminatorContext(data.ClassNames, data.Format, device));
            _average = new FlatNetwork(options.Generator.Build(context));
            Sampler = (Generator)_average.Network;
            Sampler.eval();
            using (no_grad()) _average.Parameters.copy_(_pair.Generator.Network.Parameters);
            if (options.Ema > 0) _movingAverage = new MovingAverage(_pair.Generator.Network, _average, options.Ema);
            _log = new StepLog(_pair.Objective);
            Checkpoint.CheckWritable(Header(), State().Max(s => s.Tensor.numel()));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private static GanPair Pair(RunOptions options, NetworkContext forGenerator, NetworkContext forDiscriminator)
    {
        Generator generator = options.Generator.Build(forGenerator);
        Discriminator? discriminator = null;
        try
        {
            discriminator = options.Discriminator.Build(forDiscriminator);
            return new GanPair(options, generator, discriminator);
        }
        catch
        {
            generator.Dispose();
            discriminator?.Dispose();
            throw;
        }
    }

    /// <summary>Steps taken so far.</summary>
    public long Step { get; private set; }

    /// <summary>The best quality measured so far; whoever measures keeps it up to date.</summary>
    public BestSoFar Best { get; set; } = new();

    /// <summary>Steps in one epoch: a pass over the data, or, where the options say how many steps the run has, one of that many equal parts.</summary>
    public long StepsPerEpoch => _options.Steps > 0 ? (_options.Steps + _options.Epochs - 1) / _options.Epochs : _draws.StepsPerEpoch;

    /// <summary>Steps of the whole run.</summary>
    public long TotalSteps => StepsPerEpoch * _options.Epochs;

    /// <summary>
    /// The generator to draw samples from, in evaluation mode: the moving average, or the trained weights as of the last <see cref="Refresh"/> where none is
    /// kept.
    /// </summary>
    public Generator Sampler { get; }

    /// <summary>The step sizes of the next step, of D and of G.</summary>
    public (double Discriminator, double Generator) LearningRates => (_pair.Discriminator.LearningRate(Epoch), _pair.Generator.LearningRate(Epoch));

    private double Epoch => (double)Step / StepsPerEpoch;

    /// <summary>Trains without a run folder, and brings <see cref="Sampler"/> up to date.</summary>
    /// <param name="steps">Steps after which it ends.</param>
    /// <param name="report">Hears about twenty times, evenly, the means over the steps since it heard them last.</param>
    /// <param name="stop">Ends it before.</param>
    /// <exception cref="UserErrorException">A step has diverged; the message names it.</exception>
    public void Train(long steps, Action<StepMeans> report, CancellationToken stop)
    {
        const int Reports = 20;
        while (Step < steps)
        {
            stop.ThrowIfCancellationRequested();
            TakeStep();
            if (Step * Reports / steps > (Step - 1) * Reports / steps) report(TakeMeans());
        }
        Refresh();
    }

    /// <summary>One step on the samples and the noise that belong to it.</summary>
    public void TakeStep()
    {
        _draws.Begin(Step);
        TakeStep(_draws);
    }

    /// <summary>One step on what the draws give.</summary>
    internal void TakeStep(Draws draws)
    {
        using DisposeScope scope = NewDisposeScope();
        (_pair.Step, _pair.Epoch) = (Step, Epoch);
        StepResult result = _options.Update.Step(_pair, draws);
        Step++;
        _movingAverage?.Update(Step);
        _log.Add(Step, result, _pair.Discriminator.GradientNorm!, _pair.Generator.GradientNorm!);
    }

    /// <summary>Means over the steps since the last call.</summary>
    /// <exception cref="UserErrorException">A step has diverged; the message names it.</exception>
    public StepMeans TakeMeans() => _log.Take();

    /// <summary>Brings <see cref="Sampler"/> up to date where no moving average is kept.</summary>
    public void Refresh()
    {
        if (_movingAverage is not null) return;
        using IDisposable noGradient = no_grad();
        _average.Parameters.copy_(_pair.Generator.Network.Parameters);
        _average.Buffers.copy_(_pair.Generator.Network.Buffers);
    }

    /// <summary>The whole state.</summary>
    /// <exception cref="UserErrorException">A step has diverged: this state is not worth keeping.</exception>
    public Checkpoint Save() => new(Header(), State());

    private CheckpointHeader Header()
    {
        (double[] sums, long summed) = _log.State();
        return new CheckpointHeader
        {
            Options = Preset.ToYaml(_options),
            DataName = _data.Name,
            DataSha256 = _data.Sha256,
            ClassNames = _data.ClassNames,
            ClassCounts = _data.ClassCounts(),
            Format = _data.Format,
            Step = Step,
            MetricSums = sums,
            SummedSteps = summed,
            Best = Best,
            GeneratorSteps = _pair.Generator.Adam.Steps,
            DiscriminatorSteps = _pair.Discriminator.Adam.Steps,
        };
    }

    /// <summary>Goes on from a state that a run of the same options saved.</summary>
    public void Load(Checkpoint checkpoint)
    {
        foreach ((string name, Tensor tensor) in State()) checkpoint.CopyTo(name, tensor);
        _pair.Discriminator.Rule?.Restore();
        CheckpointHeader header = checkpoint.Header;
        _log.Restore([.. header.MetricSums], header.SummedSteps);
        Best = header.Best;
        (Step, _pair.Generator.Adam.Steps, _pair.Discriminator.Adam.Steps) = (header.Step, header.GeneratorSteps, header.DiscriminatorSteps);
    }

    private IEnumerable<(string Name, Tensor Tensor)> State() =>
    [
        .. StateOf("generator", _pair.Generator), .. StateOf("discriminator", _pair.Discriminator), .. _pair.Discriminator.Rule?.State ?? [],
        (Checkpoint.SamplerParameters, _average.Parameters), (Checkpoint.SamplerBuffers, _average.Buffers),
    ];

    private static IEnumerable<(string Name, Tensor Tensor)> StateOf(string name, Player player) =>
    [
        ($"{name}.parameters", player.Network.Parameters), ($"{name}.buffers", player.Network.Buffers),
        ($"{name}.adam.first", player.Adam.FirstMoment), ($"{name}.adam.second", player.Adam.SecondMoment),
    ];

    /// <inheritdoc/>
    public void Dispose()
    {
        // What the constructor did not come to is not there.
        _log?.Dispose();
        _pair?.Dispose();
        _average?.Dispose();
        _draws?.Dispose();
        _data?.Dispose();
        _before.Dispose();
    }
}
