using GanPipeline.Images;
using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Metrics;
using GanPipeline.Training.Networks;
using GanPipeline.Training.Runs;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Training.Tests;

public class SampleSheetTests
{
    /// <summary>A generator that says 0 makes points at the columns' means, wherever these are.</summary>
    [Fact]
    public void Points_are_drawn_in_the_units_of_the_data()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["p.csv"], "x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{1000 + i},{-3 - i * i % 7}\n")));
        RunOptions options = SmallRun.Options() with { Data = new CsvDataOptions { Test = 0 }, Conditional = false };
        using Dataset data = options.Data.Load(folder["p.csv"], DataSplit.Train, 1);
        SampleUnits units = data.Format.Units!;
        Assert.InRange(units.Shift[0], 1000, 1040);
        using SampleSheet sheet = SampleSheet.For(options, data, CPU)!;
        using Generator generator = options.Generator.Build(options.GeneratorContext([], data.Format, CPU));
        using (no_grad()) foreach (TorchSharp.Modules.Parameter parameter in generator.parameters()) parameter.zero_();
        generator.eval();
        sheet.Write(generator, folder["sheet.png"]);

        var real = new ScatterPanel(data.Samples.data<float>().ToArray(), new int[40]);
        ScatterPanel middle = real with { Points = Enumerable.Range(0, 40).SelectMany(_ => units.Shift).ToArray() };
        PngFile.Write(folder["expected.png"], ScatterPlot.Draw([real, middle]));
        Assert.Equal(File.ReadAllBytes(folder["expected.png"]), File.ReadAllBytes(folder["sheet.png"]));
    }

    /// <summary>Rows of a table are no picture: none is drawn, and none is said to have been written.</summary>
    [Fact]
    public void What_is_said_to_be_written_is_there()
    {
        using var folder = new TemporaryFolder();
        RunOptions options = SmallRun.Options() with
        {
            Data = new TableDataOptions(),
            Steps = 4,
            Epochs = 2,
            Generator = new TableGeneratorOptions { Hidden = [8] },
            Discriminator = new TableDiscriminatorOptions { Hidden = [8], ClassHidden = [8] },
            Regularizers = [],
        };
        string rows = string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 20},{i % 2}\n"));
        Table table = TableReader.Read(new StringReader("n,class\n" + rows), "t.csv", "");
        using Dataset data = new TableDataOptions().Load(table, TableSchema.Infer(table, "class"));
        Assert.Null(SampleSheet.For(options, data, CPU));
        var heard = new Paths();
        TrainingRun.Train(options, data, CPU, new RunFolder(folder["run"]), new RunMode(), heard, CancellationToken.None);
        Assert.Equal([Path.Combine(folder["run"], "last.ckpt")], heard.Written.Distinct());
        Assert.All(heard.Written, path => Assert.True(File.Exists(path)));
    }

    [Fact]
    public void A_picture_that_cannot_be_held_is_refused_before_training()
    {
        RunOptions options = SmallRun.Options() with { Latent = 65536 };
        string[] classes = [.. Enumerable.Range(0, 4000).Select(i => $"{i}")];
        using Dataset data = SmallRun.Load(options) with { ClassNames = classes, Format = SampleFormat.Pixels(3, 8, 8) };
        Assert.Contains("set sample_every=0", Assert.Throws<UserErrorException>(() => SampleSheet.For(options, data, CPU)).Message);
        Assert.Null(SampleSheet.For(options with { SampleEvery = 0 }, data, CPU));
    }

    private sealed class Paths : IRunObserver
    {
        public List<string> Written { get; } = [];

        public void Started(long step, long totalSteps, long stepsPerEpoch) { }

        public void Stepped(long step) { }

        public void Measured(MetricRow row) { }

        public void Warned(string what) { }

        public void Wrote(string path) => Written.Add(path);
    }
}
