using GanPipeline.Training.Objectives;
using GanPipeline.Training.Updates;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Metrics;

/// <summary>Means over steps.</summary>
/// <param name="DiscriminatorLoss">D's loss, penalties not included.</param>
/// <param name="GeneratorLoss">G's loss.</param>
/// <param name="DiscriminatorGradient">Norm of D's gradient before clipping.</param>
/// <param name="GeneratorGradient">Norm of G's gradient before clipping.</param>
/// <param name="RealScore">D's output for real samples: <see cref="Objective.Score"/>.</param>
/// <param name="FakeScore">What it says of generated ones.</param>
/// <param name="DiscriminatorAccuracy">Share of samples (or pairs) that D is right about: <see cref="Objective.Threshold"/>.</param>
/// <param name="ClassAccuracy">Share of real samples whose class the class head finds; null without one.</param>
internal sealed record StepMeans(
    double DiscriminatorLoss, double GeneratorLoss, double DiscriminatorGradient, double GeneratorGradient,
    double RealScore, double FakeScore, double DiscriminatorAccuracy, double? ClassAccuracy);

/// <summary>
/// What the steps since the last row of metrics left. It stays on the device until somebody wants to know, so that no step waits for the device; the means are
/// then taken in double precision, step after step, and so do not depend on how often somebody looked.
/// </summary>
internal sealed class StepLog(Objective objective) : IDisposable
{
    private const int MostKept = 256; // steps, so that the tensors kept stay few
    private const int DiscriminatorLoss = 0, GeneratorLoss = 1, DiscriminatorGradient = 2, GeneratorGradient = 3, ClassAccuracy = 4;
    private const int RealScore = 5, FakeScore = 6, Accuracy = 7, Count = 8;

    private static readonly string[] Watched = ["discriminator's loss", "generator's loss", "discriminator's gradient", "generator's gradient"];

    private readonly List<(Tensor Scalars, Tensor Real, Tensor Fake)> _kept = [];
    private double[] _sums = new double[Count];
    private long _summed, _lastStep;
    private bool _hasClasses;

    /// <summary>Takes in what step number <paramref name="step"/> (from 1) left.</summary>
    /// <exception cref="UserErrorException">An earlier step has diverged.</exception>
    public void Add(long step, StepResult result, Tensor discriminatorGradient, Tensor generatorGradient)
    {
        using (no_grad())
        {
            _hasClasses = result.Real.ClassLogits is not null;
            Tensor correct = result.Real.ClassLogits is { } logits ? logits.argmax(1).eq(result.Label!).to_type(ScalarType.Float32).mean()
                : result.GeneratorLoss;
            Tensor scalars = stack([result.DiscriminatorLoss, result.GeneratorLoss, discriminatorGradient, generatorGradient, correct]);
            _kept.Add((scalars.DetachFromDisposeScope(), Kept(result.Real.Realness), Kept(result.Fake.Realness)));
        }
        _lastStep = step;
        if (_kept.Count == MostKept) Sum();
    }

    /// <summary>The means since they were last taken; they start anew.</summary>
    /// <exception cref="UserErrorException">A step has diverged; the message names it.</exception>
    public StepMeans Take()
    {
        (double[] sums, long summed) = State();
        double[] means = Array.ConvertAll(sums, s => s / Math.Max(1, summed));
        (_sums, _summed) = (new double[Count], 0);
        return new StepMeans(means[DiscriminatorLoss], means[GeneratorLoss], means[DiscriminatorGradient], means[GeneratorGradient],
            means[RealScore], means[FakeScore], means[Accuracy], _hasClasses ? means[ClassAccuracy] : null);
    }

    /// <summary>Sums and number of steps since the means were last taken.</summary>
    /// <exception cref="UserErrorException">A step has diverged; the message names it.</exception>
    public (double[] Sums, long Steps) State()
    {
        Sum();
        return (_sums, _summed);
    }

    /// <summary>Goes on from what <see cref="State"/> gave.</summary>
    public void Restore(double[] sums, long steps)
    {
        Clear();
        if (sums.Length != Count) throw new UserErrorException(
            $"the checkpoint holds {sums.Length} sums of metrics and not {Count}; it belongs to another version.");
        (_sums, _summed) = (sums, steps);
    }

    private static Tensor Kept(Tensor realness) => realness.detach().DetachFromDisposeScope();

    private void Sum()
    {
        if (_kept.Count == 0) return;
        float[] scalars = Read(_kept.Select(k => k.Scalars)), real = Read(_kept.Select(k => k.Real)), fake = Read(_kept.Select(k => k.Fake));
        int steps = _kept.Count, realAt = 0, fakeAt = 0;
        // Poisson batches differ in size
        int[] realSizes = [.. _kept.Select(k => (int)k.Real.numel())], fakeSizes = [.. _kept.Select(k => (int)k.Fake.numel())];
        Clear();
        for (int i = 0; i < steps; i++)
        {
            ReadOnlySpan<float> row = scalars.AsSpan(i * (ClassAccuracy + 1), ClassAccuracy + 1);
            for (int k = 0; k < Watched.Length; k++)
            {
                if (!float.IsFinite(row[k]))
                    throw new UserErrorException($"training diverged at step {_lastStep - steps + i + 1}: the {Watched[k]} is not finite. " +
                        "The last checkpoint is from before; lower the learning rates or add a regularizer.")
                    { Kind = ErrorKind.Failed };
            }
            for (int k = 0; k < row.Length; k++) _sums[k] += row[k];
            AddScores(real.AsSpan(realAt, realSizes[i]), fake.AsSpan(fakeAt, fakeSizes[i]));
            (realAt, fakeAt) = (realAt + realSizes[i], fakeAt + fakeSizes[i]);
        }
        _summed += steps;
    }

    private void AddScores(ReadOnlySpan<float> real, ReadOnlySpan<float> fake)
    {
        double realScore = 0, fakeScore = 0, realRight = 0, fakeRight = 0;
        // Without a threshold pairs are compared; where there are fewer of the one kind, they come again.
        for (int i = 0; i < real.Length; i++)
        {
            realScore += objective.Score(real[i]);
            realRight += real[i] > (objective.Threshold ?? fake[i % fake.Length]) ? 1 : 0;
        }
        for (int i = 0; i < fake.Length; i++)
        {
            fakeScore += objective.Score(fake[i]);
            fakeRight += fake[i] < (objective.Threshold ?? real[i % real.Length]) ? 1 : 0;
        }
        _sums[RealScore] += realScore / real.Length;
        _sums[FakeScore] += fakeScore / fake.Length;
        _sums[Accuracy] += (realRight / real.Length + fakeRight / fake.Length) / 2;
    }

    private static float[] Read(IEnumerable<Tensor> parts)
    {
        using DisposeScope scope = NewDisposeScope();
        return cat([.. parts]).cpu().data<float>().ToArray();
    }

    private void Clear()
    {
        foreach ((Tensor scalars, Tensor real, Tensor fake) in _kept)
        {
            scalars.Dispose();
            real.Dispose();
            fake.Dispose();
        }
        _kept.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();
}
