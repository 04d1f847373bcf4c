using GanPipeline.Inference;
using GanPipeline.Primitives;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Export.Tests;

/// <summary>What a file is to be like changes how it gives samples, and not which samples they are.</summary>
public class ExportOptionsTests
{
    private const int Count = 40;

    [Fact]
    public void Pixels_are_cut_to_their_range_or_become_bytes()
    {
        using var folder = new TemporaryFolder();
        using var generator = Loud();
        var plain = Samples(generator, folder["plain.onnx"], new ExportOptions());
        Assert.Contains(plain, pixel => pixel is < 0 or > 255);
        Assert.Equal(plain.Select(pixel => Math.Clamp(pixel, 0, 255)), Samples(generator, folder["clamped.onnx"], new ExportOptions { Clamp = true }));
        Assert.Equal(plain.Select(pixel => MathF.Round(Math.Clamp(pixel, 0, 255))),
            Samples(generator, folder["bytes.onnx"], new ExportOptions { Bytes = true }));

        var graph = NetworkGraph.Read(folder["bytes.onnx"]);
        Assert.Equal(("sample", "uint8", "N x 1 x 2 x 3"), graph.Outputs.Single());
        Assert.True(graph.Info.Bytes);
        using var session = new InferenceSession(folder["bytes.onnx"]);
        Assert.Equal(typeof(byte), session.OutputMetadata["sample"].ElementType);
    }

    [Fact]
    public void Inputs_and_outputs_get_the_names_that_are_asked_for()
    {
        using var folder = new TemporaryFolder();
        using var generator = Networks.MnistCgan();
        var names = new PortNames { Noise = "z", Label = "digit", Sample = "image" };
        Assert.Equal(Samples(generator, folder["a.onnx"], new ExportOptions()), Samples(generator, folder["b.onnx"], new ExportOptions { Names = names }));
        using var session = new InferenceSession(folder["b.onnx"]);
        Assert.Equal(["digit", "z"], session.InputNames.Order());
        Assert.Equal(["image"], session.OutputNames);
        Assert.Equal(names, NetworkGraph.Read(folder["b.onnx"]).Info.Names);
    }

    [Fact]
    public void Truncation_scales_the_latents_inside()
    {
        using var folder = new TemporaryFolder();
        using var generator = Networks.MnistCgan();
        GeneratorExporter.Export(generator, Networks.Metadata, folder["plain.onnx"]);
        var scaled = Samples(generator, folder["scaled.onnx"], new ExportOptions { LatentScale = 0.25 });
        using var session = GeneratorSession.Open(folder["plain.onnx"]);
        var noise = Noise(generator);
        var expected = new float[scaled.Length];
        session.GenerateFromNoise(Array.ConvertAll(noise, number => number * 0.25f), Labels(generator), expected);
        Assert.Equal(expected, scaled);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_that_draws_its_noise_makes_other_samples_each_time_and_is_no_generator_by_seed(bool classes)
    {
        using var folder = new TemporaryFolder();
        using var generator = classes ? Networks.MnistCgan() : Networks.Points(nn.Linear(8, 2));
        var report = GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"], new ExportOptions { NoiseInside = true });
        Assert.All(report.Info.Verification, check => Assert.InRange(check.Difference, 0, 1e-5));
        using (var run = new OnnxRun(folder["g.onnx"]))
        {
            float[] Make() => run.Run("sample", 1000, classes ? ("label", new long[1000]) : ("count", new[] { 1000L }));
            var (first, second) = (Make(), Make());
            Assert.Equal(1000 * generator.Format.Size, first.Length);
            Assert.NotEqual(first, second);
            if (!classes)
            {
                // A linear network's samples tell the noise's mean and spread: coordinate j has the bias as mean and the weights' length as deviation.
                using var scope = NewDisposeScope();
                var linear = (TorchSharp.Modules.Linear)generator.Body[0];
                var deviation = linear.weight!.square().sum(1).sqrt().data<float>()[0];
                var coordinates = first.Where((_, i) => i % 2 == 0).ToArray();
                var mean = coordinates.Average();
                Assert.Equal(linear.bias!.data<float>()[0], mean, deviation / 5);
                Assert.Equal(deviation, MathF.Sqrt(coordinates.Average(x => (x - mean) * (x - mean))), deviation / 5);
            }
        }

        Assert.Contains("draws its noise itself, so its samples cannot be generated from a seed",
            Assert.Throws<UserErrorException>(() => GeneratorSession.Open(folder["g.onnx"])).Message);
        Assert.Equal(classes ? ["label"] : ["count"], NetworkGraph.Read(folder["g.onnx"]).Inputs.Select(input => input.Name));
    }

    [Fact]
    public void Every_opset_gives_the_same_samples()
    {
        using var folder = new TemporaryFolder();
        using var generator = Networks.Convolutional["S7"]();
        var expected = Samples(generator, folder["17.onnx"], new ExportOptions { Batches = [3] });
        for (var opset = ExportOptions.OldestOpset; opset <= ExportOptions.NewestOpset; opset++)
        {
            var options = new ExportOptions { Opset = opset, Batches = [3] };
            Assert.All(Samples(generator, folder["g.onnx"], options).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 127.5 * 1e-5));
            Assert.Equal(opset, ModelProto.Parser.ParseFrom(File.ReadAllBytes(folder["g.onnx"])).OpsetImport.Single().Version);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_a_sentence()
    {
        using var points = Networks.Points(nn.Linear(8, 2));
        using var normed = Networks.Points(nn.Linear(8, 4), nn.LayerNorm(4), nn.Linear(4, 2));
        Refused("samples of kind 'points' have no range", points, new ExportOptions { Clamp = true });
        Refused("samples of kind 'points' have no range", points, new ExportOptions { Bytes = true });
        Refused("opset 12 cannot be written; choose 13 to 21", points, new ExportOptions { Opset = 12 });
        Refused("(LayerNorm) cannot be exported: ONNX has it from opset 17 on, and opset 16 was asked for", normed, new ExportOptions { Opset = 16 });
        Refused("latents cannot be scaled by 0", points, new ExportOptions { LatentScale = 0 });
        Refused("are not all different", points, new ExportOptions { Names = new PortNames { Noise = "sample" } });
        Refused("'my noise' cannot name an input", points, new ExportOptions { Names = new PortNames { Noise = "my noise" } });
    }

    /// <summary>An image generator without a tanh at its end: pixels leave their range.</summary>
    private static Generator Loud() => Networks.Trained(new Generator(
        8, [], Training.Data.SampleFormat.Pixels(1, 2, 3), null, nn.Sequential(nn.Linear(8, 6), nn.Unflatten(1, [1, 2, 3]))));

    private static float[] Samples(Generator generator, string path, ExportOptions options)
    {
        GeneratorExporter.Export(generator, Networks.Metadata, path, options);
        using var session = GeneratorSession.Open(path);
        var samples = new float[Count * session.Info.SampleSize];
        session.GenerateFromNoise(Noise(generator), Labels(generator), samples);
        return samples;
    }

    private static float[] Noise(Generator generator)
    {
        var noise = new float[Count * generator.LatentSize];
        GaussianNoise.Fill(3, 0, generator.LatentSize, noise);
        return noise;
    }

    private static long[] Labels(Generator generator) => generator.Label is null
        ? [] : [.. Enumerable.Range(0, Count).Select(i => (long)(i % generator.ClassNames.Count))];

    private static void Refused(string reason, Generator generator, ExportOptions options)
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(reason, Assert.Throws<UserErrorException>(() => GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"], options))
            .Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Name));
    }
}
