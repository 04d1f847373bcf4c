using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Training;
using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Export.Tests;

/// <summary>Dropout draws from libtorch's one default generator, which other tests must not use meanwhile.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;

/// <summary>Every preset, narrower and on made-up samples: it trains, resumes to the bit, exports and generates.</summary>
[Collection(nameof(Alone))]
public class PresetTests
{
    private const int Steps = 5, StopAfter = 2, Batch = 6, Generated = 7;

    /// <summary>What makes a large preset small; the others are small enough.</summary>
    private static readonly Dictionary<string, string[]> Smaller = new()
    {
        ["mnist-dcgan"] = ["generator.channels=[32, 16, 8]"],
        ["faces-dcgan"] = ["generator.channels=[32, 16, 8, 4]", "discriminator.channels=[4, 8, 8, 16]"],
        ["mnist-acgan"] = ["generator.channels=[16, 8, 8]"],
    };

    public static TheoryData<string, string?> Presets
    {
        get
        {
            var presets = new TheoryData<string, string?>();
            foreach (var file in Directory.GetFiles(Repository.In("models"), "*.yaml").Order(StringComparer.Ordinal))
            {
                if (Preset.Load(file).Data is TableDataOptions)
                {
                    continue; // rows of a table are no samples of numbers: TableExportTests and Training's TableTests try them
                }

                var own = Preset.ToYaml(Preset.Load(file));
                presets.Add(Path.GetFileNameWithoutExtension(file), null);
                foreach (var variant in Preset.Variants(file).Where(v => Preset.ToYaml(Preset.Load(file, v)) != own))
                {
                    presets.Add(Path.GetFileNameWithoutExtension(file), variant);
                }
            }

            return presets;
        }
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void Trains_resumes_exports_and_generates(string preset, string? variant)
    {
        var options = Preset.Load(Repository.In("models", $"{preset}.yaml"), variant, ["threads=1", .. Smaller.GetValueOrDefault(preset, [])]) with
        {
            Batch =
            Batch
        };
        using var data = Samples(options);
        using var straight = Train(options, data, null, Steps);
        AssertEveryParameterMoved(options, data, straight);
        using var stopped = Train(options, data, null, StopAfter);
        using var resumed = Train(options, data, stopped.Save(), Steps);
        resumed.Refresh();
        straight.Refresh();
        var (end, expected) = (resumed.Save(), straight.Save());
        Assert.All(expected.Tensors, tensor => Assert.Equal(tensor.Value, end.Tensors[tensor.Key]));
        Assert.All(end.Tensors.Values, numbers => Assert.True(Array.TrueForAll(numbers, float.IsFinite)));

        using var folder = new TemporaryFolder();
        using var generator = end.BuildGenerator(CPU);
        GeneratorExporter.Export(generator, Networks.Metadata with { Seed = options.Seed }, folder["g.onnx"]);
        using var session = GeneratorSession.Open(folder["g.onnx"]);
        Assert.Equal(options.Conditional && data.ClassNames.Count > 0, session.IsConditional);
        if (session.Info.IsTable)
        {
            Assert.Equal(Generated, session.Stream(3, 0, Generated, i => (long)i % session.Info.ClassNames.Count).Sum(batch => batch.Count));
            return;
        }

        var samples = new float[Generated * data.Format.Size];
        session.Generate(3, 0, Labels(session), samples);
        Assert.All(samples, number => Assert.True(float.IsFinite(number)));
        Assert.True(samples.Max() > samples.Min());
    }

    /// <summary>
    /// Each weight has changed somewhere: none is left out of the flat tensors that the optimisers move. Not so each bias: what D adds to real and to generated
    /// samples alike cancels in some objectives.
    /// </summary>
    private static void AssertEveryParameterMoved(RunOptions options, Dataset data, Trainer trained)
    {
        using var fresh = new Trainer(options, data, CPU);
        var (before, after) = (fresh.Save(), trained.Save());
        using var g = options.Generator.Build(options.GeneratorContext(data.ClassNames, data.Format, CPU));
        using var d = options.Discriminator.Build(options.DiscriminatorContext(data.ClassNames, data.Format, CPU));
        foreach (var (name, network) in new (string, nn.Module)[] { ("generator.parameters", g), ("discriminator.parameters", d) })
        {
            var offset = 0;
            foreach (var (parameter, tensor) in network.named_parameters())
            {
                var range = offset..(offset += (int)tensor.numel());
                Assert.False(tensor.dim() > 1 && before.Tensors[name].AsSpan(range).SequenceEqual(after.Tensors[name].AsSpan(range)),
                    $"{name}: {parameter} is what it was");
            }

            Assert.Equal(offset, after.Tensors[name].Length);
        }
    }

    private static long[] Labels(GeneratorSession session) => session.IsConditional
        ? [.. Enumerable.Range(0, Generated).Select(i => (long)i % session.Info.ClassNames.Count)] : [];

    private static Trainer Train(RunOptions options, Dataset data, Checkpoint? from, int until)
    {
        var trainer = new Trainer(options, data, CPU);
        if (from is not null)
        {
            trainer.Load(from);
        }

        while (trainer.Step < until)
        {
            trainer.TakeStep();
        }

        return trainer;
    }

    /// <summary>The preset's own data where they are made from the seed, else a few random pictures of the right size.</summary>
    private static Dataset Samples(RunOptions options)
    {
        if (!options.Data.NeedsPath)
        {
            return options.Data.Load(null, DataSplit.Train, options.Seed);
        }

        if (options.Data is TableDataOptions table)
        {
            using var folder = new TemporaryFolder();
            var rows = Enumerable.Range(0, 60)
                .Select(i => FormattableString.Invariant($"{i * 37 % 60 / 7.0:F3},{(i % 3 == 0 ? "red" : "blue")},{(i % 4 == 0 ? "rare" : "common")}"));
            File.WriteAllLines(folder["t.csv"], rows.Prepend("size,colour,class"));
            return table.Load(folder["t.csv"], DataSplit.Train, options.Seed);
        }

        var format = options.Data switch
        {
            IdxDataOptions { Size: 0 } => SampleFormat.Pixels(1, 28, 28),
            IdxDataOptions idx => SampleFormat.Pixels(1, idx.Size, idx.Size),
            FolderDataOptions folder => SampleFormat.Pixels(3, folder.Size, folder.Size),
            _ => throw new NotSupportedException($"{options.System}: say here what its samples are"),
        };
        const int Count = 20;
        string[] classes = ["a", "b", "c"];
        manual_seed(9);
        return new Dataset("random", "0", randint(256, [Count, .. format.Shape], dtype: ScalarType.Byte),
            randint(classes.Length, [Count], dtype: ScalarType.Int64), classes, format);
    }
}
