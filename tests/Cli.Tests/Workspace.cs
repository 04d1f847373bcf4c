using GanPipeline.Primitives;

namespace GanPipeline.Cli.Tests;

/// <summary>A temporary folder with a small data set and a small preset.</summary>
internal sealed class Workspace : IDisposable
{
    public const string SmallPreset = """
        system: small
        data: { kind: idx, classes: [a, b] }
        latent: 4
        batch: 16
        epochs: 3
        generator: { network: mlp, hidden: [8, 8], batch_norm: true }
        discriminator: { network: mlp, hidden: [8] }
        ema: 0.9
        threads: 1
        log_every: 5
        """;

    public Workspace()
    {
        Directory.CreateDirectory(Root);
        Preset = Write("small.yaml", SmallPreset);
        Data = In("data");
        WriteImages("train", 160);
        WriteImages("t10k", 40);
    }

    public string Root { get; } = Path.Combine(Path.GetTempPath(), "gan-" + Path.GetRandomFileName());

    public string Preset { get; }

    public string Data { get; }

    public string In(string name) => Path.Combine(Root, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(In(name), text);
        return In(name);
    }

    /// <summary>Class a is dark on the left, class b on the right: 8 x 8 pixels.</summary>
    private void WriteImages(string stem, int count)
    {
        Directory.CreateDirectory(Data);
        byte[] labels = [.. Enumerable.Range(0, count).Select(i => (byte)(i % 4 == 0 ? 1 : 0))];
        IEnumerable<ReadOnlyMemory<byte>> images = labels.Select((label, i) =>
            (ReadOnlyMemory<byte>)Enumerable.Range(0, 64).Select(p => (byte)((p % 8 < 4) == (label == 0) ? (i * 7 + p) % 60 : 200 + (i + p) % 50)).ToArray());
        IdxFile.WriteImages(Path.Combine(Data, $"{stem}-images-idx3-ubyte"), count, 8, 8, images);
        IdxFile.WriteLabels(Path.Combine(Data, $"{stem}-labels-idx1-ubyte"), count, [labels]);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
