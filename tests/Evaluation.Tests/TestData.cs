using System.Runtime.CompilerServices;
using GanPipeline.Evaluation.Features;
using GanPipeline.Primitives;
using TorchSharp;

[assembly: CollectionBehavior(DisableTestParallelization = true)] // libtorch has one seed and one count of live tensors for all threads

namespace GanPipeline.Evaluation.Tests;

internal static class TestData
{
    public static readonly ImageShape Digit = new(1, 28, 28);

    /// <summary>These networks are small, and threads that wait for each other spin: on a busy machine two take many times as long as one.</summary>
    [ModuleInitializer]
    internal static void UseOneThread()
    {
        // The first use of the library is enough for TorchSharp to load where the C++ runtime is older; without it no test here would run.
        _ = new ImageClassifierOptions();
        torch.set_num_threads(1);
    }

    /// <summary>The first images of a part of MNIST; skips the test where the data set is not there.</summary>
    public static (byte[] Pixels, long[] Labels) Mnist(string part, int count)
    {
        string folder = Repository.Data("mnist");
        string images = Path.Combine(folder, $"{part}-images-idx3-ubyte.gz"), labels = Path.Combine(folder, $"{part}-labels-idx1-ubyte.gz");
        Assert.SkipUnless(File.Exists(images) && File.Exists(labels), $"{images} is not there; put MNIST there or name its parent folder in GAN_DATA.");
        return (IdxFile.ReadImages(images).Pixels[..(count * Digit.Size)], [.. IdxFile.ReadLabels(labels).Take(count).Select(l => (long)l)]);
    }

    /// <summary>Two half-moons, upper (class 0) before lower (class 1), that overlap a little.</summary>
    public static (float[] Points, long[] Labels) Moons(int upper, int lower, ulong seed)
    {
        float[] points = new float[2 * (upper + lower)];
        GaussianNoise.Fill(seed, 0, 2, points);
        var random = new Random((int)seed);
        for (int i = 0; i < upper + lower; i++)
        {
            double t = Math.PI * random.NextDouble(), x = i < upper ? Math.Cos(t) : 1 - Math.Cos(t), y = i < upper ? Math.Sin(t) : 0.5 - Math.Sin(t);
            points[2 * i] = (float)(x + 0.25 * points[2 * i]);
            points[2 * i + 1] = (float)(y + 0.25 * points[2 * i + 1]);
        }
        return (points, [.. Enumerable.Range(0, upper + lower).Select(i => i < upper ? 0L : 1L)]);
    }

    /// <summary>Dim noise with a bright block in the corner that the class (0 to 3) names.</summary>
    public static (byte[] Pixels, long[] Labels) Corners(ImageShape shape, int count, int seed)
    {
        var random = new Random(seed);
        byte[] pixels = new byte[count * shape.Size];
        long[] labels = new long[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = random.Next(4);
            int top = labels[i] < 2 ? 0 : shape.Height / 2, left = labels[i] % 2 == 0 ? 0 : shape.Width / 2;
            for (int p = 0; p < shape.Size; p++)
            {
                int row = p / shape.Width % shape.Height - top, column = p % shape.Width - left;
                bool bright = row >= 0 && row < shape.Height / 2 && column >= 0 && column < shape.Width / 2;
                pixels[i * shape.Size + p] = (byte)(random.Next(120) + (bright ? 120 : 0));
            }
        }
        return (pixels, labels);
    }

    /// <summary>Smooth made numbers: the sets of scripts/record_metrics.py.</summary>
    public static float[,] Waves(int rows, double phase, double scale, int columns = 8)
    {
        float[,] set = new float[rows, columns];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) set[i, j] = (float)(scale * Math.Sin(0.7 * i + 1.3 * j * j + phase) + 0.05 * (i * (j + 3) % 17) + phase * j);
        return set;
    }

    /// <summary>Independent normal numbers around a mean.</summary>
    public static FeatureSet Normal(int rows, int columns, ulong seed, float mean = 0, float deviation = 1)
    {
        float[] values = new float[rows * columns];
        GaussianNoise.Fill(seed, 0, columns, values);
        for (int i = 0; i < values.Length; i++) values[i] = mean + deviation * values[i];
        return new FeatureSet(values, columns);
    }

    /// <summary>Tensors that are in use, once those that nobody holds are gone.</summary>
    public static long LiveTensors()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return torch.Tensor.TotalCount;
    }
}
