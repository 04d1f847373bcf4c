using GanPipeline.Training.Config;
using GanPipeline.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Evaluation;

/// <summary>What is done about classes of few samples while a classifier is trained; nothing where nothing is said.</summary>
internal sealed record FitRemedies
{
    /// <summary>Places of the samples that a pass goes over, where some come more than once; null for each once.</summary>
    public long[]? Places { get; init; }

    /// <summary>[classes] weights of the classes' losses; null for equal ones. A batch's loss is the weighted mean.</summary>
    public float[]? ClassWeights { get; init; }

    /// <summary>Changes a batch of inputs, float32, by random numbers.</summary>
    public Func<Tensor, Generator, Tensor>? Change { get; init; }
}

/// <summary>
/// Trains a classifier: mean cross-entropy, Adam (Kingma and Ba 2015), batches from shuffled passes over the data, a learning rate that falls linearly to
/// zero. The falling rate makes the last weights nearly as good as an average of them, so a few passes are enough.
/// </summary>
internal static class SupervisedFit
{
    private const int Batch = 128, StepsPerReport = 20;

    /// <summary>Steps in one pass over the data.</summary>
    public static long StepsPerPass(long count) => Math.Max(1, count / Batch);

    /// <summary>Trains in place. What it does depends on the arguments alone; neither inputs nor labels are changed.</summary>
    /// <param name="network">Inputs [n, ...] to logits [n, classes]; on the device of the inputs.</param>
    /// <param name="inputs">[N, ...] of any type that the network takes.</param>
    /// <param name="labels">[N] int64 on the same device.</param>
    /// <param name="steps">Number of batches.</param>
    /// <param name="learningRate">At the first step.</param>
    /// <param name="seed">Decides the order.</param>
    /// <param name="progress">Hears the share of the steps done.</param>
    /// <param name="remedies">What is done about rare classes.</param>
    /// <param name="cancellation">Ends the training with <see cref="OperationCanceledException"/>.</param>
    public static void Run(nn.Module<Tensor, Tensor> network, Tensor inputs, Tensor labels, long steps, double learningRate, ulong seed,
        IProgress<double>? progress, FitRemedies remedies, CancellationToken cancellation)
    {
        using Tensor? places = remedies.Places is { } given ? tensor(given) : null, weights = remedies.ClassWeights is { } each
            ? tensor(each).to(inputs.device) : null;
        long count = places?.shape[0] ?? inputs.shape[0], batch = Math.Min(Batch, count);
        using var random = new Generator(SeedStream.Derive(seed, "classifier order"), CPU);
        var flat = new FlatNetwork(network);
        using var adam = new Adam(flat, new AdamOptions { Beta1 = 0.9 });
        network.train();
        for (long step = 0; step < steps;)
        {
            using Tensor order = randperm(count, int64, CPU, generator: random);
            for (long first = 0; first + batch <= count && step < steps; first += batch, step++)
            {
                cancellation.ThrowIfCancellationRequested();
                using DisposeScope scope = NewDisposeScope();
                Tensor index = order.narrow(0, first, batch);
                index = (places?.index_select(0, index) ?? index).to(inputs.device);
                Tensor seen = inputs.index_select(0, index);
                if (remedies.Change is { } change) seen = change(seen.to_type(float32), random);
                flat.Gradients.zero_();
                nn.functional.cross_entropy(network.call(seen), labels.index_select(0, index), weights).backward();
                adam.Step(learningRate * (steps - step) / steps);
                if (step % StepsPerReport == 0) progress?.Report((double)step / steps);
            }
        }
        network.eval();
        progress?.Report(1);
    }
}
