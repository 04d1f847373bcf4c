using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

#pragma warning disable RS0030 // the one place where a Scalar is made; everything here holds it until libtorch has read it

namespace GanPipeline.Training;

/// <summary>
/// Tensor arithmetic with numbers. TorchSharp makes a <see cref="Scalar"/> of each number, an object with a finaliser that nothing refers to any more once
/// libtorch has its address: a garbage collection that another thread sets off just then frees it, and the operation fails or computes with what lies there.
/// It does so inside of <c>a + b</c>, <c>square</c> and softplus too. So constants are held once for all, and numbers that change for as long as the call
/// takes; src/BannedSymbols.txt keeps all other code from making a Scalar.
/// </summary>
/// <remarks>Each operation is the one that TorchSharp's own operator calls, with a number of the same kind, so that results are the same to the bit.</remarks>
internal static class Held
{
    // Whole numbers stay whole, so that a tensor of integers remains one.
    public static readonly Scalar Zero = 0.ToScalar(), One = 1.ToScalar(), Two = 2.ToScalar(), MinusTwo = (-2).ToScalar();
    public static readonly Scalar Half = 0.5.ToScalar(), Infinity = float.PositiveInfinity.ToScalar();

    private static readonly Scalar s_softplusBeta = 1.0.ToScalar(), s_softplusThreshold = 20.0.ToScalar(); // its defaults

    /// <summary>a + b; a where there is no b.</summary>
    public static Tensor Plus(this Tensor a, Tensor? b) => b is null ? a : a.add(b, One);

    public static Tensor Plus(this Tensor a, long b) { using Scalar held = b.ToScalar(); return a.add(held, One); }

    public static Tensor Plus(this Tensor a, double b) { using Scalar held = b.ToScalar(); return a.add(held, One); }

    public static Tensor Minus(this Tensor a, long b) { using Scalar held = b.ToScalar(); return a.sub(held); }

    public static Tensor Minus(this Tensor a, double b) { using Scalar held = b.ToScalar(); return a.sub(held); }

    public static Tensor Minus(this Scalar a, Tensor b) => b.negative().add(a, One);

    public static Tensor Times(this Tensor a, long b) { using Scalar held = b.ToScalar(); return a.mul(held); }

    public static Tensor Times(this Tensor a, double b) { using Scalar held = b.ToScalar(); return a.mul(held); }

    public static Tensor Over(this Tensor a, long b) { using Scalar held = b.ToScalar(); return a.div(held); }

    public static Tensor Over(this Tensor a, double b) { using Scalar held = b.ToScalar(); return a.div(held); }

    public static Tensor Over(this double a, Tensor b) { using Scalar held = a.ToScalar(); return b.reciprocal().mul(held); }

    public static Tensor Modulo(this Tensor a, long b) { using Scalar held = b.ToScalar(); return a.remainder(held); }

    public static Tensor Squared(this Tensor a) => a.pow(Two);

    public static Tensor Power(this Tensor a, long exponent) { using Scalar held = exponent.ToScalar(); return a.pow(held); }

    /// <summary>log(1 + exp(a)).</summary>
    public static Tensor Softplus(this Tensor a) => Softplus(a, s_softplusBeta, s_softplusThreshold);

    /// <summary>a above 0, slope · a below.</summary>
    public static Tensor LeakyRelu(this Tensor a, double slope) { using Scalar held = slope.ToScalar(); return a.leaky_relu(held); }

    /// <summary>What is above stays; the gradient of the rest is 0.</summary>
    public static Tensor AtLeast(this Tensor a, double least) { using Scalar held = least.ToScalar(); return a.clamp_min(held); }

    /// <summary>What is below stays; the gradient of the rest is 0.</summary>
    public static Tensor AtMost(this Tensor a, double most) { using Scalar held = most.ToScalar(); return a.clamp_max(held); }

    public static Tensor Between(this Tensor a, double least, double most)
    {
        using Scalar low = least.ToScalar(), high = most.ToScalar();
        return a.clamp(low, high);
    }

    /// <summary>Where a is below a number.</summary>
    public static Tensor IsBelow(this Tensor a, double number) { using Scalar held = number.ToScalar(); return a.lt(held); }

    /// <summary>Where a is a number or above it.</summary>
    public static Tensor IsAtLeast(this Tensor a, double number) { using Scalar held = number.ToScalar(); return a.ge(held); }

    /// <summary>a = a + b, in place.</summary>
    public static Tensor Add(this Tensor a, Tensor b) => a.add_(b, One);

    /// <summary>a = a + weight · b, in place.</summary>
    public static Tensor Add(this Tensor a, Tensor b, double weight) { using Scalar held = weight.ToScalar(); return a.add_(b, held); }

    /// <summary>a = a + b, in place.</summary>
    public static Tensor Add(this Tensor a, double b) { using Scalar held = b.ToScalar(); return a.add_(held, One); }

    /// <summary>a = a + weight · b · c, in place.</summary>
    public static Tensor AddProduct(this Tensor a, Tensor b, Tensor c, double weight) { using Scalar held = weight.ToScalar(); return a.addcmul_(b, c, held); }

    /// <summary>a = a + weight · b / c, in place.</summary>
    public static Tensor AddQuotient(this Tensor a, Tensor b, Tensor c, double weight) { using Scalar held = weight.ToScalar(); return a.addcdiv_(b, c, held); }

    /// <summary>a = a · b, in place.</summary>
    public static Tensor Multiply(this Tensor a, double b) { using Scalar held = b.ToScalar(); return a.mul_(held); }

    /// <summary>a = a / b, in place.</summary>
    public static Tensor Divide(this Tensor a, double b) { using Scalar held = b.ToScalar(); return a.div_(held); }

    /// <summary>What is outside is brought to the nearer bound, in place.</summary>
    public static Tensor Clip(this Tensor a, double least, double most)
    {
        using Scalar low = least.ToScalar(), high = most.ToScalar();
        return a.clamp_(low, high);
    }

    /// <summary>[stop - start] start, start + 1, and so on.</summary>
    public static Tensor Range(long start, long stop, ScalarType type, Device? device = null)
    {
        using Scalar first = start.ToScalar(), end = stop.ToScalar();
        return arange(first, end, One, type, device);
    }

    /// <summary>The same in strides.</summary>
    public static Tensor Range(long start, long stop, long stride, ScalarType type, Device? device = null)
    {
        using Scalar first = start.ToScalar(), end = stop.ToScalar(), step = stride.ToScalar();
        return arange(first, end, step, type, device);
    }

    /// <summary>The public functions take numbers only, and drop the Scalars that they make of them.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "softplus1")]
    private static extern Tensor Softplus(Tensor tensor, Scalar beta, Scalar threshold);
}
