namespace GanPipeline.Training.Networks;

/// <summary>
/// Miyato and Koyama 2018, "cGANs with projection discriminator", equation 4: the logit of features φ and class y is ψ(φ) + vᵧ·φ, with ψ linear and a learned
/// vector vᵧ for each class.
/// </summary>
internal sealed class Projection : LabelInput
{
    /// <summary>Makes it with PyTorch's initial weights.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="features">Length of φ.</param>
    /// <param name="device">Where the networks live.</param>
    public Projection(int classes, long features, Device device) : base(nameof(Projection))
    {
        (Table, Linear) = (new ClassVectors(classes, features, device), nn.Linear(features, 1, device: device));
        register_module("table", Table);
        register_module("linear", Linear);
        // As large as the linear weights: with N(0, 1) the class would drown everything else at first.
        using IDisposable noGradient = no_grad();
        Table.Weight.Multiply(1 / Math.Sqrt(3.0 * features));
    }

    /// <summary>The vectors vᵧ, [classes, features].</summary>
    public ClassVectors Table { get; }

    /// <summary>ψ.</summary>
    public Linear Linear { get; }

    /// <summary>From [N, F] to [N, 1].</summary>
    public override Tensor forward(Tensor features, Tensor label) => Linear.call(features).Plus((Table.call(label) * features).sum(1, keepdim: true));

    /// <summary>A discriminator that ends in the projection where there are classes, else in a linear layer.</summary>
    /// <param name="layers">From a sample to features [N, F].</param>
    /// <param name="features">F.</param>
    /// <param name="context">What it must fit to.</param>
    internal static Discriminator Discriminator(IEnumerable<Layer> layers, long features, NetworkContext context)
    {
        Sequential body = nn.Sequential(layers);
        if (context.ClassNames.Count == 0) return new Discriminator(body, null, nn.Sequential(nn.Linear(features, context.Logits, device: context.Device)));
        if (context.Logits != 1)
            throw new UserErrorException($"this discriminator gives one logit for a sample and its class, and the objective wants {context.Logits}; use " +
                $"another objective, or 'conditional: false'.");
        return new Discriminator(body, new Projection(context.ClassNames.Count, features, context.Device), nn.Sequential(nn.Identity()));
    }
}
