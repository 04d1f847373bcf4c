namespace GanPipeline.Training.Tests;

/// <summary>The generator of scripts/traces/portable.py: the SplitMix64 finalizer of a counter, to the bit.</summary>
internal static class PortableNumbers
{
    private const ulong Seed = 100;

    /// <summary>Streams; parameters have one each, from <see cref="Generator"/> or <see cref="Discriminator"/> on.</summary>
    public const ulong Generator = 1000 * Seed, Discriminator = Generator + 100, Normal = Generator + 200, Samples = Generator + 300, Labels = Generator + 400,
        Uniforms = Generator + 500;

    /// <summary>Numbers of a stream in [0, 1), multiples of 2^-24.</summary>
    public static double[] Uniform(ulong stream, long first, int count)
    {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++)
        {
            ulong z = ((stream << 40) + (ulong)(first + i + 1)) * 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            numbers[i] = ((z ^ (z >> 31)) >> 40) / (double)(1 << 24);
        }
        return numbers;
    }

    /// <summary>Sums of four uniform numbers, with mean 0 and variance 1.</summary>
    public static float[] Bell(ulong stream, long first, int count)
    {
        double[] u = Uniform(stream, 4 * first, 4 * count);
        return [.. Enumerable.Range(0, count).Select(i => (float)((u[4 * i] + u[4 * i + 1] + u[4 * i + 2] + u[4 * i + 3] - 2) * Math.Sqrt(3)))];
    }

    /// <summary>Uniform within 1/sqrt(inputs): the initial weights of the recorded trace.</summary>
    public static float[] Weights(ulong stream, int count, double inputs) =>
        Array.ConvertAll(Uniform(stream, 0, count), u => (float)((2 * u - 1) * (1 / Math.Sqrt(inputs))));
}
