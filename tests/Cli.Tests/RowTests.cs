using GanPipeline.MlNet;
using GanPipeline.Primitives;
using GanPipeline.Stages;
using GanPipeline.Training.Data;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML;
using static TorchSharp.torch;

namespace GanPipeline.Cli.Tests;

/// <summary>Rows of numbers with a class each, in the program itself.</summary>
public sealed class RowTests
{
    /// <summary>Data that could be trained on, but neither evaluated nor balanced in one array, are refused with a sentence, before training.</summary>
    [Fact]
    public void DataThatAreTooLargeToBeEvaluatedAreRefused()
    {
        using Tensor one = zeros(1, 1), labels = tensor(Enumerable.Range(0, 1500).Select(i => i < 1400 ? 0L : 1L).ToArray());
        using var data = new Dataset("d", "", one.expand(1500, 1_000_000), labels.clone(), ["a", "b"],
            new SampleFormat(SampleFormat.Points, [1_000_000], 1, 0));
        using Dataset fewer = data with { Samples = one.expand(1200, 1_000_000), Labels = labels.narrow(0, 300, 1200).clone() };
        SampleEvaluation.Check(data, fewer); // 1.5e9 numbers
        Assert.Contains("2800 rows of 1000000 numbers", Assert.Throws<UserErrorException>(() => LabelledRows.CheckBalanced(data)).Message,
            StringComparison.Ordinal);
        QualityReport points = QualityReport.For(data.Format);
        Assert.Contains("balanced", Assert.Throws<UserErrorException>(() => points.Check(data, fewer)).Message, StringComparison.Ordinal);
        using Dataset more = data with { Samples = one.expand(3000, 1_000_000), Labels = null, ClassNames = [] };
        string message = Assert.Throws<UserErrorException>(() => points.Check(more, fewer)).Message;
        Assert.Contains($"3000000000 numbers would have to be held at once, and {Array.MaxLength} are possible; ", message, StringComparison.Ordinal);
        var context = new StageContext(NullLogger.Instance, null, default);
        Assert.Throws<UserErrorException>(() => SampleEvaluation.For(more, fewer, new EvaluationSettings(1), context));
    }

    /// <summary>A generator that Fit trained on a view and saved: the view is no file, so what to compare with has to be said.</summary>
    [Fact]
    public void AGeneratorThatFitSavedIsEvaluatedOnAFileThatAPresetReads()
    {
        using var space = new Workspace();
        var context = new MLContext(1);
        Point[] points = [.. Enumerable.Range(0, 120).Select(i => i % 4 == 0).Select((rare, i) =>
            new Point { Label = rare ? "b" : "a", Features = [i % 17, i % 5 - (rare ? 9 : 0)] })];
        points[0].Label = "a"; // the classes in the order of their names
        _ = new UpsamplingEstimator(context, "Label", "Features", new UpsamplingOptions
        {
            Resampler = Resampler.Train(new() { Steps = 5, Hidden = [8], LatentSize = 2, SaveTo = space.In("g.onnx") }),
            Seed = 1,
        }).Fit(context.Data.LoadFromEnumerable(points));
        string csv = space.Write("p.csv", "x,y,class\n" + string.Concat(points.Select(p => $"{p.Features[0]},{p.Features[1]},{p.Label}\n")));
        GanProcess.Result refused = GanProcess.Run("evaluate", space.In("g.onnx"), "--data", csv);
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("with --preset a preset that says how it is read ('data: { kind: csv, label: COLUMN }')", refused.Message,
            StringComparison.Ordinal);
        string preset = space.Write("p.yaml", "system: p\ndata: { kind: csv, label: class }\n");
        GanProcess.Result evaluated = GanProcess.Run("evaluate", space.In("g.onnx"), "--data", csv, "--preset", preset, "--out", space.In("q.csv"));
        Assert.True(evaluated.ExitCode == 0, evaluated.Error);
        Assert.Contains(File.ReadLines(space.In("q.csv")), line => line.StartsWith("class-accuracy,", StringComparison.Ordinal));
    }

    public sealed class Point
    {
        public string Label { get; set; } = "";

        [Microsoft.ML.Data.VectorType(2)]
        public float[] Features { get; set; } = [];
    }
}
