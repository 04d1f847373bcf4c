using System.Numerics;

namespace GanPipeline.Tables;

/// <summary>The greatest number that divides two: what the steps are found by that dates and numbers are counted in.</summary>
internal static class CommonDivisor
{
    /// <summary>Of two numbers that are not below 0; of 0 and another the other.</summary>
    public static T Of<T>(T a, T b) where T : struct, IBinaryInteger<T>
    {
        while (!T.IsZero(b)) (a, b) = (b, a % b);
        return a;
    }
}
