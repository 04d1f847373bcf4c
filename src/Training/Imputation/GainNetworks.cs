using GanPipeline.Training.Networks;
using GanPipeline.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;
using Adam = GanPipeline.Training.Optimization.Adam;
using Random = TorchSharp.torch.Generator;
using Sequential = TorchSharp.Modules.Sequential;

namespace GanPipeline.Training.Imputation;

/// <summary>
/// A generator that fills cells, trained against a discriminator that guesses for each cell whether it was seen or filled (Yoon, Jordon, van der Schaar 2018,
/// "GAIN: missing data imputation using generative adversarial nets"). Beyond the paper, a random part of the cells that are known is hidden at each step, and
/// the generator is held to what they are: in the paper it is held only to cells that it has before it, which a copy satisfies.
/// </summary>
internal sealed class GainNetworks : IDisposable
{
    private const int Batch = 128, Hidden = 256;
    private const double NoiseScale = 0.01, HintRate = 0.9, LeastHidden = 0.1, MostHidden = 0.6, AverageDecay = 0.99;

    private readonly CellLayout _layout;
    private readonly FlatNetwork _generator, _discriminator, _average;
    private readonly MovingAverage _movingAverage;
    private readonly Adam _generatorAdam, _discriminatorAdam;
    private readonly Tensor _values, _known;
    private readonly ulong _seed;
    private readonly double _adversarialWeight;
    private readonly Random _random = new(0, CPU);
    private long _step;

    /// <param name="layout">How the cells lie.</param>
    /// <param name="values">[N, width] the rows to train on, 0 where nothing can be seen; kept by the caller.</param>
    /// <param name="visible">[N, columns]; kept by the caller.</param>
    /// <param name="seed">Makes the weights and every draw.</param>
    /// <param name="adversarialWeight">Weight of the adversarial term beside the reconstruction of hidden cells.</param>
    public GainNetworks(CellLayout layout, Tensor values, Tensor visible, ulong seed, double adversarialWeight)
    {
        (_layout, _values, _known, _seed, _adversarialWeight) = (layout, values, visible, seed, adversarialWeight);
        int columns = layout.Columns.Count;
        manual_seed((long)SeedStream.Derive(seed, "imputer weights"));
        _generator = new FlatNetwork(Network(layout.Width + columns, layout.Width));
        _discriminator = new FlatNetwork(Network(layout.Width + columns, columns));
        _average = new FlatNetwork(Network(layout.Width + columns, layout.Width));
        using (no_grad()) _average.Parameters.copy_(_generator.Parameters);
        _movingAverage = new MovingAverage(_generator, _average, AverageDecay);
        var adam = new AdamOptions { LearningRate = 1e-3, Beta1 = 0.9 };
        (_generatorAdam, _discriminatorAdam) = (new Adam(_generator, adam), new Adam(_discriminator, adam));
    }

    /// <summary>The weights of the guesses, to keep the best.</summary>
    public Tensor Weights => _average.Parameters;

    /// <summary>Guesses every cell, as <see cref="CellImputer.Guess"/> does.</summary>
    public Tensor Guess(Tensor values, Tensor visible)
    {
        using IDisposable noGradient = no_grad();
        _random.manual_seed((long)SeedStream.Derive(_seed, "imputation noise"));
        return Fill(_average, values, visible);
    }

    /// <summary>One step of the discriminator and one of the generator, on the samples and draws that belong to it.</summary>
    public void TakeStep()
    {
        using DisposeScope scope = NewDisposeScope();
        _random.manual_seed((long)SeedStream.Derive(_seed, "imputation step", (ulong)_step++));
        Tensor row = randint(0, _values.shape[0], [Batch], int64, CPU, generator: _random);
        Tensor values = _values.index_select(0, row), known = _known.index_select(0, row);
        Tensor share = rand([Batch, 1], generator: _random).Times(MostHidden - LeastHidden).Plus(LeastHidden);
        Tensor visible = known * (rand(known.shape, generator: _random) >= share).to_type(ScalarType.Float32);
        Tensor spread = _layout.Spread(visible), input = values * spread;

        _generator.Gradients.zero_();
        Tensor guess = Fill(_generator, input, visible), filled = input.Plus(guess * Held.One.Minus(spread));
        Tensor hint = rand(visible.shape, generator: _random).IsBelow(HintRate).to_type(ScalarType.Float32);
        hint = (visible * hint).Plus(Held.One.Minus(hint) * Held.Half);

        _discriminator.Gradients.zero_();
        nn.functional.binary_cross_entropy_with_logits(Discriminate(filled.detach(), hint), visible).backward();
        _discriminatorAdam.Step();

        _discriminator.RequireGradients(false);
        Tensor hidden = known - visible, unseen = Held.One.Minus(visible);
        Tensor adversarial = ((-Discriminate(filled, hint)).Softplus() * unseen).sum() / unseen.sum().clamp_min(Held.One);
        Reconstruction(guess, values, hidden).Plus(adversarial.Times(_adversarialWeight)).backward();
        _discriminator.RequireGradients(true);
        _generatorAdam.Step();
        _movingAverage.Update(_step);
    }

    /// <summary>Mean over the hidden cells: squared error of numbers, cross-entropy of categories.</summary>
    private Tensor Reconstruction(Tensor guess, Tensor values, Tensor hidden)
    {
        Tensor counted = _layout.Spread(hidden);
        long numbers = _layout.Numbers, slots = _layout.Width - numbers;
        Tensor loss = ((guess.narrow(1, 0, numbers) - values.narrow(1, 0, numbers)).Squared() * counted.narrow(1, 0, numbers)).sum();
        if (slots > 0)
        {
            Tensor logs = guess.narrow(1, numbers, slots).AtLeast(1e-7).log();
            loss -= (logs * values.narrow(1, numbers, slots) * counted.narrow(1, numbers, slots)).sum();
        }
        return loss / hidden.sum().clamp_min(Held.One);
    }

    private Tensor Fill(FlatNetwork generator, Tensor values, Tensor visible)
    {
        Tensor noise = randn(values.shape, generator: _random).Times(NoiseScale);
        Tensor input = cat([values.Plus(noise * Held.One.Minus(_layout.Spread(visible))), visible], 1);
        Tensor output = ((Sequential)generator.Network).call(input);
        var parts = new List<Tensor> { output.narrow(1, 0, _layout.Numbers) };
        parts.AddRange(_layout.Columns.Where(c => !c.IsNumber).Select(c => output.narrow(1, c.First, c.Width).softmax(1)));
        return cat(parts, 1);
    }

    private Tensor Discriminate(Tensor filled, Tensor hint) => ((Sequential)_discriminator.Network).call(cat([filled, hint], 1));

    private static Sequential Network(long inputs, long outputs) =>
        nn.Sequential(nn.Linear(inputs, Hidden), new LeakyRelu(0.2), nn.Linear(Hidden, Hidden), new LeakyRelu(0.2), nn.Linear(Hidden, outputs));

    public void Dispose()
    {
        _generatorAdam.Dispose();
        _discriminatorAdam.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
        _average.Dispose();
        _random.Dispose();
    }
}
