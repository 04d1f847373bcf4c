using System.Diagnostics;
using System.Text;

namespace GanPipeline.Cli.Tests;

/// <summary>gan generate in all its formats: parts, interruptions and class choices.</summary>
public sealed class GenerateTests : IDisposable
{
    private readonly Workspace _space = new();
    private readonly string _onnx;

    public GenerateTests()
    {
        Succeeds(GanProcess.Run("train", _space.Preset, "--data", _space.Data, "--out", _space.In("run"), "--set", "epochs=1"));
        Succeeds(GanProcess.Run("export", _space.In("run")));
        _onnx = _space.In("run/generator.onnx");
    }

    public void Dispose() => _space.Dispose();

    [Theory]
    [InlineData("samples.csv", "samples.csv")]
    [InlineData("samples.npy", "samples.npy", "samples.labels.npy")]
    [InlineData("idx", "idx/train-images-idx3-ubyte", "idx/train-labels-idx1-ubyte")]
    public void ThePartsOfSeveralMachinesAreTheWholeFile(string target, params string[] files)
    {
        Generate(_space.In("whole"), target, "--count", "103");
        for (int i = 0; i < 4; i++) Generate(_space.In("parts"), target, "--count", "103", "--shard", $"{i}/4", "--batch", $"{7 + i}");
        foreach (string file in files)
        {
            byte[] whole = File.ReadAllBytes(_space.In("whole/" + file));
            Assert.Equal(whole, Enumerable.Range(0, 4).SelectMany(i => File.ReadAllBytes(_space.In($"parts/{file}.{i}-of-4"))));
        }
    }

    [Theory]
    [InlineData("samples.csv", "100000")]
    [InlineData("samples.npy", "400000")]
    public void AKilledRunIsGoneOnWith(string target, string count)
    {
        Generate(_space.In("whole"), target, "--count", count);
        string folder = _space.In("killed");
        string[] command = ["generate", _onnx, "--out", Path.Combine(folder, target), "--count", count];
        Directory.CreateDirectory(folder);
        using (Process process = GanProcess.Start(command))
        {
            Assert.True(SpinWait.SpinUntil(() => Directory.GetFiles(folder, ".*.part").Any(part => new FileInfo(part).Length > 1_000_000),
                GanProcess.Patience));
            GanProcess.Signal(process, GanProcess.Kill);
            process.WaitForExit();
        }
        Assert.False(File.Exists(Path.Combine(folder, target)));
        GanProcess.Result other = GanProcess.Run([.. command, "--seed", "2", "--resume"]);
        Assert.Equal(3, other.ExitCode);
        Assert.Contains("made from another generator or with other options", other.Message, StringComparison.Ordinal);

        GanProcess.Result result = GanProcess.Run([.. command, "--resume", "--batch", "100"]);
        Succeeds(result);
        Assert.Matches($"going on after [0-9]+ of {count} samples", result.Error);
        Assert.True(File.ReadAllBytes(_space.In("whole/" + target)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(folder, target))));
        Assert.DoesNotContain(Directory.GetFiles(folder), f => Path.GetFileName(f).StartsWith('.'));
    }

    /// <summary>The folder as an interrupted run leaves it between the two files: the images under their name, and the key.</summary>
    [Fact]
    public void ImagesWithoutTheirLabelsAreGoneOnWith()
    {
        string[] command = ["generate", _onnx, "--count", "300000", "--out"];
        Succeeds(GanProcess.Run([.. command, _space.In("whole")]));
        Killed(command, "killed", ".*.part");
        string images = _space.In("killed/train-images-idx3-ubyte"), part = Directory.GetFiles(_space.In("killed"), ".*.part").Single();
        File.Delete(part);
        File.Copy(_space.In("whole/train-images-idx3-ubyte"), images);
        DateTime written = File.GetLastWriteTimeUtc(images);
        Other([.. command, _space.In("killed"), "--seed", "2", "--resume"], "made from another generator or with other options");
        Succeeds(GanProcess.Run([.. command, _space.In("killed"), "--resume"]));
        Assert.Equal(written, File.GetLastWriteTimeUtc(images)); // they were not made again
        Same("whole", "killed");

        // Without a key, as an earlier version left it or a user who lost a file: what is there is compared.
        File.Delete(_space.In("killed/train-labels-idx1-ubyte"));
        Other([.. command, _space.In("killed"), "--seed", "2", "--resume"], "it is not what these options make");
        Succeeds(GanProcess.Run([.. command, _space.In("killed"), "--resume"]));
        Same("whole", "killed");
        Succeeds(GanProcess.Run([.. command, _space.In("killed"), "--resume"])); // nothing is lacking any more
        Other([.. command, _space.In("killed")], "it is there already");
    }

    [Fact]
    public void AFolderOfPicturesIsGoneOnWithByTheSameSamplesOnly()
    {
        string[] command = ["generate", _onnx, "--count", "400", "--format", "png", "--out"];
        Succeeds(GanProcess.Run([.. command, _space.In("whole")]));
        Killed(command, "killed", "0*.png");
        Other([.. command, _space.In("killed"), "--seed", "2", "--resume"], "made from another generator or with other options");
        Other([.. command, _space.In("killed")], "give --resume to go on with an interrupted run");
        GanProcess.Result result = GanProcess.Run([.. command, _space.In("killed"), "--resume"]);
        Succeeds(result);
        Assert.Matches("going on after [1-9][0-9]* of 400 samples", result.Error);
        Same("whole", "killed");

        Other([.. command, _space.In("killed"), "--seed", "2", "--resume"], "it is not what these options make");
        Other([.. command[..2], "--count", "399", .. command[4..], _space.In("killed"), "--resume"], "none of the pictures that these options make");
        File.Delete(_space.In("killed/000000007-class1.png"));
        Succeeds(GanProcess.Run([.. command, _space.In("killed"), "--resume"]));
        Same("whole", "killed");
        Succeeds(GanProcess.Run([.. command[..2], "--count", "3", .. command[4..], _space.In("killed"), "--force"]));
        Assert.Equal(3, Directory.GetFileSystemEntries(_space.In("killed")).Length);
        File.WriteAllText(_space.In("killed/notes.txt"), "mine");
        Other([.. command, _space.In("killed"), "--force"], "the folder holds 'notes.txt'");
    }

    [Fact]
    public void AFullDiskKeepsThePart()
    {
        if (!GanProcess.CanMount()) Assert.Skip("a small disk cannot be mounted here (it takes Linux's unshare)");
        Directory.CreateDirectory(_space.In("disk"));
        GanProcess.Result result = GanProcess.RunOnSmallDisk(_space.In("disk"), 400, "generate", _onnx, "--out", _space.In("disk/x.csv"), "--count", "100000");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("no space left on the disk", result.Message, StringComparison.Ordinal);
        Assert.Contains("--resume goes on with it", result.Message, StringComparison.Ordinal);
        Assert.Matches(@"^.*/\.x\.csv\.[0-9a-f]{32}\.part(\.key)?\n.*/\.x\.csv\.[0-9a-f]{32}\.part(\.key)?\n$", result.Output);
    }

    /// <summary>Runs a command into a folder and kills it when a file of that pattern is there and not empty.</summary>
    private void Killed(string[] command, string folder, string pattern)
    {
        using Process process = GanProcess.Start([.. command, _space.In(folder)]);
        Assert.True(SpinWait.SpinUntil(() => Directory.Exists(_space.In(folder))
            && Directory.GetFiles(_space.In(folder), pattern).Any(f => new FileInfo(f).Length > 0), GanProcess.Patience));
        GanProcess.Signal(process, GanProcess.Kill);
        process.WaitForExit();
    }

    private static void Other(string[] command, string reason)
    {
        GanProcess.Result result = GanProcess.Run(command);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(reason, result.Message, StringComparison.Ordinal);
    }

    private void Same(string expected, string actual)
    {
        string[] names = [.. Directory.GetFiles(_space.In(expected)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        Assert.Equal(names, Directory.GetFileSystemEntries(_space.In(actual)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        foreach (string name in names)
            Assert.True(File.ReadAllBytes(_space.In($"{expected}/{name}")).AsSpan().SequenceEqual(File.ReadAllBytes(_space.In($"{actual}/{name}"))), name);
    }

    [Fact]
    public void MemoryStaysFlatHoweverManySamplesAreWritten()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a process's peak memory is read from /proc, which is Linux's");
        long few = PeakKilobytes("20000"), many = PeakKilobytes("400000"); // 5 MB and 102 MB of numbers
        TestContext.Current.SendDiagnosticMessage($"peak memory: {few} kB for 20,000 samples, {many} kB for 400,000");
        Assert.InRange(many - few, -1_000_000, 20_000);
    }

    private long PeakKilobytes(string count)
    {
        using Process process = GanProcess.Start(["generate", _onnx, "--out", _space.In($"{count}.npy"), "--count", count]);
        long peak = 0;
        while (!process.WaitForExit(5))
        {
            try
            {
                string? line = File.ReadLines($"/proc/{process.Id}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
                if (line is not null) peak = Math.Max(peak, long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
            }
            catch (IOException) { } // it has just ended
        }
        Assert.Equal(0, process.ExitCode);
        Assert.True(peak > 0, "the process ended before its memory could be read");
        return peak;
    }

    [Fact]
    public void ClassesComeAsAsked()
    {
        Assert.Equal("aaabb", Classes("--counts", "a=3,b=2"));
        Assert.Equal("bbba", Classes("--ratio", "b=3,a=1", "--count", "4"));
        Assert.Equal("baab", Classes("--class-list", _space.Write("list.txt", "b\na\na\nb\n")));
        Assert.Equal("ababab", Classes("--count", "6"));
        Refused("--counts c: ", "the generator does not know this class", "--counts", "a=3,c=2");
        Refused("--counts a=0", "whole numbers above 0", "--counts", "a=0");
        Refused("--count 5", "leave --count out", "--counts", "a=3", "--count", "5");
        Refused("--shard 4/4", "write i/n", "--shard", "4/4");
    }

    [Fact]
    public void PicturesAndAWalk()
    {
        Generate(_space.In("p"), "walk.png", "--interpolate", "7", "--count", "3");
        byte[] png = File.ReadAllBytes(_space.In("p/walk.png"));
        Assert.Equal((7 * 10 + 2, 3 * 10 + 2), (png[19], png[23])); // 7 columns and 3 rows of 8 x 8 pixels, 2 between them
        Generate(_space.In("p"), "folder", "--format", "png", "--count", "5");
        Generate(_space.In("p"), "parts", "--format", "png", "--count", "5", "--shard", "0/2");
        Generate(_space.In("p"), "parts", "--format", "png", "--count", "5", "--shard", "1/2");
        string[] names = [.. Directory.GetFiles(_space.In("p/folder")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
        Assert.Equal(["000000000-class0.png", "000000001-class1.png", "000000002-class0.png", "000000003-class1.png", "000000004-class0.png"], names);
        Assert.All(names, name => Assert.Equal(File.ReadAllBytes(_space.In("p/folder/" + name)), File.ReadAllBytes(_space.In("p/parts/" + name))));
    }

    [Fact]
    public void AnArrayJobMakesItsPart()
    {
        GanProcess.Result result = GanProcess.Run(new Dictionary<string, string> { ["JOB_COMPLETION_INDEX"] = "1", ["JOB_COMPLETIONS"] = "2" }, "generate",
            _onnx, "--out", _space.In("x.csv"), "--count", "9", "--shard", "kubernetes");
        Succeeds(result);
        Assert.Equal(5, File.ReadLines(_space.In("x.csv.1-of-2")).Count());
        Assert.Equal($"generated 5 of 9 samples, part 1 of 2: {_space.In("x.csv.1-of-2")}\n", result.Output);
        var slurm = new Dictionary<string, string>
        {
            ["SLURM_ARRAY_TASK_ID"] = "5",
            ["SLURM_ARRAY_TASK_MIN"] = "5",
            ["SLURM_ARRAY_TASK_COUNT"] = "2"
        };
        result = GanProcess.Run(slurm, "generate", _onnx, "--out", _space.In("x.csv"), "--count", "9", "--shard", "slurm");
        Succeeds(result);
        Assert.Equal(5, File.ReadLines(_space.In("x.csv.0-of-2")).Count()); // the heading and 4 rows
        // An array may have been made for something else: nobody asked for parts.
        Succeeds(GanProcess.Run(slurm, "generate", _onnx, "--out", _space.In("x.csv"), "--count", "9"));
        Assert.Equal(10, File.ReadLines(_space.In("x.csv")).Count());
        result = GanProcess.Run(new Dictionary<string, string> { ["JOB_COMPLETION_INDEX"] = "1" }, "generate", _onnx, "--out", _space.In("y.csv"), "--shard",
            "kubernetes");
        Assert.Contains("JOB_COMPLETIONS: is not set", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InspectSaysWhatAFileIsAndDrawsIt()
    {
        GanProcess.Result result = GanProcess.Run("inspect", _onnx, "--picture", _space.In("net.svg"));
        Succeeds(result);
        Assert.Contains("small: generates image samples [1, 8, 8] in the data's units, from a normal latent of 4", result.Output, StringComparison.Ordinal);
        Assert.Contains("classes: a, b", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"generator\.body\.0 +Gemm +N x 8 +56\n", result.Output); // 6 x 8 weights and 8 biases
        Assert.Contains($"{56 + 72 + 8 * 64 + 64} parameters", result.Output, StringComparison.Ordinal); // batch norm is folded
        var picture = System.Xml.Linq.XDocument.Load(_space.In("net.svg"));
        Assert.Contains("56 parameters", picture.ToString(), StringComparison.Ordinal);
        Assert.Contains("no such file", GanProcess.Run("inspect", _space.In("none.onnx")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnExportIsAsItsOptionsSay()
    {
        string file = _space.In("bytes.onnx");
        GanProcess.Result result = GanProcess.Run("export", _space.In("run"), "--out", file, "--pixels", "uint8", "--truncation", "0.5", "--names",
            "noise=z,sample=image", "--opset", "15", "--verbose");
        Succeeds(result);
        Assert.Matches("opset 15; operators, types and shapes checked; ONNX Runtime beside TorchSharp: largest difference: .* at batch 1, .* at batch 7, " +
            ".* at batch 1000", result.Output);
        result = GanProcess.Run("inspect", file);
        Assert.Contains("from a normal latent of 4 times 0.5\ninputs: z float32 [N x 4], label int64 [N]; outputs: image uint8 [N x 1 x 8 x 8]\n",
            result.Output, StringComparison.Ordinal);
        Succeeds(GanProcess.Run("generate", file, "--out", _space.In("b.csv"), "--count", "20"));
        Assert.All(File.ReadLines(_space.In("b.csv")).Skip(1).SelectMany(row => row.Split(',').SkipLast(1)), pixel => Assert.InRange(int.Parse(pixel), 0, 255));

        Succeeds(GanProcess.Run("export", _space.In("run"), "--out", file, "--force", "--noise-inside"));
        Assert.Contains("drawn inside and not repeatable", GanProcess.Run("inspect", file).Output, StringComparison.Ordinal);
        Assert.Contains("draws its noise itself", GanProcess.Run("generate", file, "--out", _space.In("n.csv")).Message, StringComparison.Ordinal);
        Assert.Contains("--pixels loud: it is float, clamped or uint8.", GanProcess.Run("export", _space.In("run"), "--pixels", "loud").Message,
            StringComparison.Ordinal);
        Assert.Contains("--names z: write OLD=NEW", GanProcess.Run("export", _space.In("run"), "--names", "z").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADiscriminatorIsExportedInspectedAndNotGeneratedFrom()
    {
        Succeeds(GanProcess.Run("export", _space.In("run"), "--network", "discriminator"));
        string file = _space.In("run/discriminator.onnx");
        Assert.Contains("small, discriminator: tells real image samples [1, 8, 8] in the data's units from generated ones\ninputs: sample float32 [N x 1 x 8 " +
            "x 8], label int64 [N]; outputs: logit float32 [N x 1]\n", GanProcess.Run("inspect", file).Output, StringComparison.Ordinal);
        Assert.Contains("is a discriminator, which generates no samples", GanProcess.Run("generate", file, "--out", _space.In("n.csv")).Message,
            StringComparison.Ordinal);
        Assert.Contains("--network critic: it is generator or discriminator.", GanProcess.Run("export", _space.In("run"), "--network", "critic").Message,
            StringComparison.Ordinal);
    }

    private string Classes(params string[] arguments)
    {
        Generate(_space.In("c"), "x.csv", ["--force", .. arguments]);
        var classes = new StringBuilder();
        foreach (string line in File.ReadLines(_space.In("c/x.csv")).Skip(1)) classes.Append(line[^1]);
        return classes.ToString();
    }

    private void Generate(string folder, string target, params string[] arguments)
    {
        Directory.CreateDirectory(folder);
        Succeeds(GanProcess.Run(["generate", _onnx, "--out", Path.Combine(folder, target), .. arguments]));
    }

    private void Refused(string start, string reason, params string[] arguments)
    {
        GanProcess.Result result = GanProcess.Run(["generate", _onnx, "--out", _space.In("x.csv"), .. arguments]);
        Assert.True(result.IsRefusal, $"{result.ExitCode}: {result.Error}");
        Assert.StartsWith("gan: " + start, result.Message, StringComparison.Ordinal);
        Assert.Contains(reason, result.Message, StringComparison.Ordinal);
    }

    private static void Succeeds(GanProcess.Result result) => Assert.True(result.ExitCode == 0, $"exit code {result.ExitCode}: {result.Error}");
}
