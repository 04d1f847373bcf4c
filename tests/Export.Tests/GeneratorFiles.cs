using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Export.Tests;

/// <summary>A generator file, noise, and the samples (or the rows of a table) that the C# library makes of it.</summary>
internal sealed record GeneratorCase(string Path, GeneratorInfo Info, float[] Noise, long[] Labels, float[] Samples, IReadOnlyList<TableValues> Rows,
    double Scale)
{
    /// <summary>What another runtime wrote: float32, or for a table JSON with a list for each column.</summary>
    public void Compare(byte[] found)
    {
        if (Info.IsTable)
        {
            Compare(JsonNode.Parse(found)!.AsObject());
        }
        else
        {
            Compare(MemoryMarshal.Cast<byte, float>(found).ToArray());
        }
    }

    /// <summary>Another runtime's columns: the same texts, and numbers within 1e-4 (of their own size, above 1).</summary>
    public void Compare(JsonObject columns)
    {
        Assert.Equal(Info.Columns.Select(column => column.Output), columns.Select(column => column.Key));
        foreach (var (column, expected) in Info.Columns.Zip(Rows))
        {
            var found = columns[column.Output]!.AsArray();
            if (column.IsText)
            {
                Assert.Equal(expected.Texts, found.Select(text => text!.GetValue<string>()));
            }
            else
            {
                Assert.All(found.Zip(expected.Numbers), pair =>
                    Assert.Equal(pair.Second, pair.First?.GetValue<double>()
                    ?? double.NaN, 1e-4 * Math.Max(1, double.IsNaN(pair.Second) ? 1 : Math.Abs(pair.Second))));
            }
        }
    }

    /// <summary>Another runtime's samples are within 1e-4 of these, on the network's own scale.</summary>
    public void Compare(float[] found)
    {
        Assert.Equal(Samples.Length, found.Length);
        Assert.InRange(found.Zip(Samples, (a, b) => Math.Abs(a - b) / Scale).Max(), 0, 1e-4);
    }
}

/// <summary>The files that other runtimes are tried with, each made once: every preset's generator, and networks of layers that no preset has.</summary>
public sealed class GeneratorFiles : IDisposable
{
    private const int Count = 4;

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<string, Lazy<GeneratorCase>> _cases = new();

    public static IEnumerable<string> Systems => [.. PresetGenerators.Names, .. Networks.Convolutional.Keys, "points"];

    internal GeneratorCase Get(string system) => _cases.GetOrAdd(system, s => new Lazy<GeneratorCase>(() => Make(s))).Value;

    public void Dispose() => _folder.Dispose();

    private GeneratorCase Make(string system)
    {
        using var generator = Build(system);
        var path = _folder[$"{system}.onnx"];
        var report = GeneratorExporter.Export(generator, Networks.Metadata, path, new ExportOptions { Batches = [1, 7] });
        Assert.All(report.Info.Verification, check => Assert.InRange(check.Difference, 0, 1e-5));
        var noise = new float[Count * generator.LatentSize];
        GaussianNoise.Fill(8, 0, generator.LatentSize, noise);
        long[] labels = generator.Label is null ? [] : [.. Enumerable.Range(0, Count).Select(i => (long)(i % generator.ClassNames.Count))];
        using var session = GeneratorSession.Open(path, new GeneratorSessionOptions { Threads = 1 });
        if (session.Info.IsTable)
        {
            return new GeneratorCase(path, session.Info, noise, labels, [], session.GenerateRows(8, 0, labels, Count), 1);
        }

        var samples = new float[Count * session.Info.SampleSize];
        session.GenerateFromNoise(noise, labels, samples);
        var scale = generator.Format.Units?.Scale.Max(Math.Abs) ?? generator.Format.Scale;
        Assert.True(samples.Max() - samples.Min() > scale / 100, "the samples are all the same, so a comparison would show nothing");
        return new GeneratorCase(path, session.Info, noise, labels, samples, [], scale);
    }

    private static Generator Build(string system) => system switch
    {
        "points" => Networks.Points(TorchSharp.torch.nn.Linear(8, 16), TorchSharp.torch.nn.GELU(), TorchSharp.torch.nn.LayerNorm(16),
            TorchSharp.torch.nn.Linear(16, 2)),
        _ => Networks.Convolutional.TryGetValue(system, out var build) ? build() : PresetGenerators.Build(system),
    };
}
