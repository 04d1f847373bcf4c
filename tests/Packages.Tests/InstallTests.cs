namespace GanPipeline.Packages.Tests;

/// <summary>What somebody gets who installs the packages into an empty folder, on a machine that has nothing of this project.</summary>
public class InstallTests
{
    private const long LightAtMost = 150_000_000;
    private const string Table = "mammography.csv";

    private const string TrainAndExport = """
        using GanPipeline;
        using GanPipeline.Inference;

        TrainResult run = Gan.Train(new TrainOptions("moons-cgan", "runs/moons") { Epochs = 2, Seed = 7 });
        ExportResult file = Gan.Export(new ExportRunOptions(run.Folder));
        using GeneratorSession session = GeneratorSession.Open(file.Path);
        System.Console.WriteLine($"{file.Path}: {string.Join(", ", session.Info.ClassNames)}");
        """;

    [Fact]
    public void The_READMEs_program_up_samples_with_the_light_package_and_has_no_libtorch()
    {
        string table = Path.Combine(Repository.Data("tables"), Table);
        string folder = Feed.Shared.NewFolder("light");
        Feed.Shared.Run(folder, "dotnet new console\ndotnet add package GanPipeline.MlNet");
        File.WriteAllText(Path.Combine(folder, "Program.cs"), MarkdownBlock.OfRepository.First(b => b is { File: "README.md", Language: "csharp" }).Text);
        Assert.Contains("TRUTH", Feed.Shared.Run(folder, $"dotnet run -- '{table}'"));
        string[] files = Directory.GetFiles(Path.Combine(folder, "bin"), "*", SearchOption.AllDirectories);
        Assert.DoesNotContain(files, f => Path.GetFileName(f).Contains("torch", StringComparison.OrdinalIgnoreCase));
        long bytes = files.Sum(f => new FileInfo(f).Length);
        TestContext.Current.SendDiagnosticMessage($"the light program's output folder: {bytes / 1e6:F1} MB in {files.Length} files");
        Assert.InRange(bytes, 1, LightAtMost);
    }

    [Fact]
    public void Every_snippet_of_the_pages_compiles_with_the_packages_and_they_train_and_export()
    {
        string folder = Feed.Shared.NewFolder("snippets");
        Feed.Shared.Run(folder, """
            dotnet new console
            dotnet add package GanPipeline.MlNet.Training
            dotnet add package Microsoft.ML.OnnxRuntime
            dotnet add package libtorch-cpu-linux-x64 --version 2.10.0
            """);
        foreach ((string name, string code) in SnippetProgram.Files(MarkdownBlock.OfRepository)) File.WriteAllText(Path.Combine(folder, name), code);
        File.WriteAllText(Path.Combine(folder, "Given.cs"), SnippetProgram.Given);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), TrainAndExport);
        Assert.Contains("generator.onnx: ", Feed.Shared.Run(folder, "dotnet run"));
    }

    [Fact]
    public void The_tool_runs_a_preset_from_any_folder()
    {
        string folder = Feed.Shared.NewFolder("tool");
        string output = Feed.Shared.Run(folder, """
            dotnet tool install --tool-path tools GanPipeline.Tool
            tools/gan presets
            tools/gan run moons-cgan --set epochs=5 --out runs/moons
            """);
        Assert.Contains("moons-cgan: ", output);
        foreach (string file in new[] { "generator.onnx", "report.html" }) Assert.True(File.Exists(Path.Combine(folder, "runs", "moons", file)), output);
    }
}
