using System.Buffers.Binary;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;
using SkiaSharp;
using static GanPipeline.Training.Tests.TestImages;

namespace GanPipeline.Training.Tests;

public class HostileImageTests
{
    public static TheoryData<string, string> Hostile => new()
    {
        { "empty.png", "no readable PNG or JPEG" }, { "text.png", "no readable PNG or JPEG" }, { "gif.png", "no readable PNG or JPEG" },
        { "cut.png", "cut short" }, { "no-end.png", "cut short" }, { "flipped.png", "damaged" }, { "huge.png", "claims 60000x60000 pixels" },
            { "vast.png", "no readable PNG or JPEG" },
        { "wide.png", "claims 16385x1 pixels" }, { "short-pixels.png", "damaged or cut short" },
        { "bomb.png", "claims 8000x8000 pixels, and its" }, { "long-chunk.png", "cut short" },
        { "cut.jpg", "damaged or cut short" }, { "cut-progressive.jpg", "damaged or cut short: it has no end" },
        { "head.jpg", "no readable PNG or JPEG" }, { "huge.jpg", "claims 65000x65000 pixels" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_and_damaged_files_get_a_sentence(string name, string expected)
    {
        using var folder = new TemporaryFolder();
        byte[] png = PngBytes(3, 16, 16, i => i * 7), jpeg = Jpeg(64, 64, SKColors.Red, SKColors.Blue);
        int scan = jpeg.AsSpan().IndexOf(new byte[] { 0xFF, 0xC0 });
        byte[] hugeJpeg = [.. jpeg];
        BinaryPrimitives.WriteUInt16BigEndian(hugeJpeg.AsSpan(scan + 5), 65000);
        BinaryPrimitives.WriteUInt16BigEndian(hugeJpeg.AsSpan(scan + 7), 65000);
        File.WriteAllBytes(folder[name], name switch
        {
            "empty.png" => [],
            "text.png" => "This is no picture."u8.ToArray(),
            "gif.png" => [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B],
            "cut.png" => png[..(png.Length / 2)],
            "no-end.png" => png[..^12],
            "flipped.png" => [.. png[..60], (byte)(png[60] ^ 0x10), .. png[61..]],
            "huge.png" => PngThatClaims(60_000, 60_000, 16),
            "vast.png" => PngThatClaims(2_000_000_000, 2_000_000_000, 16),
            "wide.png" => PngThatClaims(16385, 1, 1),
            "short-pixels.png" => PngThatClaims(100, 100, 3),
            "bomb.png" => PngThatClaims(8000, 8000, 3),
            "long-chunk.png" => [.. png[..33], 0x7F, 0xFF, 0xFF, 0xF0, .. png[37..]],
            "cut.jpg" => jpeg[..(jpeg.Length - 40)],
            "cut-progressive.jpg" => ProgressiveJpeg[..^40],
            "head.jpg" => jpeg[..20],
            _ => hugeJpeg,
        });
        string message = Assert.Throws<UserErrorException>(() => new FolderDataOptions { Test = 0 }.Load(folder.Name, DataSplit.Train, 1)).Message;
        Assert.StartsWith(folder[name], message);
        Assert.Contains(expected, message);
    }
}
