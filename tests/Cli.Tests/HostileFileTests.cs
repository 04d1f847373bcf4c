using System.Diagnostics;

namespace GanPipeline.Cli.Tests;

/// <summary>Files that claim more than they hold, or are none: one sentence, before memory is taken and before anything blocks.</summary>
public sealed class HostileFileTests : IDisposable
{
    private readonly Workspace _space = new();

    public void Dispose() => _space.Dispose();

    [Theory]
    [InlineData("'shape': (2, 6 4)", "whose '6 4' is no size")]
    [InlineData("'shape': (-2, 64)", "whose '-2' is no size")]
    [InlineData("'shape': (0, 1, 8, 8)", "whose '0' is no size")]
    [InlineData("'shape': (99999999999999999999, 64)", "whose '99999999999999999999' is no size")]
    [InlineData("'shape': (9223372036854775807, 9223372036854775807, 9223372036854775807, 4)", "does not fit the file's length")]
    [InlineData("'shape': (2147483647, 1, 8, 8)", "does not fit the file's length")]
    [InlineData("'shape': 5", "its header says")]
    public void AnArrayWithAnAbsurdShapeIsRefused(string shape, string why)
    {
        string header = $"{{'descr': '<f4', 'fortran_order': False, {shape}, }}".PadRight(245) + "\n";
        byte[] file = [0x93, .. "NUMPY\u0001\0"u8, (byte)header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(header), .. new byte[512]];
        File.WriteAllBytes(_space.In("s.npy"), file);
        Refused(why, "evaluate", _space.In("s.npy"), "--data", _space.Data);
    }

    [Theory]
    [InlineData("inspect", "X.onnx")]
    [InlineData("generate", "X.onnx", "--out", "OUT.csv")]
    [InlineData("export", "X.ckpt")]
    [InlineData("train", "X.yaml", "--out", "OUT")]
    [InlineData("evaluate", "X.onnx", "--data", "DATA")]
    [InlineData("train", "models/mnist-cgan.yaml", "--data", "IDX", "--out", "OUT")]
    public void PipesAndDevicesAreRefusedUnread(params string[] command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes with names and /dev are Linux's");
        Directory.CreateDirectory(_space.In("idx"));
        File.CreateSymbolicLink(_space.In("idx/train-images-idx3-ubyte"), "/dev/zero");
        File.CreateSymbolicLink(_space.In("idx/train-labels-idx1-ubyte"), "/dev/zero");
        foreach (string kind in new[] { "pipe", "zero" })
        {
            string[] arguments = [.. command.Select(c => c[0] == 'X' ? Made(kind, c[1..]) : c[0] == 'O' ? _space.In(c) : c switch
            {
                "DATA" => _space.Data,
                "IDX" => _space.In("idx"),
                ['m', ..] => Repository.In(c),
                _ => c,
            })];
            Refused("it is a pipe or a device, where a file is needed", arguments);
        }
    }

    private string Made(string kind, string ending)
    {
        string path = _space.In(kind + ending);
        if (kind == "zero") File.CreateSymbolicLink(path, "/dev/zero");
        else using (Process made = Process.Start("mkfifo", [path])) made.WaitForExit();
        return path;
    }

    private static void Refused(string sentence, params string[] arguments)
    {
        GanProcess.Result result = GanProcess.Run(arguments);
        Assert.Equal((3, 1), (result.ExitCode, result.Error.TrimEnd().Split('\n').Length));
        Assert.Contains(sentence, result.Message, StringComparison.Ordinal);
    }
}
