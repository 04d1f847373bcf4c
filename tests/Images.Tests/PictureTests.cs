using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SkiaSharp;

namespace GanPipeline.Images.Tests;

public class PictureTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_png_holds_the_pixels_it_was_given(int channels)
    {
        byte[] planes = new byte[5 * 3 * channels];
        new Random(1).NextBytes(planes);
        using SKBitmap picture = ImageGrid.Compose(planes, channels, 3, 5, columns: 1, padding: 0);
        using var folder = new TemporaryFolder();
        PngFile.Write(folder["a.png"], picture);

        (byte[] header, byte[] rows) = Decode(File.ReadAllBytes(folder["a.png"]));
        Assert.Equal([0, 0, 0, 5, 0, 0, 0, 3, 8, (byte)(channels == 1 ? 0 : 2), 0, 0, 0], header);
        byte[] interleaved = [.. Enumerable.Range(0, planes.Length).Select(i => planes[i % channels * 15 + i / channels])];
        Assert.Equal(interleaved.Chunk(5 * channels).SelectMany(row => row.Prepend((byte)0)), rows);
        DecodedImage read = ImageDecoder.Decode("a.png", File.ReadAllBytes(folder["a.png"]), ImageReading.Usual);
        Assert.Equal((channels, 3, 5), (read.Channels, read.Rows, read.Columns));
        Assert.Equal(planes, read.Planes);
    }

    [Fact]
    public void A_stream_that_takes_no_more_is_no_silent_end()
    {
        using SKBitmap picture = ImageGrid.Compose(new byte[100], 1, 10, 10, columns: 1);
        Assert.Throws<NotSupportedException>(() => PngFile.Write(new MemoryStream(new byte[20]), picture));
    }

    [Fact]
    public void A_grid_places_images_in_rows_and_leaves_the_rest_as_background()
    {
        byte[] pixels = [10, 11, 20, 21, 30, 31]; // three images of 1 x 2
        using SKBitmap grid = ImageGrid.Compose(pixels, channels: 1, height: 1, width: 2, columns: 2, padding: 1, background: 9);
        Assert.Equal((7, 5), (grid.Width, grid.Height));
        Assert.Equal(
            [
                9, 9, 9, 9, 9, 9, 9,
                9, 10, 11, 9, 20, 21, 9,
                9, 9, 9, 9, 9, 9, 9,
                9, 30, 31, 9, 9, 9, 9,
                9, 9, 9, 9, 9, 9, 9,
            ],
            Values(grid));
    }

    [Fact]
    public void A_grid_of_colour_images_interleaves_their_planes()
    {
        byte[] pixels = [1, 2, 3, 4, 5, 6]; // one image of 3 channels, 1 x 2
        using SKBitmap grid = ImageGrid.Compose(pixels, channels: 3, height: 1, width: 2, columns: 4, padding: 0);
        Assert.Equal([(1, 3, 5), (2, 4, 6)], grid.Pixels.Select(p => (p.Red, p.Green, p.Blue)).Select(p => ((int)p.Red, (int)p.Green, (int)p.Blue)));
    }

    [Fact]
    public void A_scatter_plot_shows_each_class_in_its_colour_with_the_rare_one_on_top_and_y_upwards()
    {
        // Class 1 has one point, at the top, hidden neither by the frame nor by the two of class 0 at the same place.
        float[] points = [0, 1, 0, 1, 1, 0];
        using SKBitmap plot = ScatterPlot.Draw([new ScatterPanel(points, new[] { 0, 1, 0 }), new ScatterPanel(points, new[] { 0, 0, 0 })], size: 200);
        Assert.Equal((400, 200), (plot.Width, plot.Height));
        var blue = Pixels(plot, 0, 200, 0, 114, 178);
        var orange = Pixels(plot, 0, 200, 213, 94, 0);
        Assert.NotEmpty(blue);
        Assert.NotEmpty(orange);
        Assert.True(orange.Max(p => p.Y) < blue.Min(p => p.Y), "y = 1 must be above y = 0");
        Assert.True(orange.Max(p => p.X) < blue.Min(p => p.X), "x = 0 must be left of x = 1");
        Assert.Empty(Pixels(plot, 200, 400, 213, 94, 0));
        Assert.NotEmpty(Pixels(plot, 200, 400, 0, 114, 178));
    }

    [Fact]
    public void A_scatter_plot_refuses_what_it_cannot_show()
    {
        Assert.Throws<ArgumentException>(() => ScatterPlot.Draw([]));
        Assert.Throws<ArgumentException>(() => ScatterPlot.Draw([new ScatterPanel(new float[3], new int[1])]));
        Assert.Throws<ArgumentException>(() => ScatterPlot.Draw([new ScatterPanel(new[] { float.NaN, 0 }, new int[1])]));
    }

    private static List<(int X, int Y)> Pixels(SKBitmap picture, int left, int right, byte red, byte green, byte blue) =>
        [.. from y in Enumerable.Range(0, picture.Height) from x in Enumerable.Range(left, right - left)
            where picture.GetPixel(x, y) == new SKColor(red, green, blue) select (x, y)];

    private static byte[] Values(SKBitmap grey) => [.. Enumerable.Range(0, grey.Height)
        .SelectMany(y => grey.GetPixelSpan().Slice(y * grey.RowBytes, grey.Width).ToArray())];

    private static (byte[] Header, byte[] Rows) Decode(byte[] png)
    {
        var chunks = new Dictionary<string, byte[]>();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            chunks.Add(Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]);
            at += 12 + length;
        }

        using var rows = new MemoryStream();
        using var zlib = new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress);
        zlib.CopyTo(rows);
        return (chunks["IHDR"], rows.ToArray());
    }
}
