namespace GanPipeline.Cli.Tests;

/// <summary>The command that knows data sets.</summary>
public sealed class DataTests
{
    [Fact]
    public void TheKnownSetsAreListedWithTheirMirrors()
    {
        GanProcess.Result result = GanProcess.Run("data");
        Assert.Equal(0, result.ExitCode);
        string path = Repository.In("tests", "Cli.Tests", "Help", "data-list.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1") File.WriteAllText(path, result.Output);
        Assert.Equal(File.ReadAllText(path), result.Output);
    }

    [Fact]
    public void AMissingFileIsFetchedAndTheSetIsThenRight()
    {
        string source = Repository.Data("mnist");
        using var space = new Workspace();
        string folder = space.In("mnist"), labels = Path.Combine(folder, "t10k-labels-idx1-ubyte.gz");
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(source, "*.gz")) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        byte[] content = File.ReadAllBytes(labels);
        File.WriteAllBytes(labels, [.. content[..100], 0, .. content[101..]]);

        GanProcess.Result wrong = GanProcess.Run("data", "check", folder);
        Assert.Equal(3, wrong.ExitCode);
        Assert.Matches(@"t10k-labels-idx1-ubyte\.gz +differs", wrong.Output);
        Assert.Contains($"{folder}: it is not mnist as it was published", wrong.Message);
        Assert.Contains("move it away", GanProcess.Run("data", "fetch", "mnist", "--out", folder).Message);

        File.Delete(labels);
        using var mirror = new Mirror(content);
        GanProcess.Result fetched = GanProcess.Run("data", "fetch", "mnist", "--out", folder, "--mirror", mirror.Address.AbsoluteUri.TrimEnd('/'));
        Assert.True(fetched.ExitCode == 0, fetched.Error);
        Assert.Equal(content, File.ReadAllBytes(labels));
        Assert.Contains($"--data {folder}", fetched.Output);
        GanProcess.Result right = GanProcess.Run("data", "check", folder, "--set", "mnist");
        Assert.Equal(0, right.ExitCode);
        Assert.Contains("it is mnist, whole and right", right.Output);
    }

    [Theory]
    [InlineData("there are mnist, fashion-mnist", "data", "fetch", "minst", "--out", "x")]
    [InlineData("it cannot be fetched freely; get img_align_celeba.zip", "data", "fetch", "celeba", "--out", "x")]
    [InlineData("starts with http:// or https://", "data", "fetch", "mnist", "--out", "x", "--mirror", "ftp://a")]
    [InlineData("--patience", "data", "fetch", "mnist", "--out", "x", "--patience", "0")]
    [InlineData("no such folder", "data", "check", "/no/such/folder")]
    public void WhatCannotBeDoneGetsASentence(string message, params string[] arguments)
    {
        GanProcess.Result result = GanProcess.Run(arguments);
        Assert.True(result.IsRefusal, $"{result.ExitCode}: {result.Error}");
        Assert.Contains(message, result.Message);
    }
}
