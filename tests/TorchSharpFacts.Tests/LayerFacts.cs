namespace GanPipeline.TorchSharpFacts.Tests;

public sealed class LayerFacts
{
    /// <summary>The presets' batch_norm_epsilon and batch_norm_momentum (Keras means the rest of it); FlatNetwork leaves out the buffer of integers.</summary>
    [Fact]
    public void Batch_norm_takes_epsilon_and_then_momentum_and_counts_batches_in_an_integer()
    {
        using BatchNorm1d norm = nn.BatchNorm1d(1, 0.8, 0.25);
        norm.call(tensor(new[] { 2f, 6f }, [2, 1]));
        Assert.Equal((0.8, 0.25 * 4, 0.75 + (0.25 * 8)), (norm.eps, norm.running_mean!.item<float>(), norm.running_var!.item<float>()));
        Assert.Equal(["num_batches_tracked"], norm.named_buffers().Where(b => !b.buffer.is_floating_point()).Select(b => b.name));
    }

    /// <summary>Initialization.Keras and HeUniform: Keras, too, takes axis 1 of a transposed convolution's weight for its inputs.</summary>
    [Fact]
    public void Uniform_weights_are_bounded_by_the_fans_with_axis_1_as_inputs()
    {
        static float Most(Tensor weight) => weight.detach().abs().max().item<float>();
        using ConvTranspose2d layer = nn.ConvTranspose2d(16, 64, 5);
        Assert.Equal(Math.Sqrt(6.0 / (64 * 25)), Most(nn.init.kaiming_uniform_(layer.weight)), 1e-4);
        Assert.Equal(Math.Sqrt(6.0 / ((64 + 16) * 25)), Most(nn.init.xavier_uniform_(layer.weight)), 1e-4);
    }
}
