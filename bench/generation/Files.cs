using GanPipeline.Export;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Bench.Generation;

/// <summary>The generators that are measured; speed does not ask whether they were trained.</summary>
internal static class Files
{
    private static readonly string[] Digits = [.. Enumerable.Range(0, 10).Select(i => $"{i}")];

    /// <summary>System S1: 32 → 128 → 2.</summary>
    public static string Moons(string folder) => Export(
        folder, "S1 32-2", new MlpGeneratorOptions { Hidden = [128], Activation = Activation.Relu },
        new NetworkContext(32, [], new SampleFormat(SampleFormat.Points, [2], 1, 0), CPU));

    /// <summary>System S4: 110 → 128 → 256 → 512 → 784.</summary>
    public static string Digit(string folder) => Export(
        folder, "S4 110-784", new MlpGeneratorOptions { Hidden = [128, 256, 512], BatchNorm = true, BatchNormEpsilon = 0.8 },
        new NetworkContext(100, Digits, SampleFormat.Pixels(1, 28, 28), CPU));

    /// <summary>The generator of system S5: transposed convolutions to 32 x 32.</summary>
    public static string Dcgan(string folder) => Export(folder, "S5 dcgan", new Generator(
        100, [], SampleFormat.Pixels(1, 32, 32), null, nn.Sequential(
            nn.Linear(100, 256 * 4 * 4), nn.Unflatten(1, [256, 4, 4]),
            nn.ConvTranspose2d(256, 128, (3, 3), (2, 2)), nn.BatchNorm2d(128), nn.ReLU(),
            nn.ConvTranspose2d(128, 64, (3, 3), (2, 2), (1, 1)), nn.BatchNorm2d(64), nn.ReLU(),
            nn.ConvTranspose2d(64, 1, (4, 4), (2, 2), (2, 2)), nn.Tanh())));

    /// <summary>The generator of system S7: up-sampling and convolutions to 28 x 28.</summary>
    public static string Acgan(string folder) => Export(folder, "S7 acgan", new Generator(
        100, Digits, SampleFormat.Pixels(1, 28, 28), new EmbeddingProduct(10, 100, CPU), nn.Sequential(
            nn.Linear(100, 128 * 7 * 7), nn.ReLU(), nn.Unflatten(1, [128, 7, 7]), nn.BatchNorm2d(128),
            nn.Upsample(scale_factor: [2, 2]), nn.Conv2d(128, 128, 3, TorchSharp.Padding.Same), nn.ReLU(), nn.BatchNorm2d(128),
            nn.Upsample(scale_factor: [2, 2]), nn.Conv2d(128, 64, 3, TorchSharp.Padding.Same), nn.ReLU(), nn.BatchNorm2d(64),
            nn.Conv2d(64, 1, 3, TorchSharp.Padding.Same), nn.Tanh())));

    private static string Export(string folder, string name, GeneratorOptions options, NetworkContext context) => Export(folder, name, options.Build(context));

    private static string Export(string folder, string name, Generator generator)
    {
        using (generator)
        {
            return GeneratorExporter.Export(generator, new GeneratorMetadata { System = name }, Path.Combine(folder, $"{name}.onnx"),
                new ExportOptions { Batches = [1, 7] }).Path;
        }
    }
}
