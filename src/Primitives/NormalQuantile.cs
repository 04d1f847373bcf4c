using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GanPipeline.Primitives;

/// <summary>32 random bits to a standard normal number, eight at a time; see <see cref="GaussianNoise"/> for the mathematics.</summary>
internal static class NormalQuantile
{
    private const float TwoToMinus31 = 1f / (1u << 31);

    /// <summary>w below this uses the central polynomial, in w - 3; above it the tail's, in √w - 3.5.</summary>
    private const float TailStart = 6f;

    private static readonly float[] Central =
    [
        4.78436390949355e-07f, -2.776788505798322e-06f, -1.6931033314904198e-05f, 2.770683785766386e-04f,
        -1.185127766802907e-03f, -8.116704411804676e-03f, 3.417187035083771e-01f, 2.2960355281829834f,
    ];

    private static readonly float[] Tail =
    [
        -2.754855959210545e-04f, 7.848433451727033e-04f, -1.017867703922093e-03f, 1.4370348071679473e-03f,
        -2.897192956879735e-03f, 4.6580154448747635e-03f, 1.4246329069137573f, 4.717088222503662f,
    ];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FromBits(Vector256<uint> bits)
    {
        // Tail probability and its complement are both built from the integer, so that neither loses digits where it is small.
        var r = (bits >>> 1).AsInt32();
        var half = Vector256.Create(0.5f);
        var tail = (Vector256.ConvertToSingle(r) + half) * TwoToMinus31;
        var x = (Vector256.ConvertToSingle(Vector256.Create(int.MaxValue) - r) + half) * TwoToMinus31;

        var w = -Log(tail * (Vector256.Create(2f) - tail)); // 1 - x² = tail·(2 - tail)
        var factor = Polynomial(Central, w - Vector256.Create(3f));
        var central = Vector256.LessThan(w, Vector256.Create(TailStart));
        if (central.AsInt32() != Vector256<int>.AllBitsSet) // one time in a hundred
        {
            factor = Vector256.ConditionalSelect(central, factor, Polynomial(Tail, Vector256.Sqrt(w) - Vector256.Create(3.5f)));
        }

        var sign = (bits << 31).AsSingle();
        return x * factor ^ sign;
    }

    /// <summary>Natural logarithm of numbers in (0, 1]: v = m·2^e with m in [√½, √2), log m = 2·atanh((m - 1) / (m + 1)) by its series.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Log(Vector256<float> v)
    {
        // Subtracting the bits of √½ before taking the exponent puts m into [√½, √2).
        var bits = v.AsInt32() - Vector256.Create(0x3F3504F3);
        var exponent = Vector256.ConvertToSingle(bits >> 23);
        var m = ((bits & Vector256.Create(0x007FFFFF)) + Vector256.Create(0x3F3504F3)).AsSingle();
        var s = (m - Vector256.Create(1f)) / (m + Vector256.Create(1f));
        var s2 = s * s;
        var series = (((s2 * (2f / 9f) + Vector256.Create(2f / 7f)) * s2 + Vector256.Create(2f / 5f)) * s2 + Vector256.Create(2f / 3f)) * s2 * s + (s + s);
        // ln 2 in two parts: the product of the first with a small integer is exact.
        return exponent * 0.693359375f + (exponent * -2.12194440e-4f + series);
    }

    /// <summary>Horner's rule, highest power first, each product and each sum rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Polynomial(float[] coefficients, Vector256<float> t)
    {
        var sum = Vector256.Create(coefficients[0]);
        sum = sum * t + Vector256.Create(coefficients[1]);
        sum = sum * t + Vector256.Create(coefficients[2]);
        sum = sum * t + Vector256.Create(coefficients[3]);
        sum = sum * t + Vector256.Create(coefficients[4]);
        sum = sum * t + Vector256.Create(coefficients[5]);
        sum = sum * t + Vector256.Create(coefficients[6]);
        sum = sum * t + Vector256.Create(coefficients[7]);
        return sum;
    }
}
