namespace GanPipeline.TorchSharpFacts.Tests;

/// <summary>TorchSharp's Adam, with which SupervisedFit trains the classifiers of images.</summary>
public sealed class OptimizerFacts
{
    [Fact]
    public void Its_moments_outlive_the_scope_of_the_first_step_and_its_learning_rate_can_be_changed_between_steps()
    {
        Parameter w = nn.Parameter(ones(1));
        using optim.Optimizer adam = optim.Adam([w], 0.1);
        for (int i = 0; i < 3; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            foreach (optim.ILearningRateController group in adam.ParamGroups) group.LearningRate = 0.01;
            adam.zero_grad();
            w.sum().backward();
            adam.step();
        }
        Assert.Equal(0.97f, w.item<float>(), 1e-5f);
    }

    /// <summary>So networks are built on their device: an optimiser's state is kept by the parameters' handles, and FlatNetwork's views would be cut.</summary>
    [Fact]
    public void A_network_that_is_converted_has_new_parameters_which_it_does_not_know()
    {
        using Linear layer = nn.Linear(2, 1);
        Parameter before = layer.weight;
        using optim.Optimizer adam = optim.Adam(layer.parameters());
        layer.to(float64);
        Assert.True(before.IsInvalid);
        layer.call(ones(1, 2, dtype: float64)).sum().backward();
        Assert.Throws<KeyNotFoundException>(() => adam.step());
    }
}
