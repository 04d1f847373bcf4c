using System.Reflection;
using GanPipeline.Images;
using GanPipeline.Primitives;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using TorchSharp;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Export.Tests;

/// <summary>
/// The generator of each preset in models/, as its training would begin: with initial weights, moved a little, and running statistics of one batch.
/// </summary>
internal static class PresetGenerators
{
    public static IEnumerable<string> Names => Directory.GetFiles(Repository.In("models"), "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path))
        .Order(StringComparer.Ordinal);

    public static Generator Build(string preset)
    {
        var path = Repository.In("models", preset + ".yaml");
        var options = Preset.Load(path);
        if (options.Data is TableDataOptions)
        {
            options = Preset.Load(path, overrides: ["data.label=class", "data.anchors=50"]); // the user's table says which column it is
        }

        using var folder = new TemporaryFolder();
        using var data = options.Data.Load(options.Data.NeedsPath ? TinyData(options.Data, folder) : null, DataSplit.Train, options.Seed);
        manual_seed(6);
        var generator = options.Generator.Build(options.GeneratorContext(data.ClassNames, data.Format, CPU));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var parameter in generator.parameters())
        {
            parameter.add_(randn_like(parameter), alpha: 0.02);
        }

        generator.train();
        generator.call(randn([8, generator.LatentSize]), generator.Label is null ? null : randint(generator.ClassNames.Count, [8], dtype: ScalarType.Int64));
        return generator;
    }

    /// <summary>A few samples in the files that the preset's data are read from: networks need their shape and classes, and nothing else of them.</summary>
    private static string TinyData(DataOptions data, TemporaryFolder folder)
    {
        var kind = data.GetType().GetCustomAttribute<KindAttribute>()!.Name;
        switch (kind)
        {
            case "idx" or "stacked_digits":
                byte[] labels = [.. Enumerable.Range(0, 20).Select(i => (byte)(i % 10))];
                foreach (var part in new[] { "train", "t10k" })
                {
                    IdxFile.WriteImages(folder[$"{part}-images-idx3-ubyte"], 20, 28, 28, [Noise(20 * 28 * 28)]);
                    IdxFile.WriteLabels(folder[$"{part}-labels-idx1-ubyte"], 20, [labels]);
                }

                break;
            case "folder":
                for (var i = 0; i < 20; i++)
                {
                    PngFile.Write(folder[$"{i}.png"], ImageGrid.Compose(Noise(3 * 64 * 64), 3, 64, 64, columns: 1, padding: 0));
                }

                break;
            case "table":
                // With columns that follow from others: a product, a sum, a ratio, a code and its name.
                File.WriteAllLines(folder["t.csv"], ["size,count,colour,area,more,each,code,class", .. Enumerable.Range(0, 200)
                    .Select(i => (Size: i * i % 97 + i % 10 / 10m, Count: i % 7 + 1, Red: i % 3 == 0, Rare: i % 4 == 0))
                    .Select(r => FormattableString.Invariant($"{r.Size:F1},{r.Count},{(r.Red ? "red" : "blue")},{r.Size * r.Count:F1},{r.Size + r.Count:F1},")
                        + FormattableString.Invariant($"{r.Size / r.Count:F3},{(r.Red ? 10 : 20)},{(r.Rare ? "rare" : "usual")}"))]);
                return folder["t.csv"];
            default:
                Assert.Skip($"no tiny data set of kind '{kind}' is known here; write one in PresetGenerators.TinyData");
                break;
        }

        return folder.Name;
    }

    private static byte[] Noise(int count)
    {
        var bytes = new byte[count];
        new Random(3).NextBytes(bytes);
        return bytes;
    }
}
