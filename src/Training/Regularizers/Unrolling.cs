using GanPipeline.Training.Networks;
using GanPipeline.Training.Updates;
using TorchSharp;

namespace GanPipeline.Training.Regularizers;

/// <summary>
/// Metz et al. 2017, "Unrolled generative adversarial networks", equations 4 to 8: G's loss is taken against the discriminator as it would be after some
/// further steps of gradient descent, and G's gradient goes through those steps. D itself does not move by them.
/// </summary>
[Kind("unrolling")]
internal sealed record UnrollingOptions : RegularizerOptions
{
    /// <summary>Steps of D looked ahead: K of the paper.</summary>
    public int Steps { get; set; } = 5;

    /// <summary>Step size of the steps looked ahead: η of the paper.</summary>
    public double LearningRate { get; set; } = 0.1;

    /// <inheritdoc/>
    public override void Validate()
    {
        Require.That(Steps is >= 1 and <= 100, "regularizers.steps", "must be between 1 and 100", Steps);
        Require.That(LearningRate is > 0 and <= 100, "regularizers.learning_rate", "must be above 0 and at most 100", LearningRate);
    }

    /// <inheritdoc/>
    public override string? ConflictWith(RunOptions options) => options.Update is SimultaneousOptions
        ? "unrolling makes G's step against later discriminators, and a simultaneous update takes both steps at the same weights; use update: { scheme: " +
            "alternating }" : null;

    /// <summary>Refuses a discriminator that cannot be looked ahead of.</summary>
    /// <exception cref="UserErrorException">It has dropout.</exception>
    public static void Check(Discriminator discriminator)
    {
        if (discriminator.modules().Any(m => m.GetType().Name.StartsWith("Dropout", StringComparison.Ordinal)))
            throw new UserErrorException("'unrolling' takes D's steps again on the way back, and dropout would drop other units then; " +
                "use a discriminator without dropout, or another regularizer.");
    }

    /// <summary>Adds the gradient of G's loss against the unrolled discriminator to G's gradients; D ends as it was.</summary>
    /// <param name="pair">The two networks.</param>
    /// <param name="fake">[N, ...] generated samples with their graph.</param>
    /// <param name="batch">The step's real samples.</param>
    /// <param name="draws">Random numbers of the step; one set of them serves the whole look-ahead.</param>
    /// <returns>G's loss, detached.</returns>
    /// <remarks>
    /// Reverse differentiation by hand, because the weights of a module cannot be results of a computation: with φ(i+1) = φ(i) - η g(φ(i), x) and λ the
    /// gradient of the loss in φ(i+1), each step back adds ∂(-η λ·g)/∂x to the gradient in the samples and ∂(-η λ·g)/∂φ to λ. It is exact, and needs K copies
    /// of the weights.
    /// </remarks>
    public Tensor AddGradient(GanPair pair, Tensor fake, RealBatch batch, Draws draws)
    {
        Tensor presented = pair.Present(fake, draws), real = pair.Present(batch.Samples, draws), x = presented.detach().requires_grad_(true);
        Tensor weights = pair.Discriminator.Network.Parameters, gradients = pair.Discriminator.Network.Gradients, buffers = pair.Discriminator.Network.Buffers;
        Tensor[] parameters = [.. pair.D.parameters()];
        Tensor before = Copy(weights), statistics = Copy(buffers);
        var path = new Stack<Tensor>();
        for (int i = 0; i < Steps; i++)
        {
            path.Push(Copy(weights));
            gradients.zero_();
            autograd.backward(Loss(pair, real, x, batch.Label), inputs: parameters);
            using (no_grad()) weights.Add(gradients, -LearningRate);
        }

        gradients.zero_();
        Tensor loss = pair.GeneratorLoss(pair.D.call(x, batch.Label), pair.Objective.ComparesWithReal ? pair.D.call(real, batch.Label) : null, batch.Label);
        loss.backward();
        while (path.TryPop(out Tensor? at))
        {
            using DisposeScope scope = NewDisposeScope();
            using (no_grad()) weights.copy_(at);
            Tensor lambda = Copy(gradients).Times(-LearningRate);
            IList<Tensor> slope = autograd.grad([Loss(pair, real, x, batch.Label)], parameters, retain_graph: true, create_graph: true);
            autograd.backward(cat([.. slope.Select(s => s.reshape(-1))]).mul(lambda).sum(), inputs: [x, .. parameters]);
        }
        using (no_grad())
        {
            weights.copy_(before);
            buffers.copy_(statistics);
        }
        autograd.backward(presented, x.grad!, inputs: [.. pair.G.parameters()]);
        return loss.detach();
    }

    private static Tensor Loss(GanPair pair, Tensor real, Tensor fake, Tensor? label) =>
        pair.DiscriminatorLoss(pair.D.call(real, label), pair.D.call(fake, label), label);

    private static Tensor Copy(Tensor tensor)
    {
        using IDisposable noGradient = no_grad();
        return tensor.clone();
    }
}
