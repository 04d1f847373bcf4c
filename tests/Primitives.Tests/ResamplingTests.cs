namespace GanPipeline.Primitives.Tests;

public class ResamplingTests
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
        Resampling.Bilinear([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 3, 4, new PixelBox(1, 1, 2, 2), 2, 2, result);
        Assert.Equal([6, 7, 10, 11], result);
    }

    private static byte[] Resize(byte[] plane, int rows, int columns, int newRows, int newColumns)
    {
        var result = new byte[newRows * newColumns];
        Resampling.Bilinear(plane, rows, columns, new PixelBox(0, 0, rows, columns), newRows, newColumns, result);
        return result;
    }
}
