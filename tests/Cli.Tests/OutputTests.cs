using System.Diagnostics;
using System.Net.Sockets;
using GanPipeline.Inference.Tests;
using GanPipeline.Training.Checkpoints;

namespace GanPipeline.Cli.Tests;

/// <summary>What commands write to: pipes, links, standard output, what is there already, and what another process is writing.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _points;

    /// <summary>A generator of points in two classes.</summary>
    public OutputTests() => _points = _folder.Make("g.onnx", new TestModel { Classes = 2, SampleShape = [2] }.ToBytes());

    public void Dispose() => _folder.Dispose();

    private string[] Generate(string target, params string[] more) => ["generate", _points, "--out", target, "--count", "50", .. more];

    private string Whole(params string[] more)
    {
        string path = _folder[$"whole{Directory.GetFiles(_folder.Name).Length}.csv"];
        Succeeds(GanProcess.Run(Generate(path, more)));
        return File.ReadAllText(path);
    }

    private string Table()
    {
        File.WriteAllText(_folder["table.csv"], "x,y,class\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"{i},{i % 5},class-{(i < 9 ? 0 : 1)}\n")));
        return _folder["table.csv"];
    }

    [Fact]
    public void StandardOutputTakesTheSamplesAndNothingElse()
    {
        string whole = Whole();
        GanProcess.Result result = GanProcess.Run(Generate("-"));
        Succeeds(result);
        Assert.Equal(whole, result.Output);
        Assert.Contains("generated 50 samples", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists("-"));
        string plain = _folder.Make("plain.onnx", new TestModel { Classes = 0, SampleShape = [2] }.ToBytes());
        GanProcess.Result array = GanProcess.Run("generate", plain, "--out", "-", "--format", "npy");
        Succeeds(array);
        Assert.StartsWith("\uFFFDNUMPY", array.Output, StringComparison.Ordinal);
        Refused("go into a second file beside the first", Generate("-", "--format", "npy"));
        Refused("leave --resume out", Generate("-", "--resume"));
        Assert.Empty(Directory.GetFiles(_folder.Name, ".*"));
    }

    [Fact]
    public void AFileThatStandardOutputWasTurnedToIsWrittenWhereItStands()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "bash");
        string whole = Whole(), file = _folder["out.csv"];
        string make = $"gan generate '{_points}' --count 50 --out";
        Succeeds(GanProcess.Bash($"{{ echo first; {make} -; {make} /dev/stdout; echo last; }} > '{file}'"));
        Assert.Equal($"first\n{whole}{whole}last\n", File.ReadAllText(file));
    }

    [Fact]
    public void APipeThatIsClosedEarlyEndsTheCommandWithASentence()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "bash");
        GanProcess.Result result = GanProcess.Bash($"gan generate '{_points}' --count 1000000000000 --out - | head -n 2 > /dev/null");
        Assert.Contains("who reads it has closed it", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void APipeIsWrittenToAndReadAsItStands()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "mkfifo");
        string whole = Whole(), pipe = _folder["pipe.csv"], table = Table(), input = _folder["in.csv"];
        string got = _folder["got.csv"];
        Succeeds(GanProcess.Bash($"mkfifo '{pipe}' '{input}'; cat '{pipe}' > '{got}' & gan generate '{_points}' --count 50 --out '{pipe}' && wait"));
        Assert.Equal(whole, File.ReadAllText(got));
        Succeeds(GanProcess.Bash($"test -p '{pipe}'"));

        Succeeds(GanProcess.Run("upsample", table, "--generator", _points, "--out", _folder["balanced.csv"]));
        Succeeds(GanProcess.Bash($"cat '{table}' > '{input}' & gan upsample '{input}' --generator '{_points}' --out '{_folder["piped.csv"]}' && wait"));
        Assert.Equal(File.ReadAllText(_folder["balanced.csv"]), File.ReadAllText(_folder["piped.csv"]));
    }

    [Fact]
    public void TablesComeFromStandardInput()
    {
        string table = Table();
        Succeeds(GanProcess.Run("upsample", table, "--generator", _points, "--out", _folder["balanced.csv"]));
        GanProcess.Result piped = GanProcess.RunWithInput(File.ReadAllText(table), "upsample", "-", "--generator", _points, "--out", "-");
        Succeeds(piped);
        Assert.Equal(File.ReadAllText(_folder["balanced.csv"]), piped.Output);
        Assert.Contains("added 6 generated rows to 12", piped.Error, StringComparison.Ordinal);

        string[] small = ["--label", "class", "--set", "epochs=1", "--set", "steps=5", "--out"];
        Succeeds(GanProcess.RunWithInput(File.ReadAllText(table), ["train", "-", .. small, _folder["piped"]]));
        Succeeds(GanProcess.Run(["train", table, .. small, _folder["read"]]));
        Checkpoint read = Checkpoint.Read(_folder["read/last.ckpt"]), given = Checkpoint.Read(_folder["piped/last.ckpt"]);
        foreach ((string name, float[] values) in read.Tensors) Assert.Equal(values, given.Tensors[name]);

        GanProcess.Result filled = GanProcess.RunWithInput("a,b\n1,2\n,3\n4,5\n6,7\n8,9\n", "impute", "-", "--out", "-", "--steps", "5");
        Succeeds(filled);
        Assert.Equal(["a,b", "1,2"], filled.Output.Split('\n')[..2]);
        string[] evaluate = ["evaluate", "-", "--data", table, "--metrics", "exact-copies", "--out", "-"];
        GanProcess.Result evaluated = GanProcess.RunWithInput(File.ReadAllText(table), evaluate);
        Succeeds(evaluated);
        Assert.StartsWith("metric,data,class,value", evaluated.Output, StringComparison.Ordinal);
        Refused("standard input can be read for one of the data only", "evaluate", "-", "--data", "-");
    }

    [Fact]
    public void ALinkStaysAndItsTargetIsReplaced()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links take a right on Windows");
        string whole = Whole();
        Directory.CreateDirectory(_folder["far"]);
        _folder.Make("far/real.csv", "old"u8.ToArray());
        File.CreateSymbolicLink(_folder["far/link.csv"], "real.csv");
        File.CreateSymbolicLink(_folder["chain.csv"], "far/link.csv");
        File.CreateSymbolicLink(_folder["dangling.csv"], "far/new.csv");
        Refused("it is there already", Generate(_folder["chain.csv"]));
        Succeeds(GanProcess.Run(Generate(_folder["chain.csv"], "--force")));
        Succeeds(GanProcess.Run(Generate(_folder["dangling.csv"])));
        Assert.Equal("far/link.csv", new FileInfo(_folder["chain.csv"]).LinkTarget);
        Assert.Equal("far/new.csv", new FileInfo(_folder["dangling.csv"]).LinkTarget);
        Assert.Equal([whole, whole], [File.ReadAllText(_folder["far/real.csv"]), File.ReadAllText(_folder["far/new.csv"])]);
        Assert.Equal(["link.csv", "new.csv", "real.csv"], Names("far"));

        Refused("it is the input itself", "upsample", Link("loop.csv", Table()), "--generator", _points, "--out", _folder["table.csv"], "--force");
    }

    [Fact]
    public void WhatTakesNoBytesIsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a socket in the file system");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder["s.csv"]));
        Refused("it is a socket", Generate(_folder["s.csv"]));
        File.CreateSymbolicLink(_folder["circle.csv"], "circle.csv");
        Refused("its links lead nowhere", Generate(_folder["circle.csv"]));
        Refused("it is a folder", Generate(_folder.Name, "--format", "csv"));
        Refused("a folder is written here", "train", Table(), "--out", "-");
        Refused("a folder is written here", "run", Table(), "--out", Table());
        Refused("a folder is written here", "compare", "a", "b", "--out", "-");
        Refused("its folder does not exist", Generate(_folder["no/such.csv"]));
    }

    [Fact]
    public void AFileThatIsThereIsRefusedUnlessForced()
    {
        string table = Table(), there = _folder.Make("there.csv", "precious"u8.ToArray()), svg = _folder.Make("there.svg", "precious"u8.ToArray());
        string holes = _folder.Make("holes.csv", "a,b\n1,2\n,3\n4,5\n6,7\n8,9\n"u8.ToArray());
        string[][] commands =
        [
            Generate(there), ["upsample", table, "--generator", _points, "--out", there], ["impute", holes, "--out", there, "--steps", "5"],
            ["evaluate", table, "--data", table, "--metrics", "exact-copies", "--out", there], ["inspect", _points, "--picture", svg],
            ["anonymize", table, "--label", "class", "--out", there], ["anonymize", table, "--label", "class", "--out", _folder["new.csv"], "--report", there],
            ["advise", table, "--label", "class", "--out", there], Generate(there, "--dry-run"),
        ];
        foreach (string[] command in commands) Refused("it is there already; choose another name, or give --force to replace it.", command);
        Assert.Equal(["precious", "precious"], [File.ReadAllText(there), File.ReadAllText(svg)]);
        foreach (string[] command in commands[..5])
        {
            Succeeds(GanProcess.Run([.. command, "--force"]));
            Assert.NotEqual("precious", File.ReadAllText(command[0] == "inspect" ? svg : there));
        }
        Assert.Empty(Directory.GetFiles(_folder.Name, ".*"));
    }

    /// <summary>As a file's name of that kind does.</summary>
    [Fact]
    public void AFolderThatCanNeverBeMadeIsWrongInput()
    {
        string table = Table(), name = _folder[new string('x', 300)], preset = _folder.Make("p.yaml", "system: small\ndata: { kind: moons }\n"u8.ToArray());
        string[][] commands =
        [
            ["evaluate", table, "--data", table, "--pictures", name], ["compare", _folder.Name, "--out", name], ["sweep", preset, "--out", name],
        ];
        foreach (string[] command in commands)
        {
            GanProcess.Result result = GanProcess.Run(command);
            Assert.True(result.ExitCode == 3, result.Error);
            Assert.Contains("too long", result.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void WhatIsReadIsNotReplacedEvenByForce()
    {
        string table = Table(), holes = _folder.Make("holes.csv", "a,b\n1,2\n,3\n4,5\n6,7\n8,9\n"u8.ToArray()), link = Link("link.csv", "table.csv");
        string svg = _folder["network.svg"], list = _folder.Make("list.csv", "class-0\nclass-1\n"u8.ToArray());
        string run = _folder["run"];
        Succeeds(GanProcess.Run("train", table, "--out", run, "--set", "steps=2", "--set", "epochs=1"));
        string checkpoint = Path.Combine(run, "last.ckpt");
        File.Copy(_points, svg);
        string[][] commands =
        [
            ["impute", holes, "--steps", "5", "--out", holes], ["evaluate", table, "--data", holes, "--out", table],
            ["evaluate", holes, "--data", table, "--out", link], ["evaluate", holes, "--data", holes, "--test", table, "--out", table],
            ["inspect", svg, "--picture", svg], ["generate", _points, "--format", "csv", "--out", _points],
            ["generate", _points, "--class-list", list, "--out", list], ["advise", table, "--label", "class", "--out", table],
            ["upsample", table, "--generator", _points, "--out", _points], ["export", checkpoint, "--out", checkpoint], ["export", run, "--out", checkpoint],
        ];
        foreach (string[] command in commands)
        {
            string[] before = Contents();
            Refused("it is the input itself; name another file.", [.. command, "--force"]);
            Assert.Equal(before, Contents());
        }

        string[] Contents() => [.. Directory.GetFiles(_folder.Name, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => f + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))))];
    }

    [Fact]
    public void AnExportedFileOnStandardOutputHasNothingBeforeIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "bash");
        string run = _folder["run"], named = _folder["named.onnx"], streamed = _folder["streamed.onnx"];
        Succeeds(GanProcess.Run("train", Table(), "--out", run, "--set", "steps=2", "--set", "epochs=1"));
        Succeeds(GanProcess.Bash($"gan export '{run}' --out '{named}' && gan export '{run}' --out - > '{streamed}'"));
        Assert.Equal(File.ReadAllBytes(named), File.ReadAllBytes(streamed));
    }

    [Fact]
    public void TwoProcessesDoNotWriteOneFile()
    {
        const int Stop = 19, Continue = 18;
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a process is held by Linux's signals");
        string target = _folder["x.csv"];
        using Process first = GanProcess.Start("generate", _points, "--out", target, "--count", "500000");
        Assert.True(SpinWait.SpinUntil(() => Directory.GetFiles(_folder.Name, ".x.csv.*.part").Any(p => new FileInfo(p).Length > 0), GanProcess.Patience));
        GanProcess.Signal(first, Stop);
        foreach (string[] more in new string[][] { [], ["--resume"], ["--force"] })
        {
            GanProcess.Result second = GanProcess.Run(["generate", _points, "--out", target, "--count", "500000", "--seed", "2", .. more]);
            Assert.NotEqual(0, second.ExitCode);
            Assert.Contains("another process is writing there", second.Message, StringComparison.Ordinal);
        }
        GanProcess.Signal(first, Continue);
        Assert.Equal(0, GanProcess.Finish(first).ExitCode);
        Assert.Equal(500_001, File.ReadLines(target).Count());
        Assert.Equal(["g.onnx", "x.csv"], Names(""));
    }

    [Fact]
    public void WhatAKilledProcessLeftIsRemovedByTheNext()
    {
        const string Hex = "0123456789abcdef0123456789abcdef";
        string[] left = [$".balanced.csv.{Hex}.tmp", $".balanced.csv.{Hex}.part", $".balanced.csv.{Hex}.part.key", ".balanced.csv.gan-lock"];
        string[] others = [".balanced.csv.0123.tmp", $".other.csv.{Hex}.tmp", ".balanced.csv.tmp", $"balanced.csv.{Hex}.tmp"];
        foreach (string name in left.Concat(others)) _folder.Make(name, []);
        Succeeds(GanProcess.Run(Generate(_folder["balanced.csv"])));
        Assert.Equal(others.Append("balanced.csv").Append("g.onnx").Order(StringComparer.Ordinal), Names(""));
    }

    /// <summary>What a kill between two files of one command leaves: the first under its name, and the note that they were not all there.</summary>
    [Fact]
    public void FilesThatBelongTogetherAreMadeAnewAfterAKill()
    {
        string holes = _folder.Make("holes.csv", "a,b\n1,2\n,3\n4,5\n6,7\n8,9\n"u8.ToArray()), first = _folder.Make("filled-1.csv", "half"u8.ToArray());
        string[] command = ["impute", holes, "--out", _folder["filled.csv"], "--steps", "5", "--imputations", "2"];
        Refused("filled-1.csv: it is there already", command);
        _folder.Make(".filled-1.csv.0123456789abcdef0123456789abcdef.part.key", []);
        Succeeds(GanProcess.Run(command));
        Assert.StartsWith("a,b\n", File.ReadAllText(first), StringComparison.Ordinal);
        Assert.Equal(["filled-1.csv", "filled-2.csv", "g.onnx", "holes.csv"], Names(""));
        Refused("filled-1.csv: it is there already", command);
    }

    private string[] Names(string folder) =>
        [.. Directory.GetFileSystemEntries(_folder[folder]).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private string Link(string name, string target)
    {
        File.CreateSymbolicLink(_folder[name], target);
        return _folder[name];
    }

    private static void Refused(string reason, params string[] command)
    {
        GanProcess.Result result = GanProcess.Run(command);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(reason, result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    private static void Succeeds(GanProcess.Result result) => Assert.True(result.ExitCode == 0, result.Error);
}
