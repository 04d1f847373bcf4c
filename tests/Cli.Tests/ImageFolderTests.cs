using GanPipeline.Images;
using GanPipeline.Primitives;

namespace GanPipeline.Cli.Tests;

/// <summary>Folders of images on the command line.</summary>
public sealed class ImageFolderTests
{
    [Fact]
    public void ABadImageEndsTheRunUnlessItIsToBeLeftOut()
    {
        using var space = new Workspace();
        string preset = space.Write("faces.yaml", Workspace.SmallPreset.Replace("kind: idx, classes: [a, b]", "kind: folder", StringComparison.Ordinal)),
            images = space.In("images"), run = space.In("run");
        foreach (string name in new[] { "a", "b" })
        {
            Directory.CreateDirectory(Path.Combine(images, name));
            for (int i = 0; i < 40; i++) PngFile.Write(Path.Combine(images, name, $"{i}.png"),
                ImageGrid.Compose([.. Enumerable.Range(0, 108).Select(p => (byte)(p * i))], 3, 6, 6, columns: 1, padding: 0));
        }
        string bad = Path.Combine(images, "b", "7.png");
        File.WriteAllBytes(bad, File.ReadAllBytes(bad)[..^30]);

        GanProcess.Result refused = GanProcess.Run("train", preset, "--data", images, "--out", run);
        Assert.Equal(3, refused.ExitCode);
        Assert.StartsWith($"gan: {bad}: the PNG image is cut short", refused.Message);
        Assert.False(Directory.Exists(run));

        GanProcess.Result trained = GanProcess.Run("train", preset, "--data", images, "--out", run, "--skip-bad", "--set", "epochs=1");
        Assert.True(trained.ExitCode == 0, trained.Error);
        Assert.Contains($"left out 1 file: {bad}", trained.Error);
        Assert.True(File.Exists(Path.Combine(run, "last.ckpt")));

        File.Delete(bad);
        Assert.Contains("data set 'images' has", GanProcess.Run("train", preset, "--data", images, "--out", space.In("other"), "--set", "batch=500").Message);
        Assert.False(Directory.Exists(space.In("other")));
    }

    /// <summary>Nothing was trained on a class that the training part lacks: what the run would refuse, checking without it must refuse, too.</summary>
    [Theory]
    [InlineData("run")]
    [InlineData("train", "--set", "quality_every=1")]
    public void ADryRunLooksAtTheTestPart(params string[] command)
    {
        using var space = new Workspace();
        string preset = space.Write("faces.yaml", Workspace.SmallPreset.Replace("kind: idx, classes: [a, b]", "kind: folder", StringComparison.Ordinal)),
            images = space.In("images");
        foreach (string name in new[] { "train/a", "train/b", "test/a", "test/z" })
        {
            Directory.CreateDirectory(Path.Combine(images, name));
            for (int i = 0; i < 40; i++) PngFile.Write(Path.Combine(images, name, $"{i}.png"),
                ImageGrid.Compose([.. Enumerable.Range(0, 108).Select(p => (byte)(p * i))], 3, 6, 6, columns: 1, padding: 0));
        }
        GanProcess.Result refused = GanProcess.Run([command[0], preset, "--data", images, "--out", space.In("run"), "--dry-run", .. command[1..]]);
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("has no class of this name (it has 'a', 'b')", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing was written", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatPicturesLostIsSaidAndEmptyOnesAreRefused()
    {
        using var space = new Workspace();
        string preset = space.Write("icons.yaml", "system: s\ndata: { kind: folder, size: 8, test: 0 }\nconditional: false\nlatent: 2\nbatch: 4\nepochs: 1\n" +
            "steps: 2\nthreads: 1\ngenerator: { network: mlp, hidden: [4] }\ndiscriminator: { network: mlp, hidden: [4] }\n"), icons = space.In("icons");
        Directory.CreateDirectory(icons);
        // A black square on nothing, by SkiaSharp, which the program reads with.
        for (int i = 0; i < 6; i++)
        {
            using var bitmap = new SkiaSharp.SKBitmap(new SkiaSharp.SKImageInfo(16, 16, SkiaSharp.SKColorType.Rgba8888, SkiaSharp.SKAlphaType.Unpremul));
            bitmap.Erase(SkiaSharp.SKColors.Transparent);
            bitmap.Erase(SkiaSharp.SKColors.Black, SkiaSharp.SKRectI.Create(i, i, 6, 6));
            File.WriteAllBytes(Path.Combine(icons, $"{i}.png"), bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Png, 100).ToArray());
        }
        GanProcess.Result white = GanProcess.Run("train", preset, "--data", icons, "--out", space.In("white"));
        Assert.True(white.ExitCode == 0, white.Error);
        Assert.Single(white.Error.Split('\n'), l => l.StartsWith("6 of 6 pictures have transparent parts, which are shown on white", StringComparison.Ordinal));

        GanProcess.Result black = GanProcess.Run("train", preset, "--data", icons, "--out", space.In("black"), "--set", "data.background=black");
        Assert.NotEqual(0, black.ExitCode);
        Assert.StartsWith($"gan: {Path.Combine(icons, "0.png")}: all of its pixels are 0 of 255", black.Message);
        Assert.False(Directory.Exists(space.In("black")));

        // A generator that generates nothing but one colour is bad, which is no reason not to evaluate it.
        Directory.CreateDirectory(space.In("made"));
        for (int i = 0; i < 6; i++) PngFile.Write(space.In($"made/{i}.png"), ImageGrid.Compose(new byte[192], 3, 8, 8, columns: 1, padding: 0));
        string half = space.Write("half.yaml", File.ReadAllText(preset).Replace("test: 0 }", "test: 0.5 }", StringComparison.Ordinal));
        GanProcess.Result evaluated = GanProcess.Run("evaluate", space.In("made"), "--data", icons, "--preset", half, "--metrics", "frechet-distance");
        Assert.True(evaluated.ExitCode == 0, evaluated.Error);
        Assert.Contains($"warning: {space.In("made/0.png")}: all of its pixels are 0 of 255", evaluated.Error, StringComparison.Ordinal);
    }
}
