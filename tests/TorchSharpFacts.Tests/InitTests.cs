using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using FanInOut = TorchSharp.torch.nn.init.FanInOut;
using NonlinearityType = TorchSharp.torch.nn.init.NonlinearityType;

namespace GanPipeline.TorchSharpFacts.Tests;

public sealed class InitTests
{
    private static readonly Dictionary<string, Func<Tensor, Tensor>> s_fills = new()
    {
        ["kaiming_uniform"] = t => init.kaiming_uniform_(t),
        ["kaiming_uniform_relu"] = t => init.kaiming_uniform_(t, nonlinearity: NonlinearityType.ReLU),
        ["kaiming_normal_fan_out"] = t => init.kaiming_normal_(t, 0.2, FanInOut.FanOut),
        ["xavier_uniform"] = t => init.xavier_uniform_(t, 1.5),
        ["normal"] = t => init.normal_(t, 1.0, 0.02),
        ["uniform"] = t => init.uniform_(t, -0.5, 0.25),
        ["orthogonal_wide"] = t => init.orthogonal_(t, 2.0),
        ["orthogonal_tall"] = t => init.orthogonal_(t),
    };

    public static TheoryData<string> Names() => [.. Recording.Names("fills")];

    [Fact]
    public void EveryRecordedFillIsCompared() => Assert.Equal(Recording.Names("fills").Order(), s_fills.Keys.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void FillsAsPyTorchDoes(string name)
    {
        using var scope = NewDisposeScope();
        var recorded = Recording.Case("fills", name);
        var expected = Recording.ReadTensor(recorded.GetProperty("output"))!;
        var target = zeros(expected.shape, requires_grad: true);
        manual_seed(recorded.GetProperty("seed").GetInt64());
        Assert.Same(target, s_fills[name](target));
        Assert.True(target.is_leaf);
        Recording.AssertClose(expected, target, 1e-6, name);
    }

    [Fact]
    public void ConstantFills()
    {
        using var scope = NewDisposeScope();
        var t = empty(3);
        Assert.Equal([0f, 0f, 0f], init.zeros_(t).data<float>().ToArray());
        Assert.Equal([1f, 1f, 1f], init.ones_(t).data<float>().ToArray());
        Assert.Equal([0.5f, 0.5f, 0.5f], init.constant_(t, 0.5).data<float>().ToArray());
    }

    [Fact]
    public void GainsAndFans()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Math.Sqrt(2.0), init.calculate_gain(NonlinearityType.ReLU), 12);
        Assert.Equal(Math.Sqrt(2.0 / 1.04), init.calculate_gain(NonlinearityType.LeakyReLU, 0.2), 12);
        Assert.Equal(5.0 / 3, init.calculate_gain(NonlinearityType.Tanh), 12);
        Assert.Equal(1.0, init.calculate_gain(NonlinearityType.Sigmoid), 12);
        Assert.Equal((12L, 20L), init.CalculateFanInAndFanOut(empty(5, 3, 2, 2)));
        Assert.Throws<ArgumentException>(() => init.CalculateFanInAndFanOut(empty(5)));
    }

    [Fact]
    public void InitDoesNotLookAtItsGenerator()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var plain = init.normal_(empty(4));
        manual_seed(3);
        using var other = new Generator(99);
        Assert.True(plain.Equals(init.normal_(empty(4), generator: other)));
    }
}
