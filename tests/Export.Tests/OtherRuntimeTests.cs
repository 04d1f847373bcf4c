using System.Runtime.InteropServices;
using GanPipeline.Inference;

namespace GanPipeline.Export.Tests;

/// <summary>The programs in samples/ give the C# library's samples from the same file and the same noise, for every preset's generator.</summary>
public sealed class OtherRuntimeTests(GeneratorFiles files) : IClassFixture<GeneratorFiles>
{
    public static TheoryData<string> Systems => new(GeneratorFiles.Systems);

    /// <summary>Any number of rows below the step that larger batches are rounded up to, on any number of threads.</summary>
    [Theory]
    [MemberData(nameof(Systems))]
    public void The_library_gives_a_sample_the_same_bits_whatever_is_made_with_it(string system)
    {
        const int Most = 33;
        var made = files.Get(system);
        Assert.SkipWhen(made.Info.IsTable, "TableExportTests hold it for rows of a table");
        var expected = new float[Most * made.Info.SampleSize];
        long[] labels = made.Labels.Length == 0 ? [] : [.. Enumerable.Range(0, Most).Select(i => (long)(i % made.Info.ClassNames.Count))];
        using (var session = GeneratorSession.Open(made.Path, new GeneratorSessionOptions { Threads = 1 }))
        {
            session.Generate(2, 0, labels, expected);
        }

        foreach (var threads in new[] { 1, 2 })
        {
            using var session = GeneratorSession.Open(made.Path, new GeneratorSessionOptions { Threads = threads });
            foreach (var rows in new[] { 1, 2, 3, 5, 8, 13, 17 })
            {
                var samples = new float[rows * made.Info.SampleSize];
                session.Generate(2, 0, labels.AsSpan(0, Math.Min(rows, labels.Length)), samples);
                Assert.True(samples.AsSpan().SequenceEqual(expected.AsSpan(0, samples.Length)), $"{rows} rows on {threads} threads");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void Node(string system)
    {
        Assert.SkipUnless(Directory.Exists(Repository.In("samples", "node_modules", "onnxruntime-node")),
            "ONNX Runtime for Node is not here; scripts/setup-samples.sh fetches it");
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
        var (exitCode, output) =
            Programs.Run(program, [script, made.Path, noise, folder["out.f32"], .. made.Labels.Length > 0 ? [labels] : Array.Empty<string>()]);
        Assert.True(exitCode == 0, output);
        made.Compare(File.ReadAllBytes(folder["out.f32"]));
    }
}
