using System.Diagnostics;
using System.Runtime.InteropServices;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Export.Tests;

/// <summary>The programs in samples/ give the C# library's samples from the same file and the same noise.</summary>
public class OtherRuntimeTests
{
    private const int Count = 9;

    private static readonly string Samples = FindSamples();

    public static TheoryData<string> Systems => ["S4", "S5", "S6", "S7", "resnet", "conditional resnet", "r3gan", "points"];

    [Theory]
    [MemberData(nameof(Systems))]
    public void Node(string system)
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Samples, "node_modules", "onnxruntime-node")), "ONNX Runtime for Node is not here; scripts/setup-samples.sh fetches it");
        Agrees(system, "node", Path.Combine(Samples, "node", "generate.mjs"));
    }

    private static void Agrees(string system, string program, string script)
    {
        using var folder = new TemporaryFolder();
        using var generator = Make(system);
        GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"]);
        var noise = new float[Count * generator.LatentSize];
        GaussianNoise.Fill(8, 0, generator.LatentSize, noise);
        long[] labels = generator.Label is null ? [] : [.. Enumerable.Range(0, Count).Select(i => (long)(i % generator.ClassNames.Count))];
        var expected = new float[Count * generator.Format.Size];
        using (var session = GeneratorSession.Open(folder["g.onnx"]))
        {
            session.GenerateFromNoise(noise, labels, expected);
        }

        File.WriteAllBytes(folder["noise.f32"], MemoryMarshal.AsBytes<float>(noise));
        File.WriteAllBytes(folder["labels.i64"], MemoryMarshal.AsBytes<long>(labels));
        string[] arguments = [script, folder["g.onnx"], folder["noise.f32"], folder["out.f32"], .. labels.Length > 0 ? [folder["labels.i64"]] : Array.Empty<string>()];
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result + output);

        var found = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder["out.f32"])).ToArray();
        Assert.Equal(expected.Length, found.Length);
        Assert.True(expected.Max() - expected.Min() > generator.Format.Scale / 10, "the samples are all the same, so the comparison would show nothing");
        Assert.InRange(found.Zip(expected, (a, b) => Math.Abs(a - b) / generator.Format.Scale).Max(), 0, 1e-4);
    }

    private static Generator Make(string system) => system switch
    {
        "S4" => Networks.MnistCgan(),
        "points" => Networks.Points(TorchSharp.torch.nn.Linear(8, 16), TorchSharp.torch.nn.GELU(), TorchSharp.torch.nn.LayerNorm(16), TorchSharp.torch.nn.Linear(16, 2)),
        _ => Networks.Convolutional[system](),
    };

    private static string FindSamples([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../samples"));
}
