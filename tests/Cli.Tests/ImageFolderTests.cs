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
                new Raster(6, 6, 3, [.. Enumerable.Range(0, 108).Select(p => (byte)(p * i))]));
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
}
