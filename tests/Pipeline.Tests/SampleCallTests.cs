using GanPipeline.MlNet;
using GanPipeline.Primitives;

namespace GanPipeline.Pipeline.Tests;

/// <summary>What is done with a generator file, as calls.</summary>
[Collection(OneAtATime.Name)]
public sealed class SampleCallTests(TrainedRun trained) : IDisposable
{
    private readonly TemporaryFolder _space = new();

    public void Dispose() => _space.Dispose();

    [Fact]
    public void SamplesAreGeneratedAndCounted()
    {
        var host = new Host();
        GenerateResult result = host.Call(h => Gan.Generate(new GenerateOptions(trained.Export.Path, _space["moons.csv"])
        {
            Counts = [("upper", 30), ("lower", 5)],
        }, h, h));
        Assert.Equal((35ul, 35ul, 0, 1), (result.Count, result.Total, result.Part, result.Parts));
        string[] lines = File.ReadAllLines(Assert.Single(result.Files));
        Assert.Equal((36, 5), (lines.Length, lines.Count(l => l.EndsWith(",lower", StringComparison.Ordinal))));
        Assert.Equal(new WorkProgress("samples", 35, 35), host.Progress[^1]);
        Assert.Contains("give it once", Assert.Throws<UserErrorException>(() => Gan.Generate(new GenerateOptions(trained.Export.Path, _space["b.csv"])
        {
            Counts = [("upper", 1), ("upper", 2)],
        })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATokenEndsGeneration()
    {
        using var stop = new CancellationTokenSource();
        var host = new Host { OnReport = _ => stop.Cancel() };
        StageStoppedException stopped = Assert.Throws<StageStoppedException>(() => host.Call(h =>
            Gan.Generate(new GenerateOptions(trained.Export.Path, _space["moons.csv"]) { Count = 1_000_000 }, h, h, stop.Token)));
        Assert.Equal("The same command with --resume goes on.", stopped.Remedy);
        Assert.False(File.Exists(_space["moons.csv"]));
    }

    [Fact]
    public void ATokenEndsAnExportBetweenTwoComparisons()
    {
        using var stop = new CancellationTokenSource();
        var host = new Host { OnLog = stop.Cancel };
        var options = new ExportRunOptions(trained.Training.Folder) { Out = _space["generator.onnx"] };
        Assert.Throws<StageStoppedException>(() => host.Call(h => Gan.Export(options, h, stop.Token)));
        Assert.Contains("compared with the network", Assert.Single(host.Logged), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_space.Name));
    }

    [Theory]
    [InlineData("report")]
    [InlineData("compare")]
    [InlineData("inspect")]
    [InlineData("check")]
    public void ATokenThatIsCancelledEndsWhatReadsFilesOnly(string stage)
    {
        var stop = new CancellationToken(canceled: true);
        string run = trained.Training.Folder;
        DateTime page = File.GetLastWriteTimeUtc(Path.Combine(run, "report.html"));
        Assert.Throws<StageStoppedException>(() => new Host().Call<object>(_ => stage switch
        {
            "report" => Gan.Report(new ReportOptions(run), stop),
            "compare" => Gan.Compare(new CompareRunsOptions([run, run], _space["compared"]), stop),
            "inspect" => Gan.Inspect(new InspectOptions(trained.Export.Path) { Picture = _space["network.svg"] }, stop),
            _ => Gan.CheckData(new CheckOptions(_space.Name), stop),
        }));
        Assert.Empty(Directory.GetFiles(_space.Name, "*", SearchOption.AllDirectories));
        Assert.Equal(page, File.GetLastWriteTimeUtc(Path.Combine(run, "report.html")));
    }

    [Fact]
    public void StandardOutputIsTheProgramsOwn()
    {
        var options = new GenerateOptions(trained.Export.Path, "-");
        UserErrorException error = Assert.Throws<UserErrorException>(() => new Host().Call(h => Gan.Generate(options, h)));
        Assert.Contains("standard output belongs to the program", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RareClassesAreUpSampled()
    {
        _ = Gan.Generate(new GenerateOptions(trained.Export.Path, _space["moons.csv"]) { Counts = [("upper", 30), ("lower", 5)] });
        UpsampleResult result = new Host().Call(h =>
            Gan.Upsample(new UpsampleOptions(_space["moons.csv"], trained.Export.Path, _space["balanced.csv"]) { Balance = Balance.ToMajority }, h, h));
        Assert.Equal((35, 25, false), (result.Rows, result.Added, result.IsDryRun));
        Assert.Contains(new ClassBalance("lower", 5, 30), result.Classes);
        Assert.Equal(61, File.ReadAllLines(result.Path).Length);
    }

    [Fact]
    public void SamplesAreEvaluated()
    {
        EvaluateResult result = new Host().Call(h => Gan.Evaluate(new EvaluateOptions(trained.Export.Path)
        {
            Count = 200,
            Metrics = ["coverage"],
            Out = _space["quality.csv"],
        }, h, h));
        Assert.InRange(Assert.Single(result.Metrics).Value, 0, 1);
        Assert.Equal(2, File.ReadAllLines(result.Out!).Length);
    }

    [Fact]
    public void AFileIsDescribedAndDrawn()
    {
        InspectResult result = new Host().Call(_ => Gan.Inspect(new InspectOptions(trained.Export.Path) { Picture = _space["network.svg"] }));
        Assert.Equal(("moons-cgan", trained.Export.Bytes), (result.Info.System, result.Bytes));
        Assert.Equal(result.Parameters, result.Layers.Sum(l => l.Parameters));
        Assert.True(File.Exists(result.Picture));
    }

    [Fact]
    public void AFolderIsNoKnownDataSet()
    {
        string message = Assert.Throws<UserErrorException>(() => Gan.CheckData(new CheckOptions(_space.Name))).Message;
        Assert.Contains("holds no file of a known set", message, StringComparison.Ordinal);
    }
}
