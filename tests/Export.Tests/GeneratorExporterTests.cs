using System.Runtime.InteropServices;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;
using Google.Protobuf;
using TorchSharp;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Export.Tests;

public class GeneratorExporterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void The_file_gives_the_networks_samples_in_pixels(int count)
    {
        using var folder = new TemporaryFolder();
        using var generator = Networks.MnistCgan(labelScale: 3);
        GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"]);

        using var session = GeneratorSession.Open(folder["g.onnx"]);
        var noise = new float[count * 100];
        GaussianNoise.Fill(77, 0, 100, noise);
        var labels = Enumerable.Range(0, count).Select(i => i * 3 % 10L).ToArray();
        var samples = new float[count * 784];
        session.GenerateFromNoise(noise, labels, samples);

        generator.eval();
        var expected = Run(generator, noise, labels);
        Assert.InRange(expected.Max() - expected.Min(), 1, 2); // the network does make pictures: its units go from -1 to 1
        Assert.All(samples.Zip(expected), pair => Assert.Equal(pair.Second, (pair.First - 127.5f) / 127.5f, 1e-5));
    }

    [Fact]
    public void The_report_and_the_file_say_the_same()
    {
        using var folder = new TemporaryFolder();
        using var generator = Networks.MnistCgan();
        var report = GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"]);
        using var session = GeneratorSession.Open(folder["g.onnx"]);

        Assert.Equal([0, 1, 7, 1000], report.Differences.Keys.Order());
        Assert.All(report.Differences, check => Assert.InRange(check.Value, check.Key == 0 ? 0 : 1e-12, 1e-5));
        Assert.Equivalent(report.Info, session.Info, strict: true);
        Assert.Equal((100, 10, "image"), (session.Info.LatentSize, session.Info.ClassNames.Count, session.Info.SampleKind));
        Assert.Equal([1, 28, 28], session.Info.SampleShape);
        Assert.Equal(new FileInfo(folder["g.onnx"]).Length, report.Bytes);
        Assert.Single(Directory.GetFileSystemEntries(folder.Name));
    }

    [Fact]
    public void Exporting_leaves_the_network_as_it_was_and_gives_the_same_bytes_again()
    {
        using var folder = new TemporaryFolder();
        using var generator = Networks.MnistCgan();
        generator.train();
        var before = generator.state_dict().Select(entry => entry.Value.clone()).ToList();
        GeneratorExporter.Export(generator, Networks.Metadata, folder["a.onnx"]);
        GeneratorExporter.Export(generator, Networks.Metadata, folder["b.onnx"]);
        Assert.True(generator.training);
        Assert.All(before.Zip(generator.state_dict().Values), pair => Assert.True(pair.First.equal(pair.Second).all().item<bool>()));
        Assert.Equal(File.ReadAllBytes(folder["a.onnx"]), File.ReadAllBytes(folder["b.onnx"]));
    }

    [Fact]
    public void Batch_norm_is_folded_into_the_linear_layer_before_it_and_is_a_node_elsewhere()
    {
        using var folder = new TemporaryFolder();
        using var mnist = Networks.MnistCgan();
        Assert.Equal(
            ["Less", "Where", "Gather", "Unsqueeze", "Equal", "Cast", "Concat", "Gemm", "LeakyRelu", "Gemm", "LeakyRelu", "Gemm", "LeakyRelu", "Gemm", "Tanh",
                "Reshape", "Mul", "Add", "Identity"],
            Operators(mnist, folder["a.onnx"]));
        using var other = Networks.Points(nn.Linear(8, 16), nn.ReLU(), nn.BatchNorm1d(16), nn.Linear(16, 2, hasBias: false), nn.BatchNorm1d(2, affine: false));
        Assert.Equal(["Gemm", "Relu", "BatchNormalization", "Gemm", "Identity"], Operators(other, folder["b.onnx"]));
    }

    [Fact]
    public void Every_known_layer_gives_the_networks_samples()
    {
        using var folder = new TemporaryFolder();
        using var generator = Networks.Points(
            nn.BatchNorm1d(8), nn.Linear(8, 12, hasBias: false), nn.Sigmoid(), nn.Unflatten(1, [2, -1]), nn.Flatten(),
            nn.Sequential(nn.Linear(12, 6), nn.Dropout(0.5), nn.Sequential(nn.ReLU(), nn.BatchNorm1d(6))),
            nn.Unflatten(1, [1, 2, 3]), nn.Flatten(2, 3), nn.Flatten(-2, -1), nn.Linear(6, 2), nn.LeakyReLU(0.3), nn.Tanh());
        var report = GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"]);
        Assert.All(report.Info.Verification, check => Assert.InRange(check.Difference, 0, 1e-5));
        using var session = GeneratorSession.Open(folder["g.onnx"]);
        Assert.False(session.IsConditional);
        Assert.Equal("points", session.Info.SampleKind);
    }

    [Fact]
    public void A_module_without_a_converter_is_named_with_its_path()
    {
        using var generator = Networks.Points(nn.Linear(8, 2), nn.Sequential(nn.ReLU(), new Unknown()));
        var message = Refused(generator);
        Assert.StartsWith("module 'generator.body.1.1' is a Unknown, which cannot be exported; use layers out of AvgPool2d, BatchNorm1d, BatchNorm2d, ",
            message);
    }

    [Fact]
    public void Layers_that_do_not_fit_together_are_named()
    {
        using var wrongShape = new Generator(8, [], new SampleFormat(SampleFormat.Points, [2], 1, 0), null, nn.Sequential(nn.Linear(8, 3)));
        Assert.Contains("gives [N, 3], but its samples are [N, 2]", Refused(wrongShape));
        using var wrongWidth = new Generator(8, [], new SampleFormat(SampleFormat.Points, [2], 1, 0), null, nn.Sequential(nn.Linear(8, 3), nn.Linear(4, 2)));
        Assert.Contains("'generator.body.1' (Linear) cannot be exported: it takes 4 features, but 3 flow into it", Refused(wrongWidth));
        using var noStatistics = new Generator(
            8, [], new SampleFormat(SampleFormat.Points, [2], 1, 0), null, nn.Sequential(nn.Linear(8, 2), nn.BatchNorm1d(2, track_running_stats: false)));
        Assert.Contains("'generator.body.1' (BatchNorm1d) cannot be exported: it keeps no running statistics", Refused(noStatistics));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Weights_that_are_not_finite_are_refused(float value)
    {
        using var generator = Networks.Points(nn.Linear(8, 2));
        using (no_grad())
        {
            generator.parameters().First().fill_(value);
        }

        Assert.Contains("'generator.body.0.weight' holds numbers that are not finite", Refused(generator));
    }

    [Fact]
    public void A_file_that_gives_other_samples_is_refused_with_figures()
    {
        using var folder = new TemporaryFolder();
        using var generator = Networks.Points(nn.Linear(8, 2));
        GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"]);
        using (no_grad())
        {
            generator.parameters().First().add_(1e-3);
        }

        var parity = new GeneratorParity(generator, 1, new ExportOptions());
        string Message() => Assert.Throws<UserErrorException>(() =>
            ParityVerification.Run(folder["g.onnx"], "out.onnx", new ExportOptions(), false, parity.Compare)).Message;
        Assert.Matches(
            @"^out\.onnx: not written, because its output differs from the network's by up to 0\.0\d+ \(batch \d+\), and 0\.0001 is allowed",
            Message());
        using (no_grad())
        {
            generator.parameters().First().fill_(float.NaN);
        }

        Assert.Contains("up to NaN", Message());
    }

    [Theory]
    [InlineData("S4", nameof(WeightPrecision.Float16), 0.52, 1e-2)]
    [InlineData("S4", nameof(WeightPrecision.Int8), 0.28, 0.3)]
    [InlineData("S5", nameof(WeightPrecision.Int8), 0.28, 0.3)]
    public void Weights_in_fewer_bits_make_a_smaller_file_with_a_known_difference(string system, string weights, double share, double difference)
    {
        using var folder = new TemporaryFolder();
        using var generator = system == "S4" ? Networks.MnistCgan() : Networks.Convolutional[system]();
        var whole = GeneratorExporter.Export(generator, Networks.Metadata, folder["whole.onnx"]);
        var options = new ExportOptions { Weights = Enum.Parse<WeightPrecision>(weights) };
        var small = GeneratorExporter.Export(generator, Networks.Metadata, folder["small.onnx"], options);
        TestContext.Current.SendDiagnosticMessage($"{system} {weights}: {(double)small.Bytes / whole.Bytes:P1} of {whole.Bytes} bytes, " +
            $"{small.Differences.Values.Max():E1}");
        Assert.InRange((double)small.Bytes / whole.Bytes, 0, share);
        Assert.InRange(small.Differences.Values.Max(), whole.Differences.Values.Max() * 2, difference);
        Assert.Equal(NetworkGraph.Read(folder["whole.onnx"]).Parameters, NetworkGraph.Read(folder["small.onnx"]).Parameters);
        using var session = GeneratorSession.Open(folder["small.onnx"]);
        Assert.Equivalent(small.Info, session.Info, strict: true);
    }

    /// <summary>Every break that a converter could make: a zero point, scales of other channels, a single wrong weight; in each layer by itself.</summary>
    [Theory]
    [InlineData("S4")]
    [InlineData("S5")]
    [InlineData("conditional resnet")]
    [InlineData("table")]
    public void Stored_weights_that_are_wrong_are_found_one_by_one(string system)
    {
        using var generator = system switch
        {
            "S4" => Networks.MnistCgan(),
            "table" => PresetGenerators.Build("table"),
            _ => Networks.Convolutional[system](),
        };
        var graph = GeneratorExporter.Build(generator, new ExportOptions { Weights = WeightPrecision.Int8 });
        var right = graph.ToModel([]);
        StoredWeights.Check(right, graph.Stored, "out.onnx");
        for (var layer = 0; layer < graph.Stored.Count; layer++)
        {
            Wrong(layer, (model, node) =>
            {
                var zero = model.Initializer.Single(tensor => tensor.Name == node.Input[1]).Clone();
                (zero.Name, zero.DataType) = ("zero", (int)TensorProto.Types.DataType.Int8);
                zero.RawData = ByteString.CopyFrom([.. Enumerable.Repeat((byte)1, (int)zero.Dims[0])]);
                model.Initializer.Add(zero);
                node.Input.Add("zero");
            });
            Wrong(layer, (model, node) => Change(model, node.Input[1], scales =>
            {
                for (var at = 0; at < scales.Length; at += sizeof(float))
                {
                    MemoryMarshal.Write(scales.AsSpan(at), MemoryMarshal.Read<float>(scales.AsSpan(at)) * 1.02f);
                }
            }));
            Wrong(layer, (model, node) => Change(model, node.Input[0], weights => weights[weights.Length / 2] ^= 1));
        }

        void Wrong(int layer, Action<GraphProto, NodeProto> change)
        {
            var model = ModelProto.Parser.ParseFrom(right);
            change(model.Graph, model.Graph.Node.Single(node => node.Output[0] == graph.Stored[layer].Name));
            Assert.Matches(@"^out\.onnx: not written, because weight \d+ of '.+' is .+ in the network and .+ in the file, which is more than its bits explain",
                Assert.Throws<UserErrorException>(() => StoredWeights.Check(model.ToByteArray(), graph.Stored, "out.onnx")).Message);
        }
    }

    /// <summary>Scales of other channels in all layers: at most a quarter of the range, and yet no picture is what it was.</summary>
    [Theory]
    [InlineData("S4")]
    [InlineData("S5")]
    [InlineData("S7")]
    [InlineData("resnet")]
    public void Weights_in_fewer_bits_are_limited_by_what_they_do_to_the_samples(string system)
    {
        using var folder = new TemporaryFolder();
        using var generator = system == "S4" ? Networks.MnistCgan() : Networks.Convolutional[system]();
        var options = new ExportOptions { Weights = WeightPrecision.Int8, Batches = [7] };
        var report = GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"], options);
        Assert.InRange(report.Info.Verification.Single().Deviation, 1e-3, 0.04);
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(folder["g.onnx"]));
        foreach (var node in model.Graph.Node.Where(node => node.OpType == "DequantizeLinear"))
        {
            Change(model.Graph, node.Input[1], scales => MemoryMarshal.Cast<byte, float>(scales.AsSpan()).Reverse());
        }

        var wrong = folder.Make("wrong.onnx", model.ToByteArray());
        var parity = new GeneratorParity(generator, 1, options);
        Assert.Matches(@"^out\.onnx: not written, because its output differs from the network's by 0\.\d+ of its spread on average \(batch 256\), "
            + @"and 0\.08 is allowed; store the weights in more bits$",
            Assert.Throws<UserErrorException>(() => ParityVerification.Run(wrong, "out.onnx", options, false, parity.Compare)).Message);
    }

    [Theory]
    [InlineData(nameof(WeightPrecision.Float16))]
    [InlineData(nameof(WeightPrecision.Int8))]
    public void A_tables_weights_can_be_stored_in_fewer_bits(string weights)
    {
        using var folder = new TemporaryFolder();
        using var generator = PresetGenerators.Build("table");
        var options = new ExportOptions { Weights = Enum.Parse<WeightPrecision>(weights) };
        var report = GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"], options);
        Assert.InRange(report.Info.Verification[^1].Deviation, 1e-9, 0.3);
    }

    private static void Change(GraphProto graph, string tensor, Action<byte[]> change)
    {
        var stored = graph.Initializer.Single(t => t.Name == tensor);
        var bytes = stored.RawData.ToByteArray();
        change(bytes);
        stored.RawData = ByteString.CopyFrom(bytes);
    }

    private static string[] Operators(Generator generator, string path)
    {
        GeneratorExporter.Export(generator, Networks.Metadata, path);
        return [.. ModelProto.Parser.ParseFrom(File.ReadAllBytes(path)).Graph.Node.Select(node => node.OpType)];
    }

    /// <summary>The export fails with a sentence, and the file that was there stays.</summary>
    private static string Refused(Generator generator)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Make("g.onnx", [1, 2, 3]);
        var error = Assert.Throws<UserErrorException>(() => GeneratorExporter.Export(generator, Networks.Metadata, path));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Single(Directory.GetFileSystemEntries(folder.Name));
        return error.Message;
    }

    private static float[] Run(Generator generator, float[] noise, long[] labels)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return generator.call(tensor(noise, [labels.Length, generator.LatentSize]), tensor(labels)).contiguous().data<float>().ToArray();
    }

    private sealed class Unknown() : nn.Module<Tensor, Tensor>(nameof(Unknown))
    {
        public override Tensor forward(Tensor input) => input.sin();
    }
}
