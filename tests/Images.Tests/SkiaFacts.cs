using SkiaSharp;

namespace GanPipeline.Images.Tests;

/// <summary>What Skia does not do, and is therefore done otherwise; a test that fails says that it does by now.</summary>
public class SkiaFacts
{
    /// <summary>Two pixels of 16 bits a sample, 300 and 40001: grey, and RGB.</summary>
    public static TheoryData<string> Deep =>
    [
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABEAAAAACB2fwVAAAADUlEQVR4nGNg1JnjCAACBgELVHYHPwAAAABJRU5ErkJggg==",
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABEAIAAAAr0DSeAAAAEElEQVR4nGNg1AHBOY4gCAAOaAMf+aHtSQAAAABJRU5ErkJggg==",
    ];

    /// <summary>Why DeepPng reads them: half-precision numbers have 11 bits, and grey has had 8 before it became one.</summary>
    [Theory]
    [MemberData(nameof(Deep))]
    public void Sixteen_bits_a_sample_cannot_be_read(string png)
    {
        foreach (SKColorType type in new[] { SKColorType.Rgba16161616, SKColorType.RgbaF32, SKColorType.Alpha16, SKColorType.Rg1616 })
            Assert.Equal(SKCodecResult.InvalidConversion, Read(png, type).Result);
        (SKCodecResult result, byte[] pixels) = Read(png, SKColorType.RgbaF16);
        Assert.Equal(SKCodecResult.Success, result);
        Assert.NotEqual(40001, (int)Math.Round(65535 * (float)BitConverter.ToHalf(pixels, 8)));
    }

    /// <summary>Why libtorch scales images: mipmaps filter nothing between half and whole size, and cubic filters never.</summary>
    [Fact]
    public void Scaling_aliases_between_half_and_whole_size()
    {
        using SKBitmap stripes = ImageGrid.Compose([.. Enumerable.Range(0, 100 * 100).Select(i => (byte)(i % 2 * 255))], 1, 100, 100, columns: 1, padding: 0);
        foreach (SKSamplingOptions sampling in new SKSamplingOptions[] { new(SKFilterMode.Linear, SKMipmapMode.Linear), new(SKCubicResampler.Mitchell) })
        {
            using var small = new SKBitmap(new SKImageInfo(70, 70, SKColorType.Gray8, SKAlphaType.Opaque));
            Assert.True(stripes.ScalePixels(small, sampling));
            Assert.True(small.Bytes.Max() - small.Bytes.Min() > 150); // the filter that counts every pixel leaves 88 to 167
        }
    }

    private static unsafe (SKCodecResult Result, byte[] Pixels) Read(string png, SKColorType type)
    {
        using var codec = SKCodec.Create(new MemoryStream(Convert.FromBase64String(png)));
        var info = new SKImageInfo(2, 1, type, SKAlphaType.Opaque);
        byte[] pixels = new byte[info.BytesSize];
        fixed (byte* target = pixels) return (codec.GetPixels(info, (nint)target), pixels);
    }
}
