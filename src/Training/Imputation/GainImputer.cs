using TorchSharp;
using static TorchSharp.torch;
using Random = TorchSharp.torch.Generator;

namespace GanPipeline.Training.Imputation;

/// <summary>
/// GAIN, trained for as long as cells that it does not see are guessed better. These are a part of the cells that can be seen; once it is known how many steps
/// are best, it trains for so many on all of them.
/// </summary>
/// <param name="layout">How the cells lie.</param>
/// <param name="options">Steps, seed and weight of the adversarial term.</param>
/// <param name="progress">Hears the share of the steps that are done, 0 to 1, the first time.</param>
/// <param name="stop">Ends it between two steps.</param>
internal sealed class GainImputer(CellLayout layout, ImputationOptions options, IProgress<double>? progress, CancellationToken stop) : CellImputer
{
    private const double ForStopping = 0.05;
    private const int CheckEvery = 100, Patience = 10;

    public override string Name => "gain";

    /// <summary>Steps that the generator had taken when it guessed best; 0 before the first guess.</summary>
    public int Steps { get; private set; }

    public override Tensor Guess(Tensor values, Tensor visible)
    {
        using DisposeScope scope = NewDisposeScope();
        if (Steps == 0) return GuessAsGoodAsItGets(values, visible).MoveToOuterDisposeScope();
        using GainNetworks gain = Networks(values, visible);
        for (int step = 0; step < Steps; step++) TakeStep(gain);
        return gain.Guess(values, visible).MoveToOuterDisposeScope();
    }

    private Tensor GuessAsGoodAsItGets(Tensor values, Tensor visible)
    {
        using Random random = new(SeedStream.Derive(options.Seed, "cells that training is stopped by"), CPU);
        Tensor held = visible * rand(visible.shape, generator: random).IsBelow(ForStopping).to_type(ScalarType.Float32), seen = visible - held;
        Tensor input = values * layout.Spread(seen);
        using GainNetworks gain = Networks(input, seen);
        Tensor best = gain.Weights.clone();
        double bestError = double.PositiveInfinity;
        for (int step = 1; step <= options.Steps; step++)
        {
            TakeStep(gain);
            if (step % CheckEvery != 0 && step != options.Steps) continue;
            progress?.Report((double)step / options.Steps);
            double error = Error(gain, input, seen, values, held);
            if (error < bestError || Steps == 0)
            {
                (bestError, Steps) = (error, step);
                best.copy_(gain.Weights);
            }
            else if (step - Steps >= Patience * CheckEvery) break;
        }
        using (no_grad()) gain.Weights.copy_(best);
        return gain.Guess(values, visible);
    }

    private GainNetworks Networks(Tensor values, Tensor visible) => new(layout, values, visible, options.Seed, options.AdversarialWeight);

    private void TakeStep(GainNetworks gain)
    {
        stop.ThrowIfCancellationRequested();
        gain.TakeStep();
    }

    private double Error(GainNetworks gain, Tensor input, Tensor seen, Tensor values, Tensor held)
    {
        using DisposeScope scope = NewDisposeScope();
        return CellScores.Loss(layout, gain.Guess(input, seen), values, held);
    }
}
