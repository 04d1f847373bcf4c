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

    /// <summary>The generators of the convolutional systems; that of S6 is an eighth as wide, that of S7 a quarter.</summary>
    public static Generator Convolutional(string system) => Trained(system switch
    {
        "S5" => new Generator(100, [], SampleFormat.Pixels(1, 32, 32), null, nn.Sequential(
            nn.Linear(100, 256 * 4 * 4), nn.Unflatten(1, [256, 4, 4]),
            nn.ConvTranspose2d(256, 128, (3, 3), (2, 2)), nn.BatchNorm2d(128), nn.ReLU(),
            nn.ConvTranspose2d(128, 64, (3, 3), (2, 2), (1, 1)), nn.BatchNorm2d(64), nn.ReLU(),
            nn.ConvTranspose2d(64, 1, (4, 4), (2, 2), (2, 2)), nn.Tanh())),
        "S6" => new Generator(100, [], SampleFormat.Pixels(3, 64, 64), null, nn.Sequential(
            nn.Linear(100, 128 * 4 * 4), nn.Unflatten(1, [128, 4, 4]), nn.BatchNorm2d(128), nn.ReLU(),
            Twice(128, 64), nn.BatchNorm2d(64), nn.ReLU(), Twice(64, 32), nn.BatchNorm2d(32), nn.ReLU(),
            Twice(32, 16), nn.BatchNorm2d(16), nn.ReLU(), Twice(16, 3), nn.Tanh())),
        _ => new Generator(100, [.. Enumerable.Range(0, 10).Select(i => i.ToString())], SampleFormat.Pixels(1, 28, 28), new EmbeddingProduct(10, 100, CPU), nn.Sequential(
            nn.Linear(100, 32 * 7 * 7), nn.ReLU(), nn.Unflatten(1, [32, 7, 7]), nn.BatchNorm2d(32, momentum: 0.2),
            nn.Upsample(scale_factor: [2, 2]), nn.Conv2d(32, 32, 3, Padding.Same), nn.ReLU(), nn.BatchNorm2d(32, momentum: 0.2),
            nn.Upsample(scale_factor: [2, 2]), nn.Conv2d(32, 16, 3, Padding.Same), nn.ReLU(), nn.BatchNorm2d(16, momentum: 0.2),
            nn.Conv2d(16, 1, 3, Padding.Same), nn.Tanh())),
    });

    private static Layer Twice(long from, long to) => nn.ConvTranspose2d(from, to, (5, 5), (2, 2), (2, 2), (1, 1));

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
            generator.call(randn([64, generator.LatentSize]), generator.Label is null ? null : randint(generator.ClassNames.Count, [64], dtype: ScalarType.Int64));
        }

        return generator;
    }
}
