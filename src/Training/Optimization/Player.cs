using GanPipeline.Training.Regularizers;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Optimization;

/// <summary>One of the two networks and what moves it.</summary>
internal sealed class Player : IDisposable
{
    private readonly AdamOptions _options;
    private readonly Parameter[] _parameters;

    /// <summary>Flattens a freshly built network, which it then owns.</summary>
    public Player(nn.Module network, AdamOptions options, WeightRuleOptions? rule = null)
    {
        (_options, _parameters, Network) = (options, [.. network.parameters()], new FlatNetwork(network));
        Rule = rule?.Bind(Network);
        Adam = new Adam(Rule?.Weights ?? Network.Parameters, Network.Gradients, options);
    }

    /// <summary>The network and its flat weights and gradients.</summary>
    public FlatNetwork Network { get; }

    /// <summary>Its optimiser.</summary>
    public Adam Adam { get; }

    /// <summary>The rule for its weights; null for none.</summary>
    public WeightRule? Rule { get; }

    /// <summary>Norm of the gradient that the last move was made with, before it was clipped; a scalar of the step's dispose scope.</summary>
    public Tensor? GradientNorm { get; private set; }

    /// <summary>The step size after so many epochs.</summary>
    public double LearningRate(double epoch) => _options.LearningRate * _options.Schedule.Factor(epoch);

    /// <summary>Takes the gradients of a loss in this network's weights.</summary>
    /// <param name="loss">A scalar.</param>
    /// <param name="sharedGraph">Whether the graph leads to the other network too, whose gradients must stay as they are, and is needed again.</param>
    public void Gradients(Tensor loss, bool sharedGraph = false)
    {
        Network.Gradients.zero_();
        if (sharedGraph) autograd.backward(loss, retain_graph: true, inputs: _parameters);
        else loss.backward();
    }

    /// <summary>Moves the weights against the gradients.</summary>
    public void Move(double epoch)
    {
        Rule?.ChangeGradients();
        using (no_grad())
        {
            GradientNorm = Network.Gradients.norm(2f);
            // Pascanu, Mikolov, Bengio 2013, algorithm 1, without asking the device for the norm.
            if (_options.ClipNorm > 0) Network.Gradients.mul_(_options.ClipNorm.Over(GradientNorm.Plus(1e-6)).clamp_max(Held.One));
        }
        Adam.Step(LearningRate(epoch));
        Rule?.Apply();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Adam.Dispose();
        Rule?.Dispose();
        Network.Dispose();
    }
}
