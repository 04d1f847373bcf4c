using GanPipeline.Images;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using SkiaSharp;

namespace GanPipeline.Pipeline.Tests;

/// <summary>A folder of pictures where a preset's name stands.</summary>
[Collection(OneAtATime.Name)]
public sealed class PictureFolderTests : IDisposable
{
    private static readonly Dictionary<string, string> Quick = new() { ["generator.channels"] = "[4, 4, 4, 4]", ["discriminator.channels"] = "[4, 4, 4]" };

    private readonly TemporaryFolder _space = new();

    public void Dispose() => _space.Dispose();

    [Fact]
    public void ColouredPicturesOfAnySizeAreAWholeRun()
    {
        Write("pets/cat", 40, 3, 40, 33);
        Write("pets/dog", 12, 3, 37, 50);
        Write("pets/dog", 1, 1, 32, 32, "grey");
        var host = new Host();
        RunResult result = host.Call(h => Gan.Run(Options("pets"), h, h));
        Assert.Contains($"Information: {_space["pets"]}: 53 pictures of 2 classes, 52 in colour and 1 grey, sides of 32 to 50 pixels (half of the " +
            "pictures have 33 or more on the shorter one); 'folder-cgan' trains on 32x32 pixels, RGB (64x64 by --variant 64).", host.Logged);
        Assert.Contains(result.Metrics, m => m is { Metric: "class-accuracy", Class: "dog" });
        // What is up-sampled is all that the generator was trained on, and nothing that it has not seen stands beside it.
        RecognisedImages upsampled = Assert.Single(host.Progress.OfType<StageFinished>().Select(f => f.Result).OfType<RecognisedImages>());
        Assert.Contains(host.Logged, line => line == $"Information: 2 classes: cat {upsampled.Classes[0].Before}, dog {upsampled.Classes[1].Before}");
        Assert.All(upsampled.Classes, c => Assert.Equal(upsampled.Classes[0].Before, c.After));
        MethodScores scores = Assert.Single(host.Progress.OfType<StageFinished>().Select(f => f.Result).OfType<MethodScores>());
        Assert.Equal(["as it is", "moved logits", "random over-sampling", "random over-sampling, shifted, turned", "generator"],
            scores.Methods.Select(m => m.Name));
        Assert.Equal((2 * upsampled.Classes[0].Before, upsampled.Classes[0].Before), (scores.Methods[^1].Rows, scores.Methods[^1].RareRows));
        using var file = GeneratorSession.Open(result.Generator);
        Assert.Equal(["cat", "dog"], file.Info.ClassNames);
        Assert.Equal([3, 32, 32], file.Info.SampleShape.Select(n => (int)n));
        Assert.True(File.Exists(result.Report));
        UpsamplesTheFolder(result.Generator);
    }

    private void UpsamplesTheFolder(string generator)
    {
        string pets = _space["pets"], balanced = _space["balanced"];
        UpsampleResult result = new Host().Call(h => Gan.Upsample(new UpsampleOptions(pets, generator, balanced), h));
        Assert.Equal((53, 27), (result.Rows, result.Added));
        Assert.Equal([("cat", 40, 40), ("dog", 13, 40)], result.Classes.Select(c => (c.Class, (int)c.Before, (int)c.After)));
        foreach (string path in Directory.EnumerateFiles(pets, "*", SearchOption.AllDirectories))
            Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(Path.Combine(balanced, Path.GetRelativePath(pets, path))));
        string[] added = [.. Directory.EnumerateFiles(balanced, "generated-*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        Assert.Equal([.. Enumerable.Range(1, 27).Select(i => Path.Combine(balanced, "dog", $"generated-{i:D6}.png"))], added);
        Assert.Equal(new PictureHeader(32, 32, IsGrey: false), ImageDecoder.Header(added[0]));
        Assert.Contains("it lies in", RefusedOut(Path.Combine(pets, "more")), StringComparison.Ordinal);
        Assert.Contains("files are there already", RefusedOut(balanced), StringComparison.Ordinal);

        string RefusedOut(string path) =>
            Assert.Throws<UserErrorException>(() => Gan.Upsample(new UpsampleOptions(pets, generator, path) { Force = true })).Message;
    }

    [Fact]
    public void GreyPicturesStayGreyAndLargeOnesTrainAt64()
    {
        Write("scans/a", 8, 1, 70, 80);
        Write("scans/b", 8, 1, 64, 64);
        TrainOptions options = Options("scans") with
        {
            Settings = new Dictionary<string, string> { ["generator.channels"] = "[4, 4, 4, 4, 4]", ["discriminator.channels"] = "[4, 4, 4, 4]" },
        };
        _ = new Host().Call(h => Gan.Train(options, h));
        string written = File.ReadAllText(Path.Combine(options.Out, "options.yaml"));
        Assert.Contains("size: 64\n", written, StringComparison.Ordinal);
        Assert.Contains("channels: 1\n", written, StringComparison.Ordinal);
        // What stands besides goes before what the pictures decided, and the preset by its name decides alike.
        TrainOptions coloured = Options("scans") with { Preset = "folder-cgan", Data = _space["scans"], Out = _space["coloured"], Variant = "32" };
        _ = new Host().Call(h => Gan.Train(coloured with { Settings = new Dictionary<string, string>(Quick) { ["data.channels"] = "3" } }, h));
        written = File.ReadAllText(Path.Combine(coloured.Out, "options.yaml"));
        Assert.Contains("size: 32\n", written, StringComparison.Ordinal);
        Assert.Contains("channels: 3\n", written, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderThatIsNoSetOfClassesIsRefusedWithASentence()
    {
        Directory.CreateDirectory(_space["empty"]);
        Write("loose", 3, 3, 16, 16);
        Write("single/cat", 3, 3, 16, 16);
        Directory.CreateDirectory(_space["table.csv"]);
        Directory.CreateDirectory(_space["idx"]);
        _ = _space.Make("idx/train-images-idx3-ubyte", []);
        Assert.StartsWith($"{_space["empty"]}: it holds no PNG or JPEG image, nor sub-folders of them.", Refused("empty"));
        Assert.StartsWith($"{_space["loose"]}: its pictures lie in no sub-folders, so that they have no classes; put those of each class", Refused("loose"));
        Assert.StartsWith($"{_space["single"]}: it has one class, 'cat', and a generator of classes needs two or more;", Refused("single"));
        Assert.StartsWith($"{_space["table.csv"]}: it is a folder, and its name ends as a table's does;", Refused("table.csv"));
        Assert.StartsWith($"{_space["idx"]}: it holds IDX files, and the preset 'folder-cgan' reads pictures", Refused("idx"));
        Assert.StartsWith($"{_space["single"]}: it is a folder, and a table is needed here (.csv, ", Assert.Throws<UserErrorException>(() =>
            Gan.Describe(new DescribeOptions(_space["single"]))).Message);
        Assert.Equal($"--data: {_space["loose"]} is the data already; leave it out, or name a preset in the folder's place.",
            Assert.Throws<UserErrorException>(() => Gan.Run(Options("loose") with { Data = "other" })).Message);
    }

    private string Refused(string folder) => Assert.Throws<UserErrorException>(() => Gan.Run(Options(folder))).Message;

    private TrainOptions Options(string folder) =>
        new(_space[folder], _space[$"run-{folder}"]) { Steps = 2, Epochs = 1, Batch = 4, Threads = 1, Settings = Quick };

    private void Write(string folder, int count, int channels, int rows, int columns, string stem = "")
    {
        Directory.CreateDirectory(_space[folder]);
        for (int i = 0; i < count; i++)
        {
            byte[] planes = [.. Enumerable.Range(0, channels * rows * columns).Select(p => (byte)(p * (i + 3)))];
            using SKBitmap picture = ImageGrid.Compose(planes, channels, rows, columns, columns: 1, padding: 0);
            PngFile.Write(_space[$"{folder}/{stem}{i}.png"], picture);
        }
    }
}
