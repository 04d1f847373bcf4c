using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace GanPipeline.Cli.Tests;

/// <summary>How TorchSharp's native library and libtorch come into a process.</summary>
public sealed class LibraryTests
{
    private const string Library = "libLibTorchSharp.so";
    private static readonly string[] s_training = ["train", Repository.In("models", "moons-gan.yaml"), "--set", "epochs=1", "--out"];

    [Fact]
    [SupportedOSPlatform("linux")]
    public void Two_processes_that_begin_without_a_copy_make_one_for_the_user_alone()
    {
        using var space = new TemporaryFolder();
        string cache = NeedsCopy(space);
        Process[] both = [.. Enumerable.Range(0, 2).Select(i => Program.Start(AppContext.BaseDirectory, Caching(cache), [.. s_training, space[$"run{i}"]]))];
        Assert.All(both, process => Assert.Equal(0, GanProcess.Finish(process).ExitCode));
        string folder = Assert.Single(Directory.GetDirectories(Path.Combine(cache, "ganpipeline")));
        Assert.Equal(Path.Combine(folder, Library), Assert.Single(Directory.GetFiles(folder)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, Library)))), Path.GetFileName(folder));
    }

    [Fact]
    public void A_copy_that_is_damaged_is_made_again()
    {
        using var space = new TemporaryFolder();
        string cache = NeedsCopy(space);
        Assert.Equal(0, Run(AppContext.BaseDirectory, Caching(cache), space["first"]).ExitCode);
        string copy = Assert.Single(Directory.GetFiles(cache, Library, SearchOption.AllDirectories));
        byte[] whole = File.ReadAllBytes(copy);
        File.WriteAllBytes(copy, whole[..^100_000]);
        Assert.Equal(0, Run(AppContext.BaseDirectory, Caching(cache), space["second"]).ExitCode);
        Assert.Equal(whole, File.ReadAllBytes(copy));
    }

    [Fact]
    public void Where_no_copy_can_be_kept_nothing_is_left_and_what_came_with_the_program_stays()
    {
        using var space = new TemporaryFolder();
        _ = NeedsCopy(space);
        string temporary = Directory.CreateDirectory(space["temporary"]).FullName, before = Contents(AppContext.BaseDirectory);
        GanProcess.Result result = Run(AppContext.BaseDirectory, [("XDG_CACHE_HOME", "/dev/null/none"), ("TMPDIR", temporary)], space["run"]);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.DoesNotContain(Directory.GetFiles(temporary, "*", SearchOption.AllDirectories), file => Path.GetFileName(file) == Library);
        Assert.Equal(before, Contents(AppContext.BaseDirectory));
    }

    [Theory]
    [InlineData("train", "models/moons-gan.yaml", "--out", "run")]
    [InlineData("run", "table.csv", "--label", "class", "--out", "run")]
    [InlineData("advise", "table.csv", "--label", "class")]
    [InlineData("impute", "table.csv", "--out", "filled.csv")]
    [InlineData("anonymize", "table.csv", "--out", "synthetic.csv")]
    [InlineData("export", "run.ckpt")]
    public void Without_libtorch_every_command_that_needs_it_says_so_in_one_sentence(params string[] arguments)
    {
        using var space = new TemporaryFolder();
        string program = WithoutLibtorch(space);
        File.WriteAllLines(space["table.csv"], ["x,class", .. Enumerable.Range(0, 400)
            .Select(i => i % 7 == 0 ? $",{"ab"[i % 2]}" : FormattableString.Invariant($"{i % 13}.5,{"ab"[i % 2]}"))]);
        if (arguments[0] == "export")
        {
            Assert.Equal(0, Run(AppContext.BaseDirectory, [], space["made"]).ExitCode);
            File.Copy(Path.Combine(space["made"], "last.ckpt"), space["run.ckpt"]);
        }
        string[] placed = [.. arguments.Select(a => a.StartsWith("models/", StringComparison.Ordinal) ? Repository.In(a) : a.Contains('.') || a is "run"
            && arguments[0] == "train" ? space[a] : a)];
        GanProcess.Result result = GanProcess.Finish(Program.Start(program, [], placed));
        Assert.Equal("gan: libtorch is not beside the program; add the package libtorch-cpu-linux-x64 2.10.0 to the program (TorchSharp-cuda-linux for "
            + "NVIDIA GPUs), or name the folder of a libtorch 2.10.0 in GAN_LIBTORCH.", result.Message);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Empty(Directory.GetDirectories(program, "cpu")); // TorchSharp's own search copies libtorch there
    }

    [Fact]
    public void Another_libtorch_is_taken_where_the_program_has_none()
    {
        using var space = new TemporaryFolder();
        string program = WithoutLibtorch(space), libtorch = Directory.CreateDirectory(space["libtorch/lib"]).FullName;
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory, "*.so*")
            .Where(IsLibtorch)) File.CreateSymbolicLink(Path.Combine(libtorch, Path.GetFileName(file)), file);
        GanProcess.Result result = Run(program, [("GAN_LIBTORCH", space["libtorch"])], space["run"]);
        Assert.True(result.ExitCode == 0, result.Error);
    }

    [Fact]
    public void A_libtorch_that_cannot_be_taken_is_named()
    {
        using var space = new TemporaryFolder();
        string program = WithoutLibtorch(space);
        GanProcess.Result Try(string folder) => Run(program, [("GAN_LIBTORCH", folder)], space["run"]);
        Assert.Equal($"gan: GAN_LIBTORCH is {space["none"]}, which has no libtorch.so in it or in its folder lib; name the folder of a libtorch 2.10.0.",
            Try(space["none"]).Message);

        // A library of another version: here one that has none of the functions.
        string other = Directory.CreateDirectory(space["other"]).FullName;
        File.Copy(Path.Combine(AppContext.BaseDirectory, "libc10.so"), Path.Combine(other, "libtorch.so"));
        Assert.Matches($"^gan: {other}/libtorch.so is of another version than TorchSharp's native library: it lacks _Z[^ ]+; name a libtorch 2.10.0 in " +
            $"GAN_LIBTORCH.$", Try(other).Message);

        File.WriteAllText(Path.Combine(other, "libtorch.so"), "no library");
        Assert.Matches($"^gan: libtorch cannot be loaded from {other}/libtorch.so: .*\\.$", Try(other).Message);

        Assert.Contains("one process cannot have two", Run(AppContext.BaseDirectory, [("GAN_LIBTORCH", other)], space["run"]).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Commands_that_only_generate_need_no_libtorch()
    {
        using var space = new TemporaryFolder();
        string program = WithoutLibtorch(space), run = space["run"];
        Assert.Equal(0, Run(AppContext.BaseDirectory, [], run).ExitCode);
        Assert.Equal(0, GanProcess.Finish(Program.Start(AppContext.BaseDirectory, [], ["export", run])).ExitCode);
        GanProcess.Result result =
            GanProcess.Finish(Program.Start(program, [], ["generate", Path.Combine(run, "generator.onnx"), "--count", "5", "--out", space["points.csv"]]));
        Assert.True(result.ExitCode == 0, result.Error);
    }

    [Fact]
    public void Without_onnx_runtime_a_generator_file_is_neither_used_nor_made_and_the_packages_are_named()
    {
        using var space = new TemporaryFolder();
        string program = WithoutOnnxRuntime(space), run = space["run"], points = space["points.csv"];
        Assert.Equal(0, Run(AppContext.BaseDirectory, [], run).ExitCode);
        Assert.Equal(0, GanProcess.Finish(Program.Start(AppContext.BaseDirectory, [], ["export", run])).ExitCode);
        string file = Path.Combine(run, "generator.onnx");
        foreach (string[] arguments in (string[][])[["generate", file, "--count", "5", "--out", points], ["export", run, "--out", space["other.onnx"]]])
        {
            GanProcess.Result result = GanProcess.Finish(Program.Start(program, [], arguments));
            Assert.Equal("gan: ONNX Runtime's native library is not beside the program, or cannot be loaded there; add the package Microsoft.ML.OnnxRuntime "
                + "to the program, or Microsoft.ML.OnnxRuntime.Gpu for NVIDIA GPUs", result.Message);
            Assert.NotEqual(0, result.ExitCode);
        }
        Assert.False(File.Exists(points) || File.Exists(space["other.onnx"]));
    }

    private static GanProcess.Result Run(string program, (string, string)[] environment, string run) =>
        GanProcess.Finish(Program.Start(program, environment, [.. s_training, run]));

    private static (string, string)[] Caching(string cache) => [("XDG_CACHE_HOME", cache)];

    /// <summary>An empty cache folder, where the library needs a copy.</summary>
    private static string NeedsCopy(TemporaryFolder space)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux needs a copy");
        string cache = Directory.CreateDirectory(space["cache"]).FullName;
        Assert.Equal(0, Run(AppContext.BaseDirectory, Caching(cache), space["probe"]).ExitCode);
        Assert.SkipUnless(Directory.Exists(Path.Combine(cache, "ganpipeline")),
            "this system's C++ runtime is new enough to load TorchSharp's library as it is");
        Directory.Delete(Path.Combine(cache, "ganpipeline"), recursive: true);
        return cache;
    }

    private static string WithoutLibtorch(TemporaryFolder space) => Without(space, IsLibtorch);

    private static string WithoutOnnxRuntime(TemporaryFolder space) =>
        Without(space, file => Path.GetFileName(file).StartsWith("libonnxruntime", StringComparison.Ordinal));

    /// <summary>The command line in a folder of its own, with everything but some libraries.</summary>
    private static string Without(TemporaryFolder space, Func<string, bool> isMissing)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libraries have other names elsewhere");
        string program = Directory.CreateDirectory(space["program"]).FullName;
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory))
        {
            string copy = Path.Combine(program, Path.GetFileName(file));
            if (isMissing(file)) continue;
            if (file.EndsWith(".so", StringComparison.Ordinal)) File.CreateSymbolicLink(copy, file);
            else File.Copy(file, copy);
        }
        return program;
    }

    private static bool IsLibtorch(string file)
    {
        string name = Path.GetFileName(file);
        return name.StartsWith("libtorch", StringComparison.Ordinal) || name.StartsWith("libc10", StringComparison.Ordinal)
            || name.StartsWith("libgomp", StringComparison.Ordinal)
            || name is "libshm.so" or "libnnapi_backend.so" or "libbackend_with_compiler.so" or "libjitbackend_test.so" or "libaoti_custom_ops.so";
    }

    /// <summary>Names, sizes and times of a folder's native libraries.</summary>
    private static string Contents(string folder) =>
        string.Join('\n', Directory.GetFiles(folder, "*.so*").Order().Select(file => $"{file} {new FileInfo(file).Length} {File.GetLastWriteTimeUtc(file):O}"));

    private static class Program
    {
        public static Process Start(string folder, IEnumerable<(string Name, string Value)> environment, string[] arguments)
        {
            var info = new ProcessStartInfo("dotnet", [Path.Combine(folder, "gan.dll"), .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true
            };
            info.Environment["OMP_NUM_THREADS"] = "1";
            foreach ((string name, string value) in environment) info.Environment[name] = value;
            return Process.Start(info)!;
        }
    }
}
