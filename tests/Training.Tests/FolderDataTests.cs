using GanPipeline.Images;
using GanPipeline.Primitives;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using SkiaSharp;
using static GanPipeline.Training.Tests.TestImages;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

public class FolderDataTests
{
    private readonly FolderDataOptions _all = new() { Test = 0 };

    [Fact]
    public void Sub_folders_are_classes_and_pixels_arrive_as_they_are()
    {
        using var folder = new TemporaryFolder();
        Png(folder, "b-cats/2.png", 3, 2, 3, i => i * 10);
        Png(folder, "b-cats/10.PNG", 3, 2, 3, i => i);
        Png(folder, "a-dogs/x.png", 3, 2, 3, i => 255 - i);
        File.WriteAllText(folder["a-dogs/.hidden"], "");
        using Dataset data = _all.Load(folder.Name, DataSplit.Train, 1);
        Assert.Equal(["a-dogs", "b-cats"], data.ClassNames);
        Assert.Equal([0L, 1, 1], data.Labels!.data<long>().ToArray());
        Assert.Equal([3, 3, 2, 3], data.Samples.shape);
        Assert.Equal(ScalarType.Byte, data.Samples.dtype);
        Assert.Equal([3, 2, 3], data.Format.Shape);
        // ordinal order: "10.PNG" comes before "2.png"; red, green and blue lie interleaved in the file and in planes here
        Assert.Equal([0, 3, 6, 9, 12, 15, 1, 4, 7, 10, 13, 16, 2, 5, 8, 11, 14, 17], Image(data, 1));
        Assert.Equal([0, 30, 60, 90, 120, 150], Image(data, 2)[..6]);
        Assert.Empty(data.Notes);
    }

    [Fact]
    public void Images_in_the_folder_itself_have_no_classes()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 30; i++) Png(folder, $"{i}.png", 1, 4, 4, _ => i);
        using Dataset data = _all.Load(folder.Name, DataSplit.Train, 1);
        Assert.Null(data.Labels);
        Assert.Empty(data.ClassNames);
        Assert.Equal([30, 1, 4, 4], data.Samples.shape);
        var options = new FolderDataOptions { Test = 0.3 };
        using Dataset train = options.Load(folder.Name, DataSplit.Train, 1), test = options.Load(folder.Name, DataSplit.Test, 2);
        Assert.Equal(30, train.Count + test.Count);
        Assert.InRange(test.Count, 3, 16);
        Assert.Empty(Firsts(train).Intersect(Firsts(test)));
    }

    [Fact]
    public void Folders_train_and_test_are_the_two_parts()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in new[] { "train/a/1.png", "train/a/2.png", "train/b/1.png", "test/a/1.png", "test/b/1.png" }) Png(folder, name, 1, 2, 2, i => i);
        using Dataset train = _all.Load(folder.Name, DataSplit.Train, 1), test = _all.Load(folder.Name, DataSplit.Test, 1);
        Assert.Equal((3, 2), (train.Count, test.Count));
        Assert.Equal(["a", "b"], test.ClassNames);
    }

    [Fact]
    public void The_hash_is_of_names_and_bytes_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        Png(folder, "a/1.png", 1, 2, 2, i => i);
        Png(folder, "a/2.png", 1, 2, 2, i => i);
        string Hash(FolderDataOptions options)
        {
            using Dataset data = options.Load(folder.Name, DataSplit.Train, 1);
            return data.Sha256;
        }
        string first = Hash(_all);
        Assert.Equal(first, Hash(_all with { Size = 4 }));
        File.Move(folder["a/2.png"], folder["a/3.png"]);
        Assert.NotEqual(first, Hash(_all));
        File.Move(folder["a/3.png"], folder["a/2.png"]);
        Assert.Equal(first, Hash(_all));
        Png(folder, "a/2.png", 1, 2, 2, i => i + 1);
        Assert.NotEqual(first, Hash(_all));
    }

    [Fact]
    public void A_size_and_channels_make_all_images_alike()
    {
        using var folder = new TemporaryFolder();
        Png(folder, "1.png", 3, 8, 6, _ => 200);
        Png(folder, "2.png", 1, 5, 9, _ => 100);
        File.WriteAllBytes(folder["3.jpg"], Jpeg(20, 30, SKColors.Lime));
        using Dataset rgb = (_all with { Size = 4, Channels = 3 }).Load(folder.Name, DataSplit.Train, 1);
        Assert.Equal([3, 3, 4, 4], rgb.Samples.shape);
        Assert.All(Image(rgb, 0), p => Assert.Equal(200, p));
        Assert.All(Image(rgb, 1), p => Assert.Equal(100, p));
        byte[] green = Image(rgb, 2);
        Assert.All(green[..16], p => Assert.InRange(p, 0, 3));
        Assert.All(green[16..32], p => Assert.InRange(p, 252, 255));
        using Dataset grey = (_all with { Size = 4, Channels = 1 }).Load(folder.Name, DataSplit.Train, 1);
        Assert.Equal([3, 1, 4, 4], grey.Samples.shape);
        Assert.All(Image(grey, 2), p => Assert.InRange(p, 147, 152)); // 0.587 of 255
        using Dataset padded = (_all with { Size = 32, Channels = 1, Fit = ImageFit.Pad }).Load(folder.Name, DataSplit.Train, 1);
        Assert.Equal(200 * 48, Image(padded, 0).Sum(p => p));
        Assert.Contains("'data.size' 16", Refused(_all with { Size = 16, Channels = 1, Fit = ImageFit.Pad }, folder));
    }

    [Fact]
    public void The_orientation_that_a_camera_notes_is_applied()
    {
        using var folder = new TemporaryFolder();
        byte[] jpeg = Jpeg(16, 8, SKColors.Red, SKColors.Blue); // left half red, right half blue
        File.WriteAllBytes(folder["1.jpg"], jpeg);
        File.WriteAllBytes(folder["2.jpg"], [.. jpeg[..2], .. Exif(orientation: 6), .. jpeg[2..]]); // to be turned clockwise by a quarter: red comes on top
        using Dataset plain = (_all with { Size = 8, Fit = ImageFit.Stretch }).Load(folder.Name, DataSplit.Train, 1);
        byte[] one = Image(plain, 0), two = Image(plain, 1);
        Assert.True(one[0] > 200 && one[7 * 8] > 200 && one[7] < 50);
        Assert.True(two[0] > 200 && two[7] > 200 && two[7 * 8] < 50);
    }

    [Fact]
    public void Images_of_different_sizes_or_channels_need_an_option()
    {
        using var folder = new TemporaryFolder();
        Png(folder, "1.png", 1, 8, 6, _ => 200);
        Png(folder, "2.png", 1, 5, 9, _ => 100);
        string sizes = Refused(_all, folder);
        Assert.Contains($"{folder["2.png"]}: 9x5 pixels, but {folder["1.png"]} has 6x8", sizes);
        Assert.Contains("data.size", sizes);
        Assert.Contains("2.png", Refused(_all with { SkipBad = true }, folder)); // it is no bad file
        Png(folder, "2.png", 3, 8, 6, _ => 100);
        string channels = Refused(_all, folder);
        Assert.Contains($"{folder["2.png"]}: the image is in colour, but {folder["1.png"]} is grey", channels);
        Assert.Contains("data.channels", channels);
    }

    [Fact]
    public void A_class_without_an_image_is_refused()
    {
        using var folder = new TemporaryFolder();
        Png(folder, "a/1.png", 1, 2, 2, i => i);
        Directory.CreateDirectory(folder["b"]);
        Assert.Contains($"{folder["b"]}: the class has no PNG or JPEG image", Refused(_all, folder));
        File.WriteAllText(folder["b/1.png"], "not an image");
        Assert.Contains($"{folder["b"]}: no image of the class is left", Refused(_all with { SkipBad = true }, folder));
        Directory.CreateDirectory(folder["a/inner"]);
        Assert.Contains($"{folder["a/inner"]}: a folder within the folder of a class", Refused(_all, folder));
        Directory.Delete(folder["a/inner"]);
        Png(folder, "loose.png", 1, 2, 2, i => i);
        Assert.Contains($"{folder["loose.png"]}: the image belongs to no class", Refused(_all, folder));
    }

    [Fact]
    public void One_bad_image_among_thousands_is_named_and_left_out_on_request_only()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 2500; i++) Png(folder, $"{i:D4}.png", 1, 2, 2, _ => i);
        byte[] good = File.ReadAllBytes(folder["1234.png"]);
        good[^20] ^= 1; // within the compressed pixels
        File.WriteAllBytes(folder["1234.png"], good);
        string message = Refused(_all, folder);
        Assert.Contains($"{folder["1234.png"]}: the PNG image is damaged", message);
        Assert.Contains("--skip-bad", message);
        File.WriteAllText(folder["readme.txt"], "hello");
        using Dataset data = (_all with { SkipBad = true }).Load(folder.Name, DataSplit.Train, 1);
        Assert.Equal(2499, data.Count);
        Assert.Equal(Enumerable.Range(0, 2500).Where(i => i != 1234).Select(i => (byte)i), Firsts(data));
        string note = Assert.Single(data.Notes);
        Assert.StartsWith("left out 2 files:", note);
        Assert.Contains("1234.png", note);
        Assert.Contains("readme.txt", note);
    }

    [Theory]
    [InlineData("size: -1", "'data.size'")]
    [InlineData("channels: 2", "'data.channels' must be 1 (grey), 3 (RGB)")]
    [InlineData("test: 1", "'data.test'")]
    [InlineData("fit: squeeze", "'data.fit' must be one of crop, stretch, pad")]
    [InlineData("skip: true", "unknown key 'skip' in 'data'")]
    public void Options_out_of_range_are_refused(string option, string message) =>
        Assert.Contains(message, Assert.Throws<UserErrorException>(() => Preset.Parse($"system: s\ndata: {{ kind: folder, {option} }}\n", "p.yaml")).Message);

    [Fact]
    public void A_folder_that_is_missing_or_empty_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("--data FOLDER", Assert.Throws<UserErrorException>(() => _all.Load(null, DataSplit.Train, 0)).Message);
        Assert.Contains("holds no PNG or JPEG image", Refused(_all, folder));
        Assert.Contains("no such folder", Assert.Throws<UserErrorException>(() => _all.Load(folder["none"], DataSplit.Train, 0)).Message);
    }

    private static string Refused(FolderDataOptions options, TemporaryFolder folder) =>
        Assert.Throws<UserErrorException>(() => options.Load(folder.Name, DataSplit.Train, 1)).Message;
}
