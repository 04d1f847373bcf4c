namespace GanPipeline.Images.Tests;

public class ResizingTests
{
    [Fact]
    public void Growing_interpolates_between_the_centres_of_pixels() =>
        Assert.Equal([0, 25, 75, 100], Resize([0, 100], 1, 2, 1, 4));

    [Fact]
    public void Shrinking_counts_every_pixel_by_a_wider_triangle() =>
        // Four pixels to two: the triangle reaches two pixels from the centre 1, so pixels 0, 1, 2 weigh 3/4, 3/4, 1/4.
        Assert.Equal([(byte)Math.Round((0.75 * 40 + 0.75 * 80 + 0.25 * 120) / 1.75), (byte)Math.Round((0.25 * 80 + 0.75 * 120 + 0.75 * 200) / 1.75)],
            Resize([40, 80, 120, 200], 1, 4, 1, 2));

    [Fact]
    public void Both_directions_are_independent()
    {
        byte[] image = [0, 100, 200, 60, 120, 240];
        byte[] turned = [0, 60, 100, 120, 200, 240];
        byte[] wide = Resize(image, 2, 3, 4, 5), tall = Resize(turned, 3, 2, 5, 4);
        for (var row = 0; row < 4; row++)
        {
            for (var column = 0; column < 5; column++)
            {
                Assert.InRange(wide[row * 5 + column] - tall[column * 4 + row], -1, 1);
            }
        }
    }

    [Theory]
    [InlineData(7, 5, 7, 5)]
    [InlineData(28, 28, 32, 32)]
    [InlineData(218, 178, 64, 64)]
    public void One_colour_stays_one_colour_and_the_same_size_changes_nothing(int rows, int columns, int newRows, int newColumns)
    {
        Assert.All(Resize([.. Enumerable.Repeat((byte)255, rows * columns)], rows, columns, newRows, newColumns), p => Assert.Equal(255, p));
        byte[] image = [.. Enumerable.Range(0, rows * columns).Select(i => (byte)(i * 37))];
        if (rows == newRows) Assert.Equal(image, Resize(image, rows, columns, newRows, newColumns));
    }

    [Fact]
    public void A_box_takes_a_part_of_the_image()
    {
        var result = new byte[4];
        Resizing.Bilinear([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 3, 4, new PixelBox(1, 1, 2, 2), 2, 2, result);
        Assert.Equal([6, 7, 10, 11], result);
    }

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
    public void Bicubic_is_what_Pillow_has(int rows, int columns, int newRows, int newColumns, float[] expected)
    {
        var result = new float[newRows * newColumns];
        Resizing.Bicubic([.. Enumerable.Range(0, rows * columns).Select(i => (byte)(i * 37))], rows, columns, newRows, newColumns, result);
        Assert.Equal(expected, result, (a, b) => Math.Abs(a - b) < 2e-3);
    }

    [Fact]
    public void Bicubic_shrinking_does_not_alias()
    {
        // Stripes of one pixel are beyond what an eighth of the width can show: a grey is left. Interpolation without a wider filter would pick out stripes.
        var result = new float[8 * 8];
        Resizing.Bicubic([.. Enumerable.Range(0, 64 * 64).Select(i => (byte)(i % 2 * 255))], 64, 64, 8, 8, result);
        Assert.All(result, p => Assert.InRange(p, 120, 135));
    }

    private static byte[] Resize(byte[] plane, int rows, int columns, int newRows, int newColumns)
    {
        var result = new byte[newRows * newColumns];
        Resizing.Bilinear(plane, rows, columns, new PixelBox(0, 0, rows, columns), newRows, newColumns, result);
        return result;
    }
}
