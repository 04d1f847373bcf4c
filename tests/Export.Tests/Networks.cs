using GanPipeline.Primitives;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;
using Layer = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace GanPipeline.Export.Tests;

/// <summary>Generators to export, with weights and running statistics that are not those of a fresh network.</summary>
internal static class Networks
{
    public static readonly GeneratorMetadata Metadata = new() { System = "test", Configuration = "a: 1", Seed = 4 };

    /// <summary>The conditional generator of MNIST: system S4.</summary>
    public static Generator MnistCgan(double labelScale = 1) => Trained(new Generator(
        100,
        [.. Enumerable.Range(0, 10).Select(i => i.ToString())],
        SampleFormat.Pixels(1, 28, 28),
        new OneHotConcat(10, labelScale, CPU),
        nn.Sequential(
            nn.Linear(110, 128), nn.LeakyReLU(0.2),
            nn.Linear(128, 256), nn.BatchNorm1d(256, 0.8), nn.LeakyReLU(0.2),
            nn.Linear(256, 512), nn.BatchNorm1d(512, 0.8), nn.LeakyReLU(0.2),
            nn.Linear(512, 784), nn.Tanh(), nn.Unflatten(1, [1, 28, 28]))));

    /// <summary>An unconditional generator of points out of <paramref name="layers"/>, from a latent of 8 to 2 coordinates.</summary>
    public static Generator Points(params Layer[] layers) =>
        Trained(new Generator(8, [], new SampleFormat(SampleFormat.Points, [2], 1, 0), null, nn.Sequential(layers)));

    /// <summary>The generators of images that are no rows of pixels to begin with, most of them narrower than in their presets.</summary>
    public static IReadOnlyDictionary<string, Func<Generator>> Convolutional { get; } = new Dictionary<string, Func<Generator>>
    {
        ["S5"] = () => Build(
            new DcganGeneratorOptions { Channels = [256, 128, 64], Start = 4, Kernels = [3, 3, 4], Paddings = [0, 1, 2], FirstBatchNorm = false },
                SampleFormat.Pixels(1, 32, 32), 0),
        ["S6"] = () => Build(new DcganGeneratorOptions { Channels = [128, 64, 32, 16], Start = 4, Kernels = [5], Paddings = [] },
            SampleFormat.Pixels(3, 64, 64), 0),
        ["S7"] = () => Build(new AcganGeneratorOptions { Channels = [32, 32, 16], BatchNormMomentum = 0.2 }, SampleFormat.Pixels(1, 28, 28), 10),
        ["resnet"] = () => Build(new ResnetGeneratorOptions { Channels = [24, 16, 8] }, SampleFormat.Pixels(1, 28, 28), 0),
        ["conditional resnet"] = () => Build(new ResnetGeneratorOptions { Channels = [24, 16, 8] }, SampleFormat.Pixels(1, 28, 28), 10),
        ["r3gan"] = () => Build(new R3ganGeneratorOptions { Channels = [32, 16, 16], GroupSize = 8 }, SampleFormat.Pixels(1, 28, 28), 0),
    };

    private static Generator Build(GeneratorOptions options, SampleFormat format, int classes) =>
        Trained(options.Build(new NetworkContext(100, [.. Enumerable.Range(0, classes).Select(i => $"{i}")], format, CPU)));

    /// <summary>Gives a network weights and running statistics that are not those of a fresh one.</summary>
    public static Generator Trained(Generator generator)
    {
        manual_seed(5);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var parameter in generator.parameters())
        {
            parameter.add_(randn_like(parameter), alpha: 0.05);
        }

        generator.train();
        for (var i = 0; i < 5; i++)
        {
            generator.call(randn([64, generator.LatentSize]), generator.Label is null
                ? null : randint(generator.ClassNames.Count, [64], dtype: ScalarType.Int64));
        }

        return generator;
    }
}
