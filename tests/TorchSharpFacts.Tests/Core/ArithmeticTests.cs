using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.TorchSharpFacts.Tests.Core;

public class ArithmeticTests
{
    private static float[] Values(Tensor t) => t.data<float>().ToArray();

    [Fact]
    public void OperatorsWithTensorsAndNumbers()
    {
        Tensor a = tensor(new float[] { 1, 2 }), b = tensor(new float[] { 4, 8 });
        Assert.Equal([5f, 10f], Values(a + b));
        Assert.Equal([2f, 3f], Values(a + 1));
        Assert.Equal([2.5f, 3.5f], Values(1.5f + a));
        Assert.Equal([-3f, -6f], Values(a - b));
        Assert.Equal([0f, -1f], Values(1 - a));
        Assert.Equal([4f, 16f], Values(a * b));
        Assert.Equal([3f, 6f], Values(a * 3.0));
        Assert.Equal([0.25f, 0.25f], Values(a / b));
        Assert.Equal([8f, 4f], Values(8 / a));
        Assert.Equal([1f, 0f], Values(a % 2));
        Assert.Equal([-1f, -2f], Values(-a));
        Assert.Equal([true, false], (a < 2).data<bool>().ToArray());
        Assert.Equal([true, true], (b >= a).data<bool>().ToArray());
        Assert.Equal([false, true], (a == 2).data<bool>().ToArray());
        Assert.Equal([true, false], ((a > 0) & (a < 2)).data<bool>().ToArray());
        Assert.Equal([false, true], (~(a < 2)).data<bool>().ToArray());
    }

    [Fact]
    public void InPlaceOperationsReturnTheTensorItself()
    {
        Tensor x = ones(2);
        Assert.Same(x, x.add_(1));
        Assert.Same(x, x.mul_(x));
        Assert.Same(x, x.sub_(1).div_(3).fill_(2).normal_().uniform_(0, 1).clamp_(0.5, 1).copy_(ones(2)));
        Assert.Same(x, x.lerp_(zeros(2), tensor(0.5f)));
        Assert.Same(x, x.unsqueeze_(0).squeeze_(0));
        Assert.Same(x, x.requires_grad_(false));
        Assert.Same(x, x.detach_());
        Tensor other = x.zero_();
        Assert.NotSame(x, other); // the one exception: another object over the same memory
        Assert.Equal(0f, x.sum().item<float>());
        other.Dispose();
        x.add_(1).Dispose();
        Assert.True(x.IsInvalid); // so disposing the result disposes the tensor
    }

    [Fact]
    public void FusedUpdates()
    {
        Tensor m = ones(2), g = tensor(new float[] { 2, 4 });
        Assert.Equal([2f, 3f], Values(m.add(g, 0.5)));
        Assert.Equal([5f, 17f], Values(m.addcmul(g, g, 1)));
        Assert.Equal([1.5f, 1.25f], Values(m.addcdiv(ones(2), g, 1)));
        Assert.Equal([1.5f, 2.5f], Values(m.lerp(g, tensor(0.5f))));
        Assert.Equal([1f, 2f], Values(g.div(2)));
        Assert.Equal([1f, 3f], Values(tensor(new float[] { 3, 7 }).div(2, RoundingMode.floor)));
    }

    [Fact]
    public void FunctionsOfOneTensor()
    {
        Tensor x = tensor(new float[] { -1, 4 });
        Assert.Equal([1f, 4f], Values(x.abs()));
        Assert.Equal([0f, 4f], Values(x.relu()));
        Assert.Equal([1f, 16f], Values(x.pow(2)));
        Assert.Equal([1f, 16f], Values(x.square()));
        Assert.Equal([-1f, 1f], Values(x.sign()));
        Assert.Equal(2f, x[1].sqrt().item<float>());
        Assert.Equal(0.5f, x[1].rsqrt().item<float>());
        Assert.Equal(MathF.Exp(4), x[1].exp().item<float>(), 1e-4f);
        Assert.Equal(MathF.Log(5), x[1].log1p().item<float>(), 1e-6f);
        Assert.Equal(MathF.Tanh(-1), x[0].tanh().item<float>(), 1e-6f);
        Assert.Equal(1 / (1 + MathF.Exp(1)), sigmoid(x)[0].item<float>(), 1e-6f);
        Assert.Equal([-0.5f, 1f], Values(x.clamp(-0.5, 1)));
        Assert.Equal([0f, 4f], Values(x.clamp(min: 0)));
        Assert.Equal([-1f, 4f], Values(where(x < 0, x, x)));
    }

    [Fact]
    public void TypesArePromotedAndConverted()
    {
        Assert.Equal(ScalarType.Float32, (ones(1) * 2.0).dtype);
        Assert.Equal(ScalarType.Float64, (ones(1) * ones(1, dtype: float64)).dtype);
        Assert.Equal(ScalarType.Float32, (arange(2) / 2).dtype);
        Assert.Equal(ScalarType.Int64, (arange(2) * 2).dtype);
        Assert.Equal(ScalarType.Float32, (arange(2) * 2.0).dtype);
        Assert.Equal([1L, 2L], tensor(new[] { 1.9f, 2.1f }).to(int64).data<long>().ToArray());
        Assert.Equal(ScalarType.Float32, arange(2).@float().dtype);
        Assert.Equal(ScalarType.Int32, ones(1).to_type(ScalarType.Int32).dtype);
        Assert.Equal(ScalarType.Bool, ones(1).@bool().dtype);
        Assert.Equal(ScalarType.Float64, ones(1).type_as(ones(1, dtype: float64)).dtype);
    }

    [Fact]
    public void ConvertingCanDisposeTheSource()
    {
        Tensor source = ones(2);
        Tensor converted = source.to(float64, disposeAfter: true);
        Assert.True(source.IsInvalid);
        Assert.Equal(2.0, converted.sum().item<double>());
    }

    [Fact]
    public void Products()
    {
        Tensor a = arange(6).reshape(2, 3).@float();
        Assert.Equal([5f, 14f, 14f, 50f], Values(a.matmul(a.t())));
        Assert.Equal([2L, 2L], a.mm(a.transpose(0, 1)).shape);
        Assert.Equal([4L, 2L, 2L], ones(4, 2, 3).bmm(ones(4, 3, 2)).shape);
        Assert.Equal(55f, a.flatten().dot(a.flatten()).item<float>());
        Assert.Equal([2L, 2L], einsum("ik,jk->ij", a, a).shape);
        (Tensor values, Tensor vectors) = linalg.eigh(tensor(new float[,] { { 2, 0 }, { 0, 3 } }));
        Assert.Equal([2f, 3f], Values(values));
        Assert.Equal([2L, 2L], vectors.shape);
    }

    [Fact]
    public void EqualsComparesElementsAndHashCodesDoNot()
    {
        Assert.True(ones(2).Equals(ones(2)));
        Assert.False(ones(2).Equals(zeros(2)));
        Assert.True(ones(2).allclose(ones(2) + 1e-9));
        Tensor x = ones(2);
        Assert.Equal(x.GetHashCode(), x.GetHashCode());
    }
}
