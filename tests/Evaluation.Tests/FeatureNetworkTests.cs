using GanPipeline.Evaluation.Images;
using GanPipeline.Inference.Tests;

namespace GanPipeline.Evaluation.Tests;

/// <summary>A network that gives back the pixels that it got: what they were brought to.</summary>
public sealed class FeatureNetworkTests
{
    /// <summary>
    /// Recorded with Pillow 9.4: an image of mode F, whose pixel i is i * 37 mod 256, by resize((newColumns, newRows), BICUBIC), which is what clean-fid calls.
    /// </summary>
    public static TheoryData<int, int, int, int, float[]> OfPillow => new()
    {
        {
            7, 11, 3, 4,
            [104.2222f, 114.8605f, 118.9254f, 111.2931f, 130.3952f, 126.2303f, 125.7697f, 121.6048f, 140.7069f, 133.0746f,
            137.1395f, 147.7778f]
        },
        {
            3, 4, 5, 6,
            [-13.6040f, 4.0655f, 31.7732f, 55.5454f, 94.8235f, 122.8563f, 54.3121f, 71.9816f, 101.0849f, 130.4392f, 98.9061f,
            62.2653f, 145.5658f, 163.2353f, 194.1296f, 230.6481f, 108.2353f, -11.4079f, 82.0733f, 99.7428f, 128.8460f, 158.2004f,
            126.6673f, 90.0265f, 29.4148f, 47.0844f, 74.7921f, 98.5643f, 137.8424f, 165.8751f]
        },
        {
            9, 4, 2, 7,
            [101.1457f, 109.7347f, 123.4086f, 119.1890f, 108.7122f, 98.3999f, 92.9729f, 125.2642f, 119.0887f, 110.0571f,
            119.9127f, 131.7060f, 130.1022f, 128.2670f]
        },
    };

    [Theory]
    [MemberData(nameof(OfPillow))]
    public void Images_are_brought_to_the_size_by_the_filter_that_clean_fid_uses(int rows, int columns, int newRows, int newColumns, float[] expected)
    {
        byte[] image = [.. Enumerable.Range(0, rows * columns).Select(i => (byte)(i * 37))];
        Assert.Equal(expected, Run([.. image, .. image], rows, columns, newRows, newColumns, 0, 255)[..expected.Length], (a, b) => Math.Abs(a - b) < 2e-3);
    }

    [Fact]
    public void Shrinking_does_not_alias_and_grey_images_get_the_channels_and_the_range()
    {
        // Stripes of one pixel are beyond what an eighth of the width can show: a grey is left, and not stripes of -1 and 1.
        float[] found = Run([.. Enumerable.Range(0, 64 * 64).Select(i => (byte)(i % 2 * 255))], 64, 64, 8, 8, -1, 1);
        Assert.All(found, p => Assert.InRange(p, -0.06f, 0.06f));
        found = Run([0, 255, 255, 0], 2, 2, 2, 2, -1, 1);
        Assert.Equal([-1, 1, 1, -1, -1, 1, 1, -1, -1, 1, 1, -1], found); // three channels
    }

    /// <summary>What the network makes of grey images, each three times.</summary>
    private static float[] Run(byte[] images, int rows, int columns, int newRows, int newColumns, float low, float high)
    {
        float[] found = new float[images.Length / (rows * columns) * 3 * newRows * newColumns];
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["pixels.onnx"], Pixels(newRows, newColumns));
        using FeatureNetwork network = FeatureNetwork.Open(folder["pixels.onnx"], low, high);
        network.Run(images, 1, rows, columns, found);
        return found;
    }

    private static byte[] Pixels(int rows, int columns) => new ProtoWriter().Number(1, 8).Text(2, "test").Message(8, opset => opset.Text(1, "").Number(2, 17))
        .Message(7, graph => graph.Text(2, "pixels")
            .Message(1, node => node.Text(1, "image").Text(2, "features").Text(4, "Flatten"))
            .Message(11, input => Value(input, "image", 3, rows, columns))
            .Message(12, output => Value(output, "features", 3 * rows * columns))).ToArray();

    private static void Value(ProtoWriter info, string name, params int[] sizes) => info.Text(1, name).Message(2, type => type.Message(1, tensor =>
        tensor.Number(1, 1).Message(2, shape =>
        {
            shape.Message(1, dimension => dimension.Text(2, "N"));
            foreach (int size in sizes) shape.Message(1, dimension => dimension.Number(1, (ulong)size));
        })));
}
