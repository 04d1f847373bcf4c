namespace GanPipeline.Packages.Tests;

/// <summary>What somebody gets who installs the packages into an empty folder, on a machine that has nothing of this project.</summary>
public class InstallTests
{
    private const long LightAtMost = 150_000_000;

    /// <summary>Until the README has a program that is marked to be run.</summary>
    private const string UpSampling = """
        using GanPipeline.MlNet;
        using Microsoft.ML;
        using Microsoft.ML.Data;

        var ml = new MLContext(seed: 1);
        IDataView table = ml.Data.LoadFromTextFile("mammography.csv",
            [new TextLoader.Column("Features", DataKind.Single, 0, 5), new TextLoader.Column("Class", DataKind.String, 6)], separatorChar: ',', hasHeader: true);
        var split = ml.Data.TrainTestSplit(table, testFraction: 0.2);

        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", "Class")
            .AppendUpsampling(ml, "Label", "Features", Resampler.Smote())          // the trainer sees the added rows, nothing else does
            .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy());

        var model = pipeline.Fit(split.TrainSet);
        var scores = ml.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
        Console.WriteLine($"balanced accuracy: {scores.MacroAccuracy:F3}");
        """;

    [Fact]
    public void A_program_with_the_light_package_up_samples_and_has_no_libtorch()
    {
        string table = Path.Combine(Repository.Data("tables"), "mammography.csv");
        string folder = Feed.Shared.NewFolder("light");
        Feed.Shared.Run(folder, "dotnet new console\ndotnet add package GanPipeline.MlNet");
        File.Copy(table, Path.Combine(folder, "mammography.csv"));
        File.WriteAllText(Path.Combine(folder, "Program.cs"), SnippetProgram.ToRun.FirstOrDefault(b => b.File == "README.md")?.Text ?? UpSampling);
        string output = Feed.Shared.Run(folder, "dotnet run");
        Assert.Matches(@"\d", output);
        string[] files = Directory.GetFiles(Path.Combine(folder, "bin"), "*", SearchOption.AllDirectories);
        Assert.DoesNotContain(files, f => Path.GetFileName(f).Contains("torch", StringComparison.OrdinalIgnoreCase));
        long bytes = files.Sum(f => new FileInfo(f).Length);
        TestContext.Current.SendDiagnosticMessage($"the light program's output folder: {bytes / 1e6:F1} MB in {files.Length} files");
        Assert.InRange(bytes, 1, LightAtMost);
    }

    [Fact]
    public void Every_snippet_of_the_pages_compiles_with_the_packages_and_those_marked_so_run()
    {
        string table = Path.Combine(Repository.Data("tables"), "mammography.csv");
        string folder = Feed.Shared.NewFolder("snippets");
        Feed.Shared.Run(folder, """
            dotnet new console
            dotnet add package GanPipeline.MlNet.Training
            dotnet add package Microsoft.ML.OnnxRuntime
            dotnet add package libtorch-cpu-linux-x64 --version 2.10.0
            """);
        File.Copy(table, Path.Combine(folder, "mammography.csv"));
        foreach ((string name, string code) in SnippetProgram.Files(MarkdownBlock.OfRepository)) File.WriteAllText(Path.Combine(folder, name), code);
        File.WriteAllText(Path.Combine(folder, "Given.cs"), SnippetProgram.Given);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), string.Join('\n',
            SnippetProgram.ToRun.Select(b => $"await {SnippetProgram.NameOf(b)}.Program_.Run();").Prepend("System.Console.WriteLine(\"compiled\");")));
        Feed.Shared.Run(folder, "dotnet run");
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
