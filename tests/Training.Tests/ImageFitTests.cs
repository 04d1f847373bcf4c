using System.Security.Cryptography;
using GanPipeline.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

/// <summary>How images become squares: what is counted on of libtorch's filter, and what is ours around it.</summary>
public class ImageFitTests
{
    [Fact]
    public void Growing_interpolates_between_the_centres_of_pixels() =>
        Assert.Equal([0, 25, 75, 100], Fitted(ImageFit.Stretch, [0, 100, 0, 100], 2, 2, 4)[..4]);

    [Fact]
    public void Shrinking_counts_every_pixel_by_a_wider_triangle()
    {
        // Four pixels to two: the triangle reaches two pixels from the centre 1, so pixels 0, 1, 2 weigh 3/4, 3/4, 1/4.
        byte[] line = [40, 80, 120, 200];
        Assert.Equal([(byte)Math.Round((0.75 * 40 + 0.75 * 80 + 0.25 * 120) / 1.75), (byte)Math.Round((0.25 * 80 + 0.75 * 120 + 0.75 * 200) / 1.75)],
            Fitted(ImageFit.Stretch, [.. line, .. line], 2, 4, 2)[..2]);
    }

    [Theory]
    [InlineData(64, 8, 4)]
    [InlineData(100, 70, 40)] // where mipmaps would alias: stripes of 20 to 235
    [InlineData(512, 32, 4)]
    public void Shrinking_does_not_alias(int side, int size, int most) =>
        // Stripes of one pixel are beyond what fewer pixels can show: a grey is left.
        Assert.All(Fitted(ImageFit.Stretch, [.. Enumerable.Range(0, side * side).Select(i => (byte)(i % side % 2 * 255))], side, side, size),
            p => Assert.InRange(p, 127 - most, 128 + most));

    [Fact]
    public void Both_directions_are_independent()
    {
        byte[] wide = Fitted(ImageFit.Stretch, [0, 100, 200, 60, 120, 240], 2, 3, 5), tall = Fitted(ImageFit.Stretch, [0, 60, 100, 120, 200, 240], 3, 2, 5);
        for (int row = 0; row < 5; row++)
            for (int column = 0; column < 5; column++) Assert.InRange(wide[row * 5 + column] - tall[column * 5 + row], -1, 1);
    }

    [Theory]
    [InlineData(7, 5, 7)]
    [InlineData(28, 28, 32)]
    [InlineData(218, 178, 64)]
    [InlineData(4, 4, 4)]
    public void One_colour_stays_one_colour_and_the_same_size_changes_nothing(int rows, int columns, int size)
    {
        Assert.All(Fitted(ImageFit.Stretch, [.. Enumerable.Repeat((byte)255, rows * columns)], rows, columns, size), p => Assert.Equal(255, p));
        byte[] image = [.. Enumerable.Range(0, rows * columns).Select(i => (byte)(i * 37))];
        if (rows == size && columns == size) Assert.Equal(image, Fitted(ImageFit.Stretch, image, rows, columns, size));
    }

    [Fact]
    public void Crop_takes_the_centre_and_pad_leaves_black_around()
    {
        byte[] image = [1, 2, 3, 4, 5, 6, 7, 8]; // 2 x 4
        Assert.Equal([2, 3, 6, 7], Fitted(ImageFit.Crop, image, 2, 4, 2));
        Assert.Equal([2, 3, 4, 5], Fitted(ImageFit.Crop, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 5, 2, 2)); // the half row goes above
        Assert.Equal([0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0], Fitted(ImageFit.Pad, image, 2, 4, 4));
    }

    /// <summary>
    /// Recorded on processors with AVX-512, and with ATEN_CPU_CAPABILITY set to default and to avx2: sums of whole numbers are the same in every order. The
    /// filter of floating-point numbers is not.
    /// </summary>
    [Fact]
    public void The_pixels_are_the_same_on_every_machine()
    {
        byte[] noise = new byte[218 * 178];
        uint state = 1;
        for (int i = 0; i < noise.Length; i++) noise[i] = (byte)((state = state * 1664525 + 1013904223) >> 24);
        byte[] all = [.. Fitted(ImageFit.Crop, noise, 218, 178, 64), .. Fitted(ImageFit.Stretch, noise[..784], 28, 28, 32),
            .. Fitted(ImageFit.Stretch, noise[..10_000], 100, 100, 70)];
        Assert.Equal("58588717DC66F866", Convert.ToHexString(SHA256.HashData(all))[..16]);
    }

    private static byte[] Fitted(ImageFit fit, byte[] plane, int rows, int columns, int size)
    {
        using DisposeScope scope = NewDisposeScope();
        return fit.Apply(tensor(plane, [1, 1, rows, columns], uint8), size).data<byte>().ToArray();
    }
}
