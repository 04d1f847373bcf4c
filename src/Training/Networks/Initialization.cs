namespace GanPipeline.Training.Networks;

/// <summary>How the weights of a network begin. Batch norm begins with weight 1 and bias 0 unless declared otherwise.</summary>
internal enum Initialization
{
    /// <summary>PyTorch's defaults: linear layers and convolutions uniform within 1/sqrt(inputs), biases too; embeddings N(0, 1).</summary>
    Torch,

    /// <summary>
    /// Keras's defaults: weights uniform within sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010, equation 16), biases 0, the vectors of <see
    /// cref="EmbeddingProduct"/> uniform within 0.05.
    /// </summary>
    Keras,

    /// <summary>Keras's <c>he_uniform</c>: weights uniform within sqrt(6 / inputs) (He et al. 2015, section 2.2), biases 0.</summary>
    HeUniform,

    /// <summary>Convolutions N(0, 0.02), batch norm's weight N(1, 0.02) and bias 0 (Radford et al. 2016, section 3); the rest as PyTorch has it.</summary>
    Dcgan,
}

/// <summary>Draws initial weights from libtorch's default generator.</summary>
internal static class Initializer
{
    private const double Deviation = 0.02, EmbeddingBound = 0.05;

    /// <summary>Gives a freshly built network, whose weights are PyTorch's, those that were asked for, and returns it.</summary>
    public static T Initialized<T>(this T network, Initialization initialization) where T : nn.Module
    {
        if (initialization == Initialization.Torch) return network;
        using IDisposable noGradient = no_grad();
        // TorchSharp lists a module a second time under the property that holds it.
        foreach (nn.Module module in network.modules().Distinct())
        {
            switch (module)
            {
                case Linear { weight: { } weight } linear:
                    if (initialization != Initialization.Dcgan) Scaled(weight, linear.bias, initialization);
                    break;
                case Convolution convolution when initialization == Initialization.Dcgan:
                    nn.init.normal_(convolution.weight, 0, Deviation);
                    break;
                case Convolution convolution:
                    Scaled(convolution.weight, convolution.bias, initialization);
                    break;
                case BatchNorm { weight: { } weight } when initialization == Initialization.Dcgan:
                    nn.init.normal_(weight, 1, Deviation);
                    break;
                case EmbeddingProduct product when initialization == Initialization.Keras:
                    nn.init.uniform_(product.Table.Weight, -EmbeddingBound, EmbeddingBound);
                    break;
            }
        }
        return network;
    }

    private static void Scaled(Tensor weight, Tensor? bias, Initialization initialization)
    {
        // The fans of libtorch are those of Keras: of a transposed convolution's weight, too, both count axis 1 as its inputs.
        if (initialization == Initialization.Keras) nn.init.xavier_uniform_(weight);
        else nn.init.kaiming_uniform_(weight);
        if (bias is not null) nn.init.zeros_(bias);
    }
}
