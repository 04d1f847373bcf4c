using GanPipeline.Evaluation.Images;
using GanPipeline.Images;
using GanPipeline.Inference.Tests;
using GanPipeline.Primitives;

namespace GanPipeline.Evaluation.Tests;

public sealed class FeatureNetworkTests
{
    private const int Size = 8;

    /// <summary>A network that gives back the pixels that it got: what they were brought to.</summary>
    [Theory]
    [InlineData(64)] // becomes smaller
    [InlineData(5)] // becomes larger
    public void Images_are_brought_to_the_size_by_an_antialiased_bicubic_filter(int side)
    {
        byte[] image = [.. Enumerable.Range(0, side * side).Select(i => (byte)(i % side % 2 * 255))]; // stripes of one pixel
        float[] expected = new float[Size * Size], found = new float[2 * 3 * Size * Size];
        Resizing.Bicubic(image, side, side, Size, Size, expected);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["pixels.onnx"], Pixels());
        using FeatureNetwork network = FeatureNetwork.Open(folder["pixels.onnx"], low: -1, high: 1);
        network.Run([.. image, .. image], 1, side, side, found);
        for (int plane = 0; plane < 6; plane++) // two images, whose one channel is repeated three times
            Assert.Equal(expected, found[(plane * Size * Size)..((plane + 1) * Size * Size)], (wanted, got) => Math.Abs(wanted / 127.5f - 1 - got) < 1e-4);
        if (side > Size) Assert.All(found, p => Assert.InRange(p, -0.06f, 0.06f)); // what aliases would be stripes of -1 and 1
    }

    private static byte[] Pixels() => new ProtoWriter().Number(1, 8).Text(2, "test").Message(8, opset => opset.Text(1, "").Number(2, 17))
        .Message(7, graph => graph.Text(2, "pixels")
            .Message(1, node => node.Text(1, "image").Text(2, "features").Text(4, "Flatten"))
            .Message(11, input => Value(input, "image", 3, Size, Size))
            .Message(12, output => Value(output, "features", 3 * Size * Size))).ToArray();

    private static void Value(ProtoWriter info, string name, params int[] sizes) => info.Text(1, name).Message(2, type => type.Message(1, tensor =>
        tensor.Number(1, 1).Message(2, shape =>
        {
            shape.Message(1, dimension => dimension.Text(2, "N"));
            foreach (int size in sizes) shape.Message(1, dimension => dimension.Number(1, (ulong)size));
        })));
}
