using System.Runtime.InteropServices;

namespace GanPipeline.Export.Tests;

/// <summary>The programs in samples/ give the C# library's samples from the same file and the same noise, for every preset's generator.</summary>
public sealed class OtherRuntimeTests(GeneratorFiles files) : IClassFixture<GeneratorFiles>
{
    public static TheoryData<string> Systems => new(GeneratorFiles.Systems);

    [Theory]
    [MemberData(nameof(Systems))]
    public void Node(string system)
    {
        Assert.SkipUnless(Directory.Exists(Repository.In("samples", "node_modules", "onnxruntime-node")), "ONNX Runtime for Node is not here; scripts/setup-samples.sh fetches it");
        Agrees(system, "node", Repository.In("samples", "node", "generate.mjs"));
    }

    /// <summary>The sample checks the file with ONNX's checker first.</summary>
    [Theory]
    [MemberData(nameof(Systems))]
    public void Python(string system)
    {
        var python = Programs.PythonWithOnnx;
        Assert.SkipWhen(python is null, "no Python with the onnx package is here (Debian: apt-get install python3-onnx)");
        Agrees(system, python!, Repository.In("samples", "python", "generate.py"));
    }

    private void Agrees(string system, string program, string script)
    {
        var made = files.Get(system);
        using var folder = new TemporaryFolder();
        var noise = folder.Make("noise.f32", MemoryMarshal.AsBytes<float>(made.Noise).ToArray());
        var labels = folder.Make("labels.i64", MemoryMarshal.AsBytes<long>(made.Labels).ToArray());
        var (exitCode, output) = Programs.Run(program, [script, made.Path, noise, folder["out.f32"], .. made.Labels.Length > 0 ? [labels] : Array.Empty<string>()]);
        Assert.True(exitCode == 0, output);
        made.Compare(MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder["out.f32"])).ToArray());
    }
}
