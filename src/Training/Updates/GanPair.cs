using GanPipeline.Training.Networks;
using GanPipeline.Training.Objectives;
using GanPipeline.Training.Optimization;
using GanPipeline.Training.Regularizers;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Training.Updates;

/// <summary>The two networks with all that their steps need; what an update scheme is made of.</summary>
internal sealed class GanPair : IDisposable
{
    private readonly RunOptions _options;
    private readonly PenaltyOptions[] _penalties;
    private readonly InputChangeOptions[] _changes;
    private readonly PackingOptions? _packing;
    private readonly UnrollingOptions? _unrolling;

    /// <summary>Puts the pair together from freshly built networks, which it then owns.</summary>
    /// <exception cref="UserErrorException">The networks do not go with the options.</exception>
    public GanPair(RunOptions options, Generator generator, Discriminator discriminator)
    {
        (_options, G, D, Objective) = (options, generator, discriminator, Objective.Named(options.Objective));
        _penalties = [.. options.Regularizers.OfType<PenaltyOptions>()];
        _changes = [.. options.Regularizers.OfType<InputChangeOptions>()];
        _packing = options.Regularizers.OfType<PackingOptions>().SingleOrDefault();
        _unrolling = options.Regularizers.OfType<UnrollingOptions>().SingleOrDefault();
        RealTarget = 1 - (options.Regularizers.OfType<LabelSmoothingOptions>().SingleOrDefault()?.Amount ?? 0);
        if (_unrolling is not null) UnrollingOptions.Check(discriminator);
        Generator = new Player(generator, options.GeneratorOptimizer);
        Discriminator = new Player(discriminator, options.DiscriminatorOptimizer, options.Regularizers.OfType<WeightRuleOptions>().SingleOrDefault());
    }

    /// <summary>The generator.</summary>
    public Generator G { get; }

    /// <summary>The discriminator.</summary>
    public Discriminator D { get; }

    /// <summary>What the two minimise.</summary>
    public Objective Objective { get; }

    /// <summary>The generator with its optimiser.</summary>
    public Player Generator { get; }

    /// <summary>The discriminator with its optimiser.</summary>
    public Player Discriminator { get; }

    /// <summary>The target of D for real samples.</summary>
    public double RealTarget { get; }

    /// <summary>Weights of the class terms.</summary>
    public ClassLossOptions ClassWeights => _options.ClassLoss;

    /// <summary>Steps taken before the one that is being taken.</summary>
    public long Step { get; set; }

    /// <summary>Epochs trained before that step, with fraction: what schedules go by.</summary>
    public double Epoch { get; set; }

    /// <summary>Samples that a batch is expected to hold.</summary>
    public int Batch => _options.Batch;

    /// <summary>[batch] int64 classes, all as likely; null for a generator without classes.</summary>
    public Tensor? DrawLabels(Draws draws) => G.ClassNames.Count == 0 ? null
        : draws.Uniform(_options.Batch).Times(G.ClassNames.Count).floor().AtMost(G.ClassNames.Count - 1).to_type(ScalarType.Int64);

    /// <summary>Samples of new noise, [N, ...shape].</summary>
    /// <param name="label">[N] int64, or null.</param>
    /// <param name="draws">Where the noise comes from.</param>
    /// <param name="withGraph">Whether gradients will be taken through them.</param>
    public Tensor Generate(Tensor? label, Draws draws, bool withGraph)
    {
        using IDisposable mode = set_grad_enabled(withGraph);
        return G.call(draws.Normal(_options.Batch, G.LatentSize), label);
    }

    /// <summary>Samples as D gets them: changed, then packed.</summary>
    public Tensor Present(Tensor samples, Draws draws)
    {
        Tensor changed = _changes.Aggregate(samples, (x, change) => change.Change(x, draws, Epoch));
        return _packing is null ? changed : _packing.Pack(changed);
    }

    /// <summary>D's output for samples; with <paramref name="wantsSlope"/> a penalty can be taken of its gradient in them.</summary>
    public DiscriminatorPass Discriminate(Tensor samples, Tensor? label, Draws draws, bool wantsSlope = false)
    {
        Tensor input = Present(samples, draws);
        // One pass then serves the loss and the penalty.
        if (wantsSlope && !input.requires_grad) input = input.detach().requires_grad_(true);
        return new DiscriminatorPass(input, D.call(input, label));
    }

    /// <summary>Whether a penalty at this place is due in this step.</summary>
    public bool PenaltyDue(PenaltyPlace place) => _penalties.Any(p => p.Place == place && Step % p.Every == 0);

    /// <summary>D's loss, class terms included and penalties not.</summary>
    public Tensor DiscriminatorLoss(DiscriminatorOutput real, DiscriminatorOutput fake, Tensor? label) =>
        Objective.DiscriminatorLoss(real.Realness, fake.Realness, RealTarget)
        .Plus(ClassLoss(real, label, ClassWeights.Real)).Plus(ClassLoss(fake, label, ClassWeights.Fake));

    /// <summary>G's loss, class term included.</summary>
    public Tensor GeneratorLoss(DiscriminatorOutput fake, DiscriminatorOutput? real, Tensor? label) =>
        Objective.GeneratorLoss(fake.Realness, real?.Realness).Plus(ClassLoss(fake, label, ClassWeights.Generator));

    /// <summary>The class head's cross-entropy times a weight; null without a head, and where it has no weight.</summary>
    public static Tensor? ClassLoss(DiscriminatorOutput output, Tensor? label, double weight) =>
        output.ClassLogits is null || weight == 0 ? null : nn.functional.cross_entropy(output.ClassLogits, label!).Times(weight);

    /// <summary>The sum of the penalties that are due, of those places or of all; null where none is.</summary>
    public Tensor? Penalties(DiscriminatorPass real, DiscriminatorPass fake, Tensor? label, Draws draws, params PenaltyPlace[] places)
    {
        Tensor? sum = null;
        foreach (PenaltyOptions penalty in _penalties)
            if (Step % penalty.Every == 0 && (places.Length == 0 || places.Contains(penalty.Place)))
                sum = penalty.Penalty(new PenaltyInput(D, real, fake, label, draws)).Plus(sum);
        return sum;
    }

    /// <summary>Moves D on real samples and on generated ones that carry no graph.</summary>
    /// <returns>Its loss, penalties not included, and its output.</returns>
    public (Tensor Loss, DiscriminatorPass Real, DiscriminatorPass Fake) StepDiscriminator(RealBatch batch, Tensor fake, Draws draws)
    {
        DiscriminatorPass onReal = Discriminate(batch.Samples, batch.Label, draws, PenaltyDue(PenaltyPlace.Real));
        DiscriminatorPass onFake = Discriminate(fake, batch.Label, draws, PenaltyDue(PenaltyPlace.Fake));
        Tensor loss = DiscriminatorLoss(onReal.Output, onFake.Output, batch.Label);
        Discriminator.Gradients(loss.Plus(Penalties(onReal, onFake, batch.Label, draws)));
        Discriminator.Move(Epoch);
        return (loss, onReal, onFake);
    }

    /// <summary>Moves G on generated samples with their graph, against D as it is now.</summary>
    /// <returns>Its loss.</returns>
    public Tensor StepGenerator(Tensor fake, RealBatch batch, Draws draws)
    {
        Tensor loss;
        if (_unrolling is null)
        {
            Discriminator.Network.RequireGradients(false); // halves the backward pass: D does not step here
            DiscriminatorOutput? real = Objective.ComparesWithReal ? Discriminate(batch.Samples, batch.Label, draws).Output : null;
            loss = GeneratorLoss(Discriminate(fake, batch.Label, draws).Output, real, batch.Label);
            Generator.Gradients(loss);
            Discriminator.Network.RequireGradients(true);
        }
        else
        {
            Generator.Network.Gradients.zero_();
            loss = _unrolling.AddGradient(this, fake, batch, draws);
        }
        Generator.Move(Epoch);
        return loss;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Generator.Dispose();
        Discriminator.Dispose();
    }
}
