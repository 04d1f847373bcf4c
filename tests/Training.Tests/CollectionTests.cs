using GanPipeline.Tables;
using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

/// <summary>
/// A host has other threads, and their garbage collections come at any moment: what libtorch is given must be held until it has read it (src/Training/Held.cs).
/// With one number in a step that is not held, two in three of these runs ended with an ExternalException of Scalar.h.
/// </summary>
public class CollectionTests
{
    private const int Steps = 2000;

    [Fact]
    public void Points() => Check(
        Load("moons-cgan", "batch=32", "generator.hidden=[16, 16]", "discriminator.hidden=[16, 16]"),
        options => options.Data.Load(null, DataSplit.Train, 1));

    [Fact]
    public void Images() => Check(
        Load("mnist-dcgan", "batch=4", "latent=8", "generator={channels: [16], start: 2, kernels: [4], paddings: [1]}",
            "discriminator={channels: [16], kernels: [4], strides: [2], paddings: [1]}"),
        _ => Pixels());

    [Fact]
    public void Rows() => Check(
        Load("table", "batch=20", "latent=4", "generator.hidden=[16]", "discriminator.hidden=[16]", "discriminator.class_hidden=[16]"),
        options => Table((TableDataOptions)options.Data));

    private static RunOptions Load(string preset, params string[] changes) => Preset.Load(Repository.In("models", $"{preset}.yaml"), overrides: changes);

    private static Dataset Pixels()
    {
        manual_seed(1);
        return new Dataset("random", new string('0', 64), randint(0, 256, [64, 16, 4, 4], uint8), randint(0, 2, [64], int64), ["a", "b"],
            SampleFormat.Pixels(16, 4, 4));
    }

    private static Dataset Table(TableDataOptions options)
    {
        string csv = "n,c,class\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"{(i % 11 == 3 ? "" : i % 7 * 3)},{(i % 3 == 0 ? "green" : "blue")},{(i % 10 == 0 ? "rare" : "usual")}\n"));
        Table table = TableReader.Read(new StringReader(csv), "t.csv", "");
        return options.Load(table, TableSchema.Infer(table, "class"));
    }

    private static void Check(RunOptions options, Func<RunOptions, Dataset> load)
    {
        using Dataset data = load(options);
        IReadOnlyDictionary<string, float[]> quiet = State(options, data);
        IReadOnlyDictionary<string, float[]> disturbed;
        using (var stop = new CancellationTokenSource())
        {
            var collector = new Thread(() =>
            {
                while (!stop.IsCancellationRequested)
                {
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                }
            });
            collector.Start();
            try
            {
                disturbed = State(options, data);
            }
            finally
            {
                stop.Cancel();
                collector.Join();
            }
        }
        Assert.Equal(quiet.Keys, disturbed.Keys);
        foreach ((string name, float[] values) in quiet) Assert.Equal(Bits(values), Bits(disturbed[name]));
    }

    private static IReadOnlyDictionary<string, float[]> State(RunOptions options, Dataset data)
    {
        using var trainer = new Trainer(options, data, CPU);
        for (int i = 1; i <= Steps; i++)
        {
            trainer.TakeStep();
            if (i % 100 == 0) trainer.TakeMeans();
        }
        return trainer.Save().Tensors;
    }

    private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);
}
