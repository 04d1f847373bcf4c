using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Export.Tests;

public class DiscriminatorExporterTests
{
    private static readonly string[] Classes = ["a", "b", "c"];

    [Fact]
    public void A_discriminator_takes_samples_in_the_datas_units_and_gives_its_logit()
    {
        var options = new MlpDiscriminatorOptions { Hidden = [16, 8], Dropout = [0.3, 0.3], LabelScale = 2 };
        var context = new NetworkContext(5, Classes, SampleFormat.Pixels(1, 4, 4), CPU);
        using var discriminator = options.Build(context);
        var logits = Agrees(discriminator, context, ["sample", "label"], ["logit"], "logit");
        Assert.True(logits.Max() - logits.Min() > 1e-3, "the logits are all the same, so the comparison shows nothing");
    }

    [Fact]
    public void Two_logits_become_that_of_being_real_and_units_by_number_are_undone()
    {
        var options = new MlpDiscriminatorOptions { Hidden = [16] };
        var format = new SampleFormat("points", [3], 1, 0) { Units = new SampleUnits([2, 0.5f, 0], [10, -3, 7]) };
        var context = new NetworkContext(5, [], format, CPU, Logits: 2);
        using var discriminator = options.Build(context);
        Agrees(discriminator, context, ["sample"], ["logit"], "logit");
    }

    [Fact]
    public void The_head_of_an_auxiliary_classifier_is_a_second_output()
    {
        var context = new NetworkContext(5, Classes, SampleFormat.Pixels(1, 4, 4), CPU);
        var features = nn.Sequential(nn.Conv2d(1, 4, 3, 2, 1), nn.BatchNorm2d(4), nn.LeakyReLU(0.2), nn.Flatten(), nn.Linear(16, 6));
        using var discriminator = new Discriminator(features, null, nn.Sequential(nn.BatchNorm1d(6), nn.Linear(6, 1)), nn.Sequential(nn.Linear(6, 3)));
        Agrees(discriminator, context, ["sample"], ["logit", "class_logits"], "class_logits");
    }

    public static TheoryData<string> Families => ["dcgan", "acgan", "resnet", "conditional resnet", "r3gan"];

    [Theory]
    [MemberData(nameof(Families))]
    public void Every_family_of_networks(string family)
    {
        DiscriminatorOptions options = family switch
        {
            "dcgan" => new DcganDiscriminatorOptions(),
            "acgan" => new AcganDiscriminatorOptions(),
            "r3gan" => new R3ganDiscriminatorOptions { Channels = [8, 16, 16], GroupSize = 8 },
            _ => new ResnetDiscriminatorOptions { Channels = [8, 16] },
        };
        var classes = family is "acgan" or "conditional resnet" ? Classes : [];
        var context = new NetworkContext(5, classes, SampleFormat.Pixels(1, family == "dcgan" ? 32 : 28, family == "dcgan" ? 32 : 28), CPU);
        using var discriminator = options.Build(context);
        Agrees(discriminator, context, discriminator.Label is null ? ["sample"] : ["sample", "label"], discriminator.ClassHead is null ? ["logit"]
            : ["logit", "class_logits"], "logit");
    }

    [Fact]
    public void Options_for_noise_and_pixels_are_refused()
    {
        using var folder = new TemporaryFolder();
        var context = new NetworkContext(5, [], SampleFormat.Pixels(1, 4, 4), CPU);
        using var discriminator = new MlpDiscriminatorOptions().Build(context);
        var error = Assert.Throws<UserErrorException>(() => DiscriminatorExporter.Export(discriminator, context, Networks.Metadata, folder["d.onnx"],
            new ExportOptions { Bytes = true }));
        Assert.Contains("a discriminator takes samples and generates none", error.Message);
    }

    /// <summary>The file's numbers are the network's, it says what it is, and nobody generates from it. Returns one output's numbers.</summary>
    private static float[] Agrees(Discriminator discriminator, NetworkContext context, string[] inputs, string[] outputs, string output)
    {
        const int Count = 12;
        using var folder = new TemporaryFolder();
        var report = DiscriminatorExporter.Export(discriminator, context, Networks.Metadata, folder["d.onnx"]);
        Assert.All(report.Info.Verification, check => Assert.InRange(check.Difference, 0, 1e-5));
        var graph = NetworkGraph.Read(folder["d.onnx"]);
        Assert.Equal(inputs, graph.Inputs.Select(i => i.Name));
        Assert.Equal(outputs, graph.Outputs.Select(o => o.Name));
        Assert.DoesNotContain(graph.Layers, layer => layer.Operator == "OneHot");
        Assert.Equal(GeneratorFile.Discriminator, graph.Info.Network);
        Assert.Contains("which generates no samples", Assert.Throws<UserErrorException>(() => GeneratorSession.Open(folder["d.onnx"])).Message);

        var numbers = new float[Count * context.Format.Size];
        GaussianNoise.Fill(5, 0, 1, numbers);
        var data = numbers.Select((x, i) => Units.At(context.Format, i) is var (scale, shift) ? x * scale + shift : 0).ToArray();
        long[] labels = [.. Enumerable.Range(0, Count).Select(i => (long)(i % 3))];
        discriminator.eval();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var sample = tensor(numbers, [Count, .. context.Format.Shape]);
        if (context.Format.Units is not null)
        {
            sample[TensorIndex.Colon, 2] = 0; // a number that is the same in all data is 0 to the network
        }

        var logits = discriminator.call(sample, tensor(labels));
        var expected = (output == "logit" ? logits.Realness : logits.ClassLogits!).contiguous().data<float>().ToArray();
        using var run = new OnnxRun(folder["d.onnx"]);
        var found = run.Run(output, Count, [("sample", data), .. inputs.Length > 1 ? new (string, Array)[] { ("label", labels) } : []]);
        var largest = Math.Max(1, expected.Max(Math.Abs));
        Assert.All(found.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5 * largest));
        if (inputs.Length > 1)
        {
            data = data[..(int)context.Format.Size];
            Assert.Contains("label.class", Assert.Throws<OnnxRuntimeException>(() => run.Run(output, 1, ("sample", data), ("label", new[] { -1L }))).Message);
            Assert.Contains("label.class", Assert.Throws<OnnxRuntimeException>(() =>
                run.Run(output, 1, ("sample", data), ("label", new[] { (long)context.ClassNames.Count }))).Message);
        }

        return found;
    }
}
