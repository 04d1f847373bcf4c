using FsCheck;
using FsCheck.Fluent;
using GanPipeline.Stages;
using GanPipeline.MlNet;
using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Training.Data;
using Microsoft.ML;
using static TorchSharp.torch;

namespace GanPipeline.Cli.Tests;

/// <summary>Rows of numbers with a class each, in the program itself.</summary>
public sealed class RowTests
{
    /// <summary>
    /// Whatever the columns are, a row that SMOTE-NC makes is a row: one slot a column, numbers in range. A column of one category has no slot.
    /// </summary>
    [Fact]
    public void RowsOfSmoteAreRows()
    {
        Gen<ColumnCode> column = Gen.Choose(0, 3).SelectMany(kind => Gen.Choose(1, 4).SelectMany(size => Gen.Elements(true, false).Select(missing =>
            kind switch
            {
                0 => new ColumnCode("", ColumnType.Constant, CodeKind.Constant) { Categories = ["c"], HasMissing = missing },
                1 => new ColumnCode("", ColumnType.Categorical, CodeKind.OneHot)
                {
                    Categories = [.. Enumerable.Range(0, size).Select(i => $"v{i}")],
                    IsText = true,
                    HasMissing = missing,
                },
                2 => new ColumnCode("", ColumnType.Numeric, CodeKind.Mixture)
                {
                    Centers = [.. Enumerable.Range(0, size).Select(i => (double)i)],
                    HalfWidths = [.. Enumerable.Repeat(0.5, size)],
                    HasMissing = missing,
                },
                _ => new ColumnCode("", ColumnType.Numeric, CodeKind.Quantile) { Quantiles = [0, 1], HasMissing = missing },
            })));
        Prop.ForAll(Arb.From(column.ArrayOf(5).SelectMany(columns => Gen.Choose(1, int.MaxValue).Select(seed => (columns, (ulong)seed)))), c =>
        {
            ColumnCode[] columns = [.. c.columns.Select((code, i) => code with { Name = $"c{i}" })];
            var codec = new TableCodec(columns, [.. columns.Select(code => code.Name)], null);
            if (codec.Width == 0) return true;
            var random = new RandomStream(c.Item2);
            long[] labels = [.. Enumerable.Range(0, 12).Select(i => i < 11 ? 0L : 1L)];
            float[] values = new float[labels.Length * codec.Width];
            for (int row = 0; row < labels.Length; row++)
            {
                foreach ((ColumnCode code, int scalar, int slot) in codec.Layout())
                {
                    if (code.Scalars > 0) values[row * codec.Width + scalar] = 2 * random.NextSingle() - 1;
                    if (code.Slots > 0) values[row * codec.Width + slot + random.Next(code.Slots)] = 1;
                }
            }
            float[] made = new SmoteRows(codec, new LabelledRows(values, codec.Width, labels, ["a", "b"])).Make([0, 0, 0, 0, 1, 1], c.Item2);
            return Enumerable.Range(0, 6).All(row => codec.Layout().All(place =>
            {
                ReadOnlySpan<float> slots = made.AsSpan(row * codec.Width + place.Slot, place.Column.Slots);
                return (place.Column.Slots == 0 || (slots.Count(1f) == 1 && slots.Count(0f) == place.Column.Slots - 1))
                    && (place.Column.Scalars == 0 || Math.Abs(made[row * codec.Width + place.Scalar]) <= 1);
            }));
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>Data that could be trained on, but neither judged nor balanced in one array, are refused with a sentence, before anything is trained.</summary>
    [Fact]
    public void DataThatAreTooLargeToBeJudgedAreRefused()
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
        Assert.Throws<UserErrorException>(() => SampleEvaluation.For(more, fewer, new EvaluationSettings(1), CancellationToken.None));
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
            Generator = GeneratorSource.Train(new() { Steps = 5, Hidden = [8], LatentSize = 2, SaveTo = space.In("g.onnx") }),
            Seed = 1,
        }).Fit(context.Data.LoadFromEnumerable(points));
        string csv = space.Write("p.csv", "x,y,class\n" + string.Concat(points.Select(p => $"{p.Features[0]},{p.Features[1]},{p.Label}\n")));
        GanProcess.Result refused = GanProcess.Run("evaluate", space.In("g.onnx"), "--data", csv);
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("with --preset a preset that says how it is read ('data: { kind: csv, label: COLUMN }')", refused.Message,
            StringComparison.Ordinal);
        string preset = space.Write("p.yaml", "system: p\ndata: { kind: csv, label: class }\n");
        GanProcess.Result judged = GanProcess.Run("evaluate", space.In("g.onnx"), "--data", csv, "--preset", preset, "--out", space.In("q.csv"));
        Assert.True(judged.ExitCode == 0, judged.Error);
        Assert.Contains(File.ReadLines(space.In("q.csv")), line => line.StartsWith("class-accuracy,", StringComparison.Ordinal));
    }

    public sealed class Point
    {
        public string Label { get; set; } = "";

        [Microsoft.ML.Data.VectorType(2)]
        public float[] Features { get; set; } = [];
    }
}
