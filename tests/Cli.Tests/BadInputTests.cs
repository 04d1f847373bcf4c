using System.Buffers.Binary;
using GanPipeline.Training.Native;

namespace GanPipeline.Cli.Tests;

/// <summary>What bad input gets: exit code 1, one line that names the file, the place and the remedy, and nothing written.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("latnet: 3", "small.yaml line 1: unknown key 'latnet'; did you mean 'latent'?")]
    [InlineData("generator: { network: mpl }", "'generator.network' is 'mpl', which does not exist; did you mean 'mlp'?")]
    [InlineData("latent: many", "small.yaml line 1: 'latent' must be a whole number; it is 'many'.")]
    [InlineData("latent: 0", "'latent' must be between 1 and 65536; it is 0.")]
    [InlineData("batch: [", "not readable as YAML")]
    [InlineData("batch: 3: 4", "small.yaml line 1: not readable as YAML")]
    [InlineData("objective: wasserstien", "'objective' is 'wasserstien', which does not exist")]
    public void Presets(string line, string expected)
    {
        using var space = new Workspace();
        space.Write("small.yaml", line + "\nsystem: small\ndata: { kind: idx }\n");
        Refused(space, expected, "train", space.Preset, "--data", space.Data, "--out", space.In("run"));
    }

    [Fact]
    public void AnOverrideOfAKeyThatDoesNotExist()
    {
        using var space = new Workspace();
        Refused(space, "unknown key 'epoch'; did you mean 'epochs'?", "train", space.Preset, "--data", space.Data, "--out", space.In("run"), "--set",
            "epoch=3");
    }

    [Theory]
    [InlineData("missing", "train-labels-idx1-ubyte: no such file")]
    [InlineData("truncated", "train-images-idx3-ubyte")]
    [InlineData("magic", "train-images-idx3-ubyte")]
    [InlineData("counts", "159 labels, but")]
    [InlineData("label", "label 7 at item 5 is outside the 2 classes")]
    public void IdxFiles(string damage, string expected)
    {
        using var space = new Workspace();
        string images = Path.Combine(space.Data, "train-images-idx3-ubyte"), labels = Path.Combine(space.Data, "train-labels-idx1-ubyte");
        byte[] pixels = File.ReadAllBytes(images), classes = File.ReadAllBytes(labels);
        switch (damage)
        {
            case "missing": File.Delete(labels); break;
            case "truncated": File.WriteAllBytes(images, pixels[..^1]); break;
            case "magic": pixels[2] = 9; File.WriteAllBytes(images, pixels); break;
            case "counts": BinaryPrimitives.WriteInt32BigEndian(classes.AsSpan(4), 159); File.WriteAllBytes(labels, classes[..^1]); break;
            default: classes[8 + 5] = 7; File.WriteAllBytes(labels, classes); break;
        }
        Refused(space, expected, "train", space.Preset, "--data", space.Data, "--out", space.In("run"));
    }

    [Fact]
    public void AFolderThatHoldsAnotherRunIsLeftAlone()
    {
        using var space = new Workspace();
        Assert.Equal(0, GanProcess.Run("train", space.Preset, "--data", space.Data, "--out", space.In("run"), "--set", "epochs=1").ExitCode);
        byte[] checkpoint = File.ReadAllBytes(space.In("run/last.ckpt"));
        Refused(space, "it already holds a run. Go on with it by --resume", "train", space.Preset, "--data", space.Data, "--out", space.In("run"));
        Refused(space, "it was made with other options (then latent: 4; now latent: 5)", "train", space.Preset, "--data", space.Data, "--out", space.In("run"),
            "--resume", "--set", "latent=5");
        Assert.Equal(checkpoint, File.ReadAllBytes(space.In("run/last.ckpt")));
        Directory.CreateDirectory(space.In("other"));
        space.Write("other/notes.txt", "mine");
        Refused(space, "it holds files that are no run", "train", space.Preset, "--data", space.Data, "--out", space.In("other"));
        Assert.Equal("mine", File.ReadAllText(space.In("other/notes.txt")));
    }

    [Fact]
    public void ADamagedCheckpointIsNamed()
    {
        using var space = new Workspace();
        Assert.Equal(0, GanProcess.Run("train", space.Preset, "--data", space.Data, "--out", space.In("run"), "--set", "epochs=1").ExitCode);
        byte[] checkpoint = File.ReadAllBytes(space.In("run/last.ckpt"));
        File.WriteAllBytes(space.In("run/last.ckpt"), checkpoint[..^100]);
        Refused(space, "last.ckpt: its checksum does not match", "train", space.Preset, "--data", space.Data, "--out", space.In("run"), "--set", "epochs=1",
            "--resume");
        Refused(space, "last.ckpt: its checksum does not match", "export", space.In("run"));
        Assert.False(File.Exists(space.In("run/generator.onnx")));
    }

    [Fact]
    public void ACudaDeviceWhereThereIsNone()
    {
        TorchLibrary.Load();
        if (TorchSharp.torch.cuda.is_available()) Assert.Skip("there is a CUDA device here");
        using var space = new Workspace();
        Refused(space, "--device cuda: no CUDA device can be used here. Use --device cpu", "train", space.Preset, "--data", space.Data, "--out",
            space.In("run"), "--device", "cuda");
        Refused(space, "--device gpu: no such device", "train", space.Preset, "--data", space.Data, "--out", space.In("run"), "--device", "gpu");
    }

    [Fact]
    public void AFileThatIsNoGenerator()
    {
        using var space = new Workspace();
        string file = space.Write("other.onnx", "this is no ONNX file");
        Refused(space, "other.onnx", "generate", file, "--out", space.In("x.csv"));
        Refused(space, "missing.onnx", "generate", space.In("missing.onnx"), "--out", space.In("x.csv"));
        Refused(space, "other.onnx", "upsample", space.Data, "--generator", file, "--out", space.In("balanced"));
        Assert.False(Path.Exists(space.In("balanced")));
    }

    [Fact]
    public void AGeneratorOfOtherClassesOrOtherSize()
    {
        using var space = new Workspace();
        Assert.Equal(0, GanProcess.Run("train", space.Preset, "--data", space.Data, "--out", space.In("run"), "--set", "epochs=1").ExitCode);
        Assert.Equal(0, GanProcess.Run("export", space.In("run")).ExitCode);
        string onnx = space.In("run/generator.onnx");
        string wide = space.Write("wide.csv", "x,y,class\n1,2,a\n3,4,a\n5,6,b\n");
        Refused(space, "64", "upsample", wide, "--generator", onnx, "--out", space.In("out.csv"));
        Refused(space, "--class c: the generator does not know this class; it knows a, b", "generate", onnx, "--out", space.In("x.csv"), "--class", "c");
        Refused(space, "--balance most: write 'majority'", "upsample", wide, "--generator", onnx, "--out", space.In("out.csv"), "--balance", "most");
        Refused(space, "wide.csv: no column 'kind'; it has x, y, class", "upsample", wide, "--generator", onnx, "--out", space.In("out.csv"), "--label",
            "kind");
        string text = space.Write("text.csv", "x,y,class\n1,2,a\n3,red,a\n");
        Refused(space, "text.csv line 3, column 'y': 'red' is not a finite number", "upsample", text, "--generator", onnx, "--out", space.In("out.csv"));
        Assert.False(File.Exists(space.In("out.csv")));
    }

    [Fact]
    public void NoSpaceLeft()
    {
        if (!GanProcess.CanMount()) Assert.Skip("a small disk cannot be mounted here (it takes Linux's unshare)");
        using var space = new Workspace();
        Directory.CreateDirectory(space.In("disk"));
        GanProcess.Result result = GanProcess.RunOnSmallDisk(space.In("disk"), 400, "train", space.Preset, "--data", space.Data, "--out", space.In("disk/run"),
            "--set", "generator.hidden=[200, 200]"); // a checkpoint of 1 MB
        Assert.Equal(75, result.ExitCode); // there may be space later
        Assert.Contains("last.ckpt: cannot be written: no space left on the disk", result.Message, StringComparison.Ordinal);
        string[] files = [.. result.Output.TrimEnd().Split('\n').Select(f => Path.GetRelativePath(space.In("disk/run"), f)).Order(StringComparer.Ordinal)];
        Assert.Empty(new[] { "classes.csv", "metrics.csv", "options.yaml", "run.csv", "samples/epoch-0001.png" }.Except(files));
        Assert.Single(files, f => f.StartsWith("events.out.tfevents.", StringComparison.Ordinal) && f.EndsWith(".gan", StringComparison.Ordinal));
        // The page of a failed run and its pictures are there as far as the space went; nothing is there by half.
        Assert.DoesNotContain(files, f => f.EndsWith(".ckpt", StringComparison.Ordinal) || Path.GetFileName(f).StartsWith('.'));
    }

    [Theory]
    [InlineData("trian", "trian")]
    [InlineData("train --out x", "Required argument missing")]
    [InlineData("train p.yaml --out x --epochs 3", "--epochs")]
    public void ACommandLineThatDoesNotParse(string line, string expected)
    {
        GanProcess.Result result = GanProcess.Run(line.Split(' '));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Message, StringComparison.Ordinal);
        Assert.Contains("--help", result.Message, StringComparison.Ordinal);
    }

    private static void Refused(Workspace space, string expected, params string[] arguments)
    {
        bool before = Path.Exists(space.In("run"));
        GanProcess.Result result = GanProcess.Run(arguments);
        Assert.Contains(expected, result.Message, StringComparison.Ordinal);
        Assert.True(result.IsRefusal, $"{result.ExitCode}: {result.Error}");
        Assert.StartsWith("gan: ", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, Path.Exists(space.In("run")));
    }
}
