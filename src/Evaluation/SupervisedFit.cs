using GanPipeline.Training.Config;
using GanPipeline.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Evaluation;

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
    /// <param name="cancellation">Ends the training with <see cref="OperationCanceledException"/>.</param>
    public static void Run(nn.Module<Tensor, Tensor> network, Tensor inputs, Tensor labels, long steps, double learningRate, ulong seed,
        IProgress<double>? progress, CancellationToken cancellation)
    {
        long count = inputs.shape[0], batch = Math.Min(Batch, count);
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
                Tensor index = order.narrow(0, first, batch).to(inputs.device);
                flat.Gradients.zero_();
                nn.functional.cross_entropy(network.call(inputs.index_select(0, index)), labels.index_select(0, index)).backward();
                adam.Step(learningRate * (steps - step) / steps);
                if (step % StepsPerReport == 0) progress?.Report((double)step / steps);
            }
        }
        network.eval();
        progress?.Report(1);
    }
}
