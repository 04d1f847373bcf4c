using System.Runtime.InteropServices;
using GanPipeline.Inference;
using Microsoft.ML.OnnxRuntime;

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

    /// <summary>Of no rows every runtime makes none: the operator OneHot would end Node's process by SIGFPE, and throw in the browser's ONNX Runtime.</summary>
    [Theory]
    [MemberData(nameof(Systems))]
    public void None_of_no_rows(string system)
    {
        var made = files.Get(system);
        Assert.DoesNotContain(NetworkGraph.Read(made.Path).Layers, layer => layer.Operator == "OneHot");
        using (var session = GeneratorSession.Open(made.Path))
        {
            if (made.Info.IsTable)
            {
                Assert.All(session.GenerateRows(1, 0, [], 0), column => Assert.True(column.Numbers.Length == 0 && column.Texts.Length == 0));
            }
            else
            {
                session.Generate(1, 0, [], []);
            }
        }

        using (var run = new OnnxRun(made.Path))
        {
            Assert.All(Made(run, made, []), Assert.Empty);
        }

        Assert.Equal("0", InNode(made, "null"));
        Assert.Equal("0", InWeb(made, "null"));
    }

    /// <summary>What is no class is an error wherever the file is run, whatever else is in the batch; -1 is not the last class.</summary>
    [Theory]
    [InlineData("mnist-cgan")]
    [InlineData("mnist-acgan")]
    [InlineData("mnist-projection-cgan")]
    [InlineData("table")]
    public void A_label_that_is_no_class_is_an_error(string system)
    {
        var made = files.Get(system);
        var classes = made.Info.ClassNames.Count;
        using (var run = new OnnxRun(made.Path))
        {
            foreach (var label in new[] { -1, -classes, classes, long.MinValue, long.MaxValue })
            {
                Assert.Contains("label.class", Assert.Throws<OnnxRuntimeException>(() => Made(run, made, [0, label])).Message);
            }

            Assert.All(Made(run, made, [0, classes - 1]), Assert.NotEmpty);
        }

        foreach (var label in new[] { -1, -classes, classes })
        {
            Assert.Contains("label.class", InNode(made, $"{label}"));
            Assert.Contains("label.class", InWeb(made, $"{label}"));
        }

        Assert.Matches("^[1-9]", InNode(made, $"{classes - 1}"));
        Assert.Matches("^[1-9]", InWeb(made, $"{classes - 1}"));
    }

    private static IReadOnlyList<Array> Made(OnnxRun run, GeneratorCase made, long[] labels)
    {
        string[] outputs = made.Info.IsTable ? [.. made.Info.Columns.Select(column => column.Output)] : [made.Info.Names.Sample];
        (string, Array) noise = (made.Info.Names.Noise, new float[labels.Length * made.Info.LatentSize]);
        return run.Run(outputs, labels.Length, made.Info.ClassNames.Count == 0 ? [noise] : [noise, (made.Info.Names.Label, labels)]);
    }

    private static string InNode(GeneratorCase made, string label)
    {
        Assert.SkipUnless(Directory.Exists(Repository.In("samples", "node_modules", "onnxruntime-node")),
            "ONNX Runtime for Node is not here; scripts/setup-samples.sh fetches it");
        return Script($"import {{ createRequire }} from 'node:module'; const ort = createRequire('{Repository.In("samples")}/')('onnxruntime-node');" +
            "const session = await ort.InferenceSession.create(process.argv[1]);", made, label);
    }

    /// <summary>ONNX Runtime Web computes in WebAssembly, in Node as in a browser.</summary>
    private static string InWeb(GeneratorCase made, string label)
    {
        Assert.SkipUnless(Directory.Exists(Repository.In("samples", "node_modules", "onnxruntime-web")),
            "ONNX Runtime Web is not here; scripts/setup-samples.sh fetches it");
        return Script($"import {{ createRequire }} from 'node:module'; const ort = createRequire('{Repository.In("samples")}/')('onnxruntime-web');" +
            "import { readFile } from 'node:fs/promises'; ort.env.wasm.numThreads = 1;" +
            "const session = await ort.InferenceSession.create(new Uint8Array(await readFile(process.argv[1])));", made, label);
    }

    /// <summary>How many numbers or texts of its first output a runtime makes of one sample of a class, or (null) of none; or its error.</summary>
    private static string Script(string open, GeneratorCase made, string label)
    {
        var labelled = made.Info.ClassNames.Count == 0 ? ""
            : $"feeds['{made.Info.Names.Label}'] = new ort.Tensor('int64', BigInt64Array.from(label === null ? [] : [BigInt(label)]), [rows]);";
        var (exitCode, output) = Programs.Run("node", "--input-type=module", "--eval", $$"""
            {{open}}
            const label = {{label}};
            const rows = label === null ? 0 : 1;
            const latent = {{made.Info.LatentSize}};
            const feeds = { {{made.Info.Names.Noise}}: new ort.Tensor('float32', new Float32Array(rows * latent), [rows, latent]) };
            {{labelled}}
            try {
              const made = await session.run(feeds);
              console.log(Object.values(made)[0].data.length);
            } catch (error) {
              console.log(error.message);
            }
            """, made.Path);
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        return output.Split('\n')[0]; // ONNX Runtime's own log follows
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
