using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using GanPipeline.Inference.Tests;

namespace GanPipeline.MlNetIntegration.Tests;

/// <summary>
/// Projects outside the repository, as a user begins them: nothing but references to the libraries, and plain <c>dotnet run</c>. Then what the repository's own
/// programs have beside them.
/// </summary>
public sealed class OutsideProjectTests
{
    // The tests' own configuration, in which the libraries are built already: nothing of the repository is written while other tests run from it.
    private static readonly string _folder = new DirectoryInfo(AppContext.BaseDirectory).Name;
    private static readonly string _configuration = _folder == "release" ? "Release" : "Debug";

    private const string OnnxRuntime = "Microsoft.ML.OnnxRuntime";

    private static string Libtorch => OperatingSystem.IsWindows() ? "libtorch-cpu-win-x64"
        : OperatingSystem.IsMacOS() ? "libtorch-cpu-osx-arm64" : "libtorch-cpu-linux-x64";

    private const string Data = """
        using GanPipeline.MlNet;
        using Microsoft.ML;
        using Microsoft.ML.Data;

        var ml = new MLContext(seed: 1);
        var random = new Random(1);
        float Near(double middle) => (float)(middle + random.NextDouble() - random.NextDouble());
        Row[] rows = [.. Enumerable.Range(0, 220).Select(i => i % 11 == 0 ? new Row("class-0", [Near(1), Near(1)]) : new Row("class-1", [Near(0), Near(0)]))];
        IDataView data = ml.Data.LoadFromEnumerable(rows);

        """;

    private const string Fit = """
        foreach (UpsamplingOptions options in all)
        {
            var model = ml.Transforms.Conversion.MapValueToKey("Label").AppendUpsampling(ml, "Label", "Features", options)
                .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy()).Fit(data);
            Console.WriteLine(((IEnumerable<ITransformer>)model).OfType<UpsamplingTransformer>().Single().Report);
            Console.WriteLine($"recall {ml.MulticlassClassification.Evaluate(model.Transform(data)).ConfusionMatrix.PerClassRecall[0]:F2}");
        }

        internal sealed record Row(string Label, [property: VectorType(2)] float[] Features);
        """;

    /// <summary>SMOTE comes first: its rows are evaluated by a classifier on libtorch before anything has been trained.</summary>
    private const string Training = """
        UpsamplingOptions[] all =
        [
            new() { Resampler = Resampler.Smote(), EvaluateRows = true },
            new() { Resampler = Resampler.Train(new GeneratorTraining { Steps = 20, Hidden = [16] }) },
        ];

        """;

    private const string Light = """
        UpsamplingOptions[] all = [new() { Resampler = Resampler.Smote() }, new() { Resampler = Resampler.FromFile(args[0]) }];

        """;

    /// <summary>A program of the libraries in these folders of src/, with the native libraries' packages, which are its own matter.</summary>
    private static void Write(TemporaryFolder folder, string program, string[] libraries, params string[] packages)
    {
        string references = string.Concat(libraries.Select(name =>
            $"""<ProjectReference Include="{Directory.GetFiles(Repository.In("src", name), "*.csproj").Single()}" />"""));
        string versions = File.ReadAllText(Repository.In("Directory.Packages.props"));
        references += string.Concat(packages.Select(name =>
            $"""<PackageReference Include="{name}" Version="{Regex.Match(versions, $"\"{name}\" Version=\"(.+?)\"").Groups[1]}" />"""));
        File.WriteAllText(folder["Outside.csproj"], $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup>{references}</ItemGroup>
            </Project>
            """);
        File.WriteAllText(folder["Program.cs"], program);
    }

    private static string Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // Servers that stay behind would keep the pipes open; no audit asks the network; copies of libtorch are links; a second thread would only wait here;
        // and a published program looks for .NET where the system has it, which need not be where these tests have it from.
        foreach ((string name, string value) in new[]
        {
            ("MSBUILDDISABLENODEREUSE", "1"), ("UseSharedCompilation", "false"), ("NuGetAudit", "false"), ("CreateHardLinksForCopyLocalIfPossible", "true"),
            ("CreateHardLinksForPublishFilesIfPossible", "true"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"), ("DOTNET_NOLOGO", "1"), ("OMP_NUM_THREADS", "1"),
            ("DOTNET_ROOT", Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."))),
        })
        {
            start.Environment[name] = value;
        }
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(5)))
            process.Kill(entireProcessTree: true);
        Assert.True(process.WaitForExit(1000) && process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{output.Result}\n{error.Result}");
        return output.Result;
    }

    private static string[] FilesOf(TemporaryFolder folder) =>
        [.. Directory.EnumerateFiles(folder[$"bin/{_configuration}/net10.0"], "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)!)];

    [Fact]
    public void A_program_that_trains_inside_Fit_runs_and_can_be_published()
    {
        using var folder = new TemporaryFolder();
        Write(folder, Data + Training + Fit, ["MlNetIntegration", "MlNetIntegration.Training"], OnnxRuntime, Libtorch);
        string output = Run(folder.Name, "dotnet", "run", "-c", _configuration);
        Assert.Contains("up-sampling with SMOTE with 5 neighbours", output, StringComparison.Ordinal);
        Assert.Matches(@"class-0 +20 +180 +200 +0 +(8|9|10)\d?\.\d ?%", output);
        Assert.Contains("up-sampling with a generator trained for 20 steps", output, StringComparison.Ordinal);
        Run(folder.Name, "dotnet", "publish", "-c", _configuration);
        string published = folder[$"bin/{_configuration}/net10.0/publish/Outside"];
        Assert.Equal(output, Run(folder.Name, OperatingSystem.IsWindows() ? $"{published}.exe" : published));
    }

    [Fact]
    public void A_program_that_only_up_samples_has_no_libtorch_beside_it()
    {
        using var folder = new TemporaryFolder();
        Write(folder, Data + Light + Fit, ["MlNetIntegration"], OnnxRuntime);
        string file = folder.Make("g.onnx", new TestModel { Classes = 2, SampleShape = [2] }.ToBytes());
        string output = Run(folder.Name, "dotnet", "run", "-c", _configuration, "--", file);
        Assert.Matches("up-sampling with SMOTE(.|\n)*class-0 +20 +180 +200(.|\n)*up-sampling with generator (.|\n)*class-0 +20 +180 +200", output);
        Assert.Equal(
            [
                "GanPipeline.Inference.dll", "GanPipeline.MlNet.dll", "GanPipeline.Onnx.dll", "GanPipeline.Primitives.dll", "GanPipeline.Resampling.dll",
                "GanPipeline.Tables.dll",
            ],
            FilesOf(folder).Where(f => f.StartsWith("GanPipeline.", StringComparison.Ordinal) && f.EndsWith(".dll", StringComparison.Ordinal)).Order());
        Assert.DoesNotContain(FilesOf(folder), f => f.Contains("torch", StringComparison.OrdinalIgnoreCase) || f.Contains("c10", StringComparison.Ordinal));
    }

    [Fact]
    public void Dotnet_test_runs_a_test_that_trains()
    {
        const string Test = nameof(TrainedGeneratorTests.A_class_with_one_row_can_be_trained_on);
        string output = Run(Repository.Root, "dotnet", "test", "--no-build", "-c", _configuration, "tests/MlNetIntegration.Tests",
            "--filter", $"FullyQualifiedName~{Test}");
        Assert.Matches("Passed! +- Failed: +0, Passed: +1,", output);
    }

    [Fact]
    public void Programs_of_the_repository_have_the_native_libraries_of_one_platform()
    {
        string[] foreign = RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? [".so"] : [".dylib"];
        foreach (string folder in Directory.GetDirectories(Repository.In("artifacts", "bin")).Select(f => Path.Combine(f, _folder)).Where(Directory.Exists))
        {
            // A program that is built for no platform in particular has those of all in this folder.
            Assert.DoesNotContain(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories),
                f => Path.GetRelativePath(folder, f).StartsWith("runtimes", StringComparison.Ordinal) || foreign.Contains(Path.GetExtension(f)));
        }
    }
}
