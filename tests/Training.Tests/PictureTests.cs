using System.IO.Compression;
using GanPipeline.Images;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;
using SkiaSharp;
using static GanPipeline.Training.Tests.TestImages;

namespace GanPipeline.Training.Tests;

/// <summary>What becomes of pictures that are no plain 8-bit sRGB: handled or said, never lost in silence.</summary>
public class PictureTests
{
    private readonly FolderDataOptions _all = new() { Test = 0 };

    [Fact]
    public void Transparent_parts_show_the_background_and_a_note_says_so_once()
    {
        using var folder = new TemporaryFolder();
        // A black dot on nothing, half of it see-through.
        for (int i = 0; i < 6; i++) File.WriteAllBytes(folder[$"{i}.png"], PngOf(3, 1, 8, 6, [0, 0, 0, 255, 0, 0, 0, 128, 0, 0, 0, 0]));
        Png(folder, "6.png", 3, 1, 3, p => 10 * p);
        using Dataset white = _all.Load(folder.Name, DataSplit.Train, 1);
        Assert.Equal([0, 127, 255], Image(white, 0)[..3]);
        Assert.Equal($"6 of 7 pictures have transparent parts, which are shown on white (data.background), for example {folder["0.png"]}.",
            Assert.Single(white.Notes));
        Assert.Null(white.Problem);
        using Dataset orange = (_all with { Background = "#FF8000" }).Load(folder.Name, DataSplit.Train, 1);
        Assert.Equal([0, 127, 255, 0, 64, 128, 0, 0, 0], Image(orange, 0));
        Assert.Contains("#FF8000", Assert.Single(orange.Notes));
        using Dataset black = (_all with { Background = "black" }).Load(folder.Name, DataSplit.Train, 1);
        Assert.StartsWith($"{folder["0.png"]}: all of its pixels are 0 of 255, and so it is with 6 of 7 pictures", black.Problem);
        Assert.Contains("--set data.background=white", black.Problem);
    }

    [Theory]
    [InlineData((byte)4, "00FF 80FF 40 00")] // grey and alpha
    [InlineData((byte)3, "")] // a palette with a transparent colour
    public void Transparency_of_every_kind_is_seen(byte colourType, string pixels)
    {
        using var folder = new TemporaryFolder();
        byte[] png = colourType == 4 ? PngOf(3, 1, 8, 4, Convert.FromHexString(pixels.Replace(" ", "", StringComparison.Ordinal)))
            : PngOf(3, 1, 8, 3, [0, 1, 2], ("PLTE", [0, 0, 0, 128, 128, 128, 64, 64, 64]), ("tRNS", [255, 255, 0]));
        File.WriteAllBytes(folder["1.png"], png);
        using Dataset data = _all.Load(folder.Name, DataSplit.Train, 1);
        Assert.Equal([0, 128, 255], Image(data, 0)[..3]);
        Assert.Equal(colourType == 4 ? 1 : 3, data.Format.Shape[0]); // grey stays grey
        Assert.Contains("1 of 1 pictures has transparent parts", Assert.Single(data.Notes));
        using Dataset red = (_all with { Background = "FF0000" }).Load(folder.Name, DataSplit.Train, 1);
        Assert.Equal([0, 128, 255, 0, 128, 0, 0, 128, 0], Image(red, 0)); // on a colour, grey becomes coloured
    }

    [Fact]
    public void Sets_of_constant_pictures_are_refused_by_name_and_single_ones_are_said()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 10; i++) Png(folder, $"{i}.png", 3, 4, 4, p => i < 5 ? 7 * i : p);
        using Dataset half = _all.Load(folder.Name, DataSplit.Train, 1);
        Assert.Null(half.Problem);
        Assert.Contains($"5 of 10 pictures have one value for all pixels, for example {folder["0.png"]}: 0 of 255.", half.Notes);
        Png(folder, "5.png", 3, 4, 4, _ => 99);
        using Dataset most = _all.Load(folder.Name, DataSplit.Train, 1);
        Assert.StartsWith($"{folder["0.png"]}: all of its pixels are 0 of 255, and so it is with 6 of 10 pictures", most.Problem);
        Assert.DoesNotContain(most.Notes, n => n.Contains("one value", StringComparison.Ordinal)); // it is said once
        var options = new Config.RunOptions
        {
            System = "s",
            Batch = 4,
            Data = _all,
            Generator = new Networks.MlpGeneratorOptions { Hidden = [4] },
            Discriminator = new Networks.MlpDiscriminatorOptions { Hidden = [4] },
            Conditional = false,
        };
        Assert.Equal(most.Problem, Assert.Throws<UserErrorException>(() => new Trainer(options, most, TorchSharp.torch.CPU)).Message);
    }

    [Fact]
    public void Constant_images_of_an_IDX_file_are_refused_too()
    {
        using var folder = new TemporaryFolder();
        IdxFile.WriteImages(folder["train-images-idx3-ubyte"], 6, 2, 2, [Enumerable.Range(0, 24).Select(i => (byte)(i < 20 ? 9 : i)).ToArray()]);
        IdxFile.WriteLabels(folder["train-labels-idx1-ubyte"], 6, [new byte[6]]);
        using Dataset data = new IdxDataOptions { Size = 4 }.Load(folder.Name, DataSplit.Train, 1);
        Assert.StartsWith($"{folder["train-images-idx3-ubyte"]} item 0: all of its pixels are 9 of 255, and so it is with 5 of 6 pictures", data.Problem);
        Assert.Contains(data.Notes, n => n.StartsWith("6 of 6 pictures have fewer pixels a side than 'data.size' 4", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData((byte)0, 1)]
    [InlineData((byte)2, 3)]
    [InlineData((byte)4, 1)]
    [InlineData((byte)6, 3)]
    public void Values_of_12_bits_in_files_of_16_are_said_and_read_as_such_on_request(byte colourType, int channels)
    {
        using var folder = new TemporaryFolder();
        bool alpha = colourType is 4 or 6;
        int[] values = [0, 1024, 2048, 4095];
        File.WriteAllBytes(folder["1.png"], PngOf(2, 2, 16, colourType, Deep(values.SelectMany(v =>
            Enumerable.Repeat(v, channels).Concat(alpha ? [65535] : Array.Empty<int>())))));
        using Dataset dark = _all.Load(folder.Name, DataSplit.Train, 1);
        string note = Assert.Single(dark.Notes);
        Assert.StartsWith("1 of 1 pictures has 16 bits a sample but no value above 4095 of 65535", note);
        Assert.Contains("--set data.bits=12", note);
        Assert.Equal([0, 4, 8, 15], Image(dark, 0)[..4]);
        using Dataset bright = (_all with { Bits = 12 }).Load(folder.Name, DataSplit.Train, 1);
        Assert.Empty(bright.Notes);
        Assert.Equal(channels, bright.Format.Shape[0]);
        Assert.Equal([0, 64, 128, 255], Image(bright, 0)[..4]);
        string refused = Assert.Throws<UserErrorException>(() => (_all with { Bits = 10 }).Load(folder.Name, DataSplit.Train, 1)).Message;
        Assert.Contains("holds a value of 4095, and 'data.bits' 10 allows 1023", refused);
    }

    [Fact]
    public void Values_of_all_16_bits_are_read_without_a_note_and_dark_sets_of_8_with_one()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["1.png"], PngOf(2, 1, 16, 0, Deep(300, 40_000)));
        using (Dataset full = _all.Load(folder.Name, DataSplit.Train, 1))
        {
            Assert.Empty(full.Notes);
            Assert.Equal([1, 156], Image(full, 0));
        }
        Png(folder, "1.png", 1, 2, 2, i => i); // a mask with the numbers of classes, say
        using Dataset mask = _all.Load(folder.Name, DataSplit.Train, 1);
        Assert.Equal("no pixel of the 1 pictures is above 3 of 255: they are nearly black.", Assert.Single(mask.Notes));
    }

    [Theory]
    [InlineData((byte)0, 1)]
    [InlineData((byte)2, 3)]
    [InlineData((byte)4, 2)]
    [InlineData((byte)6, 4)]
    public void Interlaced_lines_of_every_filter_are_read_to_the_last_bit(byte colourType, int channels)
    {
        const int Width = 7, Height = 13;
        var random = new Random(colourType);
        int[] samples = [.. Enumerable.Range(0, Width * Height * channels).Select(_ => random.Next(1 << 12))];
        using var pixels = new MemoryStream();
        foreach ((int x, int y, int stepX, int stepY) in new[]
            { (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2) })
        {
            byte[] above = new byte[(Width - x + stepX - 1) / stepX * 2 * channels];
            for (int row = y; row < Height && above.Length > 0; row += stepY)
            {
                byte[] line = Deep(Enumerable.Range(0, Width).Where(c => c >= x && (c - x) % stepX == 0)
                    .SelectMany(c => samples.Skip((row * Width + c) * channels).Take(channels)));
                byte filter = (byte)random.Next(5);
                pixels.WriteByte(filter);
                pixels.Write(Filtered(line, above, filter, 2 * channels));
                above = line;
            }
        }
        using var folder = new TemporaryFolder();
        byte[] png = PngOf(Width, Height, 16, colourType, [], pixels.ToArray());
        File.WriteAllBytes(folder["1.png"], png);
        int colours = colourType is 0 or 4 ? 1 : 3;
        Assert.Equal(samples.Chunk(channels).SelectMany(s => s.Take(colours)), DeepPng.Samples("1.png", png).Select(s => (int)s));
        if (colourType is 4 or 6) return; // on a background, the values are others
        using Dataset whole = _all.Load(folder.Name, DataSplit.Train, 1), bits = (_all with { Bits = 12 }).Load(folder.Name, DataSplit.Train, 1);
        int[] red = [.. samples.Where((_, i) => i % channels == 0)];
        Assert.Equal(red.Select(s => (byte)(s >> 8)), Image(whole, 0)[..(Width * Height)]); // what Skia makes of the same file
        Assert.Equal(red.Select(s => (byte)(s >> 4)), Image(bits, 0)[..(Width * Height)]);
    }

    /// <summary>What a PNG holds of a line (ISO/IEC 15948, section 9.2).</summary>
    private static byte[] Filtered(byte[] line, byte[] above, byte filter, int step) => [.. line.Select((value, i) =>
    {
        int left = i < step ? 0 : line[i - step], up = above[i], corner = i < step ? 0 : above[i - step];
        int nearest = new[] { left, up, corner }.MinBy(p => Math.Abs(left + up - corner - p));
        return (byte)(value - filter switch { 1 => left, 2 => up, 3 => (left + up) / 2, 4 => nearest, _ => 0 });
    })];

    [Theory]
    [InlineData(1, new byte[] { 10, 20, 30, 140, 150, 160 }, 3)]
    [InlineData(3, new byte[] { 160, 150, 140, 30, 20, 10 }, 3)]
    [InlineData(6, new byte[] { 140, 10, 150, 20, 160, 30 }, 2)]
    [InlineData(8, new byte[] { 30, 160, 20, 150, 10, 140 }, 2)]
    public void The_orientation_in_a_PNG_is_applied(byte orientation, byte[] expected, int columns)
    {
        using var folder = new TemporaryFolder();
        byte[] exif = Exif(orientation)[10..]; // without the marker, the length and the name that a JPEG has before it
        File.WriteAllBytes(folder["1.png"], PngOf(3, 2, 8, 0, [10, 20, 30, 140, 150, 160], ("eXIf", exif)));
        using Dataset data = _all.Load(folder.Name, DataSplit.Train, 1);
        Assert.Equal(columns, data.Format.Shape[2]);
        Assert.Equal(expected, Image(data, 0));
    }

    [Fact]
    public void Tiny_pictures_that_are_scaled_up_are_counted()
    {
        using var folder = new TemporaryFolder();
        foreach ((int i, int side) in new[] { 40, 3, 40, 9, 32 }.Index()) Png(folder, $"{i}.png", 1, side, side + 1, p => p);
        using Dataset data = (_all with { Size = 32 }).Load(folder.Name, DataSplit.Train, 1);
        Assert.Equal("2 of 5 pictures have fewer pixels a side than 'data.size' 32 and got more by scaling; " +
            $"the smallest is {folder["1.png"]} with 4x3 pixels.", Assert.Single(data.Notes));
        using Dataset padded = (_all with { Size = 48, Fit = ImageFit.Pad }).Load(folder.Name, DataSplit.Train, 1);
        Assert.Empty(padded.Notes);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    public void Colours_of_another_profile_become_sRGB(SKEncodedImageFormat format)
    {
        using var folder = new TemporaryFolder();
        using SKColorSpace wide = SKColorSpace.CreateRgb(SKColorSpaceTransferFn.Srgb, SKColorSpaceXyz.DisplayP3), usual = SKColorSpace.CreateSrgb();
        foreach ((string name, SKColorSpace space) in new[] { ("1.img", wide), ("2.img", usual) })
        {
            using var bitmap = new SKBitmap(new SKImageInfo(16, 16, SKColorType.Rgba8888, SKAlphaType.Opaque, space));
            for (int i = 0; i < 256; i++) new byte[] { 200, 100, (byte)(50 + i % 2), 255 }.CopyTo(bitmap.GetPixelSpan()[(4 * i)..]);
            string end = format == SKEncodedImageFormat.Png ? ".png" : ".jpg";
            File.WriteAllBytes(folder[Path.ChangeExtension(name, end)], bitmap.Encode(format, 100).ToArray());
        }
        using Dataset data = _all.Load(folder.Name, DataSplit.Train, 1);
        string note = Assert.Single(data.Notes);
        Assert.StartsWith("1 of 2 pictures has colours of '", note);
        Assert.Contains($"which were converted to sRGB, for example {folder["1."]}", note);
        // Display P3's (200, 100, 50) is (215, 93, 31) in sRGB, by the matrices of both.
        Assert.InRange(Image(data, 0)[0], 212, 218);
        Assert.InRange(Image(data, 0)[256], 90, 96);
        Assert.InRange(Image(data, 1)[0], 197, 203);
    }

    [Fact]
    public void The_name_of_a_profile_and_one_that_is_of_no_use_are_said()
    {
        using var folder = new TemporaryFolder();
        byte[] profile = [.. new byte[128], 0, 0, 0, 1, .. "desc"u8, 0, 0, 0, 144, 0, 0, 0, 24,
            .. "desc"u8, 0, 0, 0, 0, 0, 0, 0, 9, .. "Ba\u001bd ink"u8, 0, 0];
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(profile);
        File.WriteAllBytes(folder["1.png"], PngOf(2, 1, 8, 2, [0, 0, 0, 200, 100, 50], ("iCCP", [.. "x"u8, 0, 0, .. compressed.ToArray()])));
        using Dataset data = _all.Load(folder.Name, DataSplit.Train, 1);
        Assert.StartsWith("1 of 1 pictures has colours of 'Bad ink', which could not be converted to sRGB and are read as if they were of it",
            Assert.Single(data.Notes));
        Assert.Equal([0, 200, 0, 100, 0, 50], Image(data, 0));
    }

    [Fact]
    public void Gamma_is_converted_where_it_is_not_that_of_sRGB()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["1.png"], PngOf(2, 1, 8, 0, [0, 100], ("gAMA", [0, 1, 0x86, 0xA0]))); // 1.0: linear
        File.WriteAllBytes(folder["2.png"], PngOf(2, 1, 8, 0, [0, 100], ("gAMA", [0, 0, 0xB1, 0x8F]))); // 1 / 2.2, as nearly all writers have it
        using Dataset data = _all.Load(folder.Name, DataSplit.Train, 1);
        Assert.StartsWith("1 of 2 pictures has colours of 'gamma 1.0', which were converted to sRGB", Assert.Single(data.Notes));
        Assert.Equal([0, 168, 0, 100], [.. Image(data, 0), .. Image(data, 1)]); // 100 / 255 linear is 168 / 255 by IEC 61966-2-1
    }

    [Fact]
    public void Four_inks_and_further_frames_are_said()
    {
        using var folder = new TemporaryFolder();
        // Left red, right blue, as Pillow writes CMYK; and an animation of two grey frames by Pillow.
        File.WriteAllBytes(folder["1.jpg"], Convert.FromBase64String(
            "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAbEhQXFBEbFxYXHhwbIChCKyglJShROj0wQmBVZWRfVV1baniZgWpxkHNbXYW1hpCeo" +
            "6utq2eAvMm6pseZqKuk/8AAFAgACAAQBEMRAE0RAFkRAEsRAP/EABYAAQEBAAAAAAAAAAAAAAAAAAYAB//EABQQAQAAAAAAAAAAAAAA" +
            "AAAAAAD/2gAOBEMATQBZAEsAAD8ATDIyTMzTTE//2Q=="));
        using (Dataset image = _all.Load(folder.Name, DataSplit.Train, 1))
        {
            Assert.Contains("1 of 1 pictures has four inks (CMYK)", Assert.Single(image.Notes));
            byte[] pixels = Image(image, 0);
            Assert.True(pixels[0] > 200 && pixels[256 / 2] < 60 && pixels[15] < 60 && pixels[256 + 15 - 0] > 200, string.Join(' ', pixels));
        }
        File.Delete(folder["1.jpg"]);
        File.WriteAllBytes(folder["1.png"], PngOf(2, 1, 8, 0, [10, 90], ("acTL", [0, 0, 0, 2, 0, 0, 0, 0])));
        using Dataset animated = _all.Load(folder.Name, DataSplit.Train, 1);
        Assert.Equal($"1 of 1 pictures has several frames, of which the first alone is read, for example {folder["1.png"]}.", Assert.Single(animated.Notes));
        Assert.Equal([10, 90], Image(animated, 0));
    }

    [Fact]
    public void A_picture_of_a_camera_with_45_million_pixels_is_read()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["1.jpg"], Jpeg(8256, 5504, SKColors.Lime, SKColors.Black));
        using Dataset data = (_all with { Size = 8 }).Load(folder.Name, DataSplit.Train, 1);
        byte[] green = Image(data, 0)[64..128];
        Assert.True(green[0] > 250 && green[7] < 5);
    }

    [Theory]
    [InlineData("01000001", "")]
    [InlineData("780078BB01020304", "4D4D002A000000080001")] // a profile that asks for a dictionary, and EXIF data that end early
    [InlineData("78000000", "4D4D002A00000008000101120003000000010009")] // an orientation of 9
    public void Damaged_facts_do_no_harm(string profile, string exif)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["1.png"], PngOf(2, 1, 8, 2, [0, 0, 0, 200, 100, 50], ("eXIf", Convert.FromHexString(exif)),
            ("iCCP", Convert.FromHexString(profile)), ("cHRM", [1, 2]), ("acTL", [])));
        using Dataset data = _all.Load(folder.Name, DataSplit.Train, 1);
        Assert.Equal([0, 200, 0, 100, 0, 50], Image(data, 0));
    }

    [Fact]
    public void A_progressive_image_and_one_with_fill_bytes_and_more_behind_its_end_are_whole()
    {
        using var folder = new TemporaryFolder();
        byte[] jpeg = ProgressiveJpeg;
        File.WriteAllBytes(folder["1.jpg"], [.. jpeg[..2], 0xFF, 0xFF, .. jpeg[2..], 1, 2, 3]);
        using Dataset data = _all.Load(folder.Name, DataSplit.Train, 1);
        byte[] pixels = Image(data, 0);
        Assert.True(pixels[15] - pixels[0] > 200 && pixels[256 + 15 * 16] - pixels[256] > 200);
    }
}
