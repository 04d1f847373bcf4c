namespace GanPipeline.Training.Networks;

/// <summary>
/// x above 0, slope · x below (Maas et al. 2013, "Rectifier nonlinearities improve neural network acoustic models"). TorchSharp's own layer makes a
/// Scalar of the slope that can be collected while libtorch reads it.
/// </summary>
/// <param name="slope">What numbers below 0 are multiplied by.</param>
internal sealed class LeakyRelu(double slope) : ParameterLessModule<Tensor, Tensor>(nameof(LeakyRelu))
{
    /// <summary>What numbers below 0 are multiplied by.</summary>
    public double Slope { get; } = slope;

    /// <summary>Any shape to the same.</summary>
    public override Tensor forward(Tensor input) => input.LeakyRelu(Slope);
}
