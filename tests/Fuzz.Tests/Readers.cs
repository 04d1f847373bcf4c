using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using GanPipeline.Images;
using GanPipeline.Inference;
using GanPipeline.Inference.Tests;
using GanPipeline.Primitives;
using GanPipeline.Report;
using GanPipeline.Report.Pages;
using GanPipeline.Report.Runs;
using GanPipeline.Report.Tests;
using GanPipeline.Report.Verdicts;
using GanPipeline.Stages;
using GanPipeline.TableFiles;
using GanPipeline.Tables;
using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using SkiaSharp;
using TorchSharp;

namespace GanPipeline.Fuzz.Tests;

/// <summary>The product's readers, by their public entry points, with a corpus that the product itself makes.</summary>
internal sealed class Readers : IDisposable
{
    private const string MinimalPreset = "system: s\ndata: { kind: moons }\n", RunFiles = "options.yaml run.csv metrics.csv quality.csv quality-metrics.csv " +
        "columns.csv generated.csv classes.csv cost.csv pictures/classes.csv pictures/neighbours.csv samples/epoch-0010.png";

    private static readonly string[] s_runFiles = RunFiles.Split(' ');
    private readonly SampleRun _run = new(), _table = SampleRun.Table("table");
    private readonly Dataset _images = new("images", "", torch.zeros(1, 1, 2, 3), null, [], new SampleFormat(SampleFormat.Image, [1, 2, 3], 1, 0));

    private Readers(string folder) => All = Make(folder, new TestModel());

    public IReadOnlyList<Reader> All { get; }

    /// <summary>Makes the corpus by the command line: small runs of points and of a table.</summary>
    public static Readers Make(string folder)
    {
        string[] small = ["--set", "batch=16", "--set", "generator.hidden=[2]", "--set", "discriminator.hidden=[2]", "--set", "epochs=1", "--set", "steps=2"];
        Parallel.Invoke(
            () =>
            {
                Gan(["train", Repository.In("models", "moons-gan.yaml"), "--out", Path.Combine(folder, "points"), .. small]);
                Gan(["export", Path.Combine(folder, "points")]);
            },
            () =>
            {
                Gan(["train", Corpus("table", "mixed.csv"), "--label", "kind", "--out", Path.Combine(folder, "table"), .. small, "--set",
                    "discriminator.class_hidden=[2]"]);
                Gan(["export", Path.Combine(folder, "table")]);
            });
        return new Readers(folder);
    }

    public void Dispose()
    {
        _run.Dispose();
        _table.Dispose();
        _images.Dispose();
    }

    private List<Reader> Make(string folder, TestModel model)
    {
        byte[] Made(params string[] name) => File.ReadAllBytes(Path.Combine([folder, .. name]));
        byte[][] yaml = [.. Directory.GetFiles(Corpus("yaml")).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        byte[][] presets = [Made("table", "options.yaml"), Made("points", "options.yaml"), .. Directory.GetFiles(Repository.In("models"), "*.yaml").Order(
            StringComparer.Ordinal).Select(File.ReadAllBytes), .. yaml];
        byte[][] schemas = [.. Directory.GetFiles(Corpus("schema")).Order(StringComparer.Ordinal).Select(File.ReadAllBytes), .. yaml];
        byte[][] tables = [.. Directory.GetFiles(Corpus("table")).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        byte[][] checkpoints = [Made("points", "last.ckpt"), Made("table", "last.ckpt")];
        byte[][] networks = [model.ToBytes(), Made("points", "generator.onnx"), Made("table", "generator.onnx")];
        byte[][] metadata = [.. networks.Select((bytes, i) => Properties(NetworkGraph.Read(Write(folder, $"{i}.onnx", bytes)).Info))];
        byte[][] runs = [.. RunCorpus(_run, 0), .. RunCorpus(_table, (byte)s_runFiles.Length)];
        byte[] grey = TestPng(1), colour = TestPng(3);
        List<Reader> readers =
        [
            new("preset", 16, presets, (bytes, _) => Preset.Parse(Text(bytes), "p.yaml")),
            new("preset-file", 2, presets, (bytes, place) => Preset.Load(place.File("p.yaml", bytes))),
            new("set", 6, [.. "epochs=3;generator.hidden=[5, 6];data={ kind: idx, classes: [a, b] };regularizers=[{ name: r1, weight: 3 }];ema=0.5".Split(';')
                .Select(Encoding.UTF8.GetBytes)], (bytes, _) => Preset.Parse(MinimalPreset, "p.yaml", overrides: Text(bytes).Split(';'))),
            new("schema", 12, schemas, (bytes, _) => SchemaFile.Parse(Text(bytes), "s.yaml")),
            new("table", 12, tables, (bytes, place) =>
            {
                Table table = TableReader.Read(place.File("t.csv", bytes));
                TableSchema.Infer(table, null);
                TableSchema.Infer(table, table.Columns[^1].Name);
            }),
            new("table-scan", 2, tables, (bytes, place) => TableReader.Scan(place.File("t.csv", bytes), header => header.Count - 1)),
            new("table-packed", 2, [.. tables.Select(Zipped)], (bytes, place) => TableFile.Read(place.File("t.csv.gz", bytes))),
            new("table-gz", 2, [.. tables.Select(Zipped)], (bytes, place) => TableFile.Read(place.File("t.csv.gz", bytes))) { Mutate = InsideGzip },
            new("table-parquet", 4, [.. tables.Select((bytes, i) => Parquet(folder, $"{i}.csv", bytes)).OfType<byte[]>()],
                (bytes, place) => TableFile.Read(place.File("t.parquet", bytes))),
            new("table-data", 0.5, tables, (bytes, place) =>
                new TableDataOptions { Label = "kind" }.Load(place.File("t.csv", bytes), DataSplit.Train, 1).Dispose()),
            new("points", 2, [tables[2]], (bytes, place) =>
                new CsvDataOptions { Label = "kind" }.Load(place.File("t.csv", bytes), DataSplit.Train, 1).Dispose()),
            new("idx", 8, [Idx(folder, 3), Idx(folder, 1)], ReadIdx),
            new("idx-gz", 5, [Zipped(Idx(folder, 3)), Zipped(Idx(folder, 1))], ReadIdx) { Mutate = InsideGzip },
            new("npy", 8, [Npy("(4, 1, 2, 3)", 4 * 6), Npy("(1, 1, 2, 3)", 6)],
                (bytes, place) => NpySamples.Read(place.File("s.npy", bytes), _images, 3, new StageContext(NullLogger.Instance, null, default))),
            new("png", 4, [grey, colour, Encoded(SKEncodedImageFormat.Png)], ReadImage) { Mutate = WithChecksums },
            new("png-deep", 1, [Deep], (bytes, place) => ImageDecoder.Decode("i.png", bytes, new ImageReading(SKColors.Black, 14))) { Mutate = WithChecksums },
            new("jpeg", 2, [Encoded(SKEncodedImageFormat.Jpeg)], ReadImage),
            new("checkpoint", 10, checkpoints, (bytes, place) => _ = Checkpoint.Read(place.File("c.ckpt", bytes)).Options) { Mutate = MendedCheckpoint },
            new("checkpoint-network", 0.3, checkpoints, (bytes, place) =>
                Checkpoint.Read(place.File("c.ckpt", bytes)).BuildGenerator(torch.CPU).Dispose()) { Mutate = MendedCheckpoint },
            new("network", 10, networks, (bytes, place) => NetworkGraph.Read(place.File("g.onnx", bytes))),
            new("network-picture", 0.5, networks, (bytes, place) =>
                NetworkPicture.Write(Path.Combine(place.Folder, "g.svg"), NetworkGraph.Read(place.File("g.onnx", bytes)))),
            new("metadata", 8, metadata, (bytes, _) => GeneratorFile.FromProperties(Properties(bytes), "g.onnx")) { Mutate = OneProperty },
            new("run-folder", 5, runs, (bytes, place) => InRun(place, bytes, folder => RunData.Read(folder))) { Mutate = BehindTheFirst },
            new("report", 0.5, runs, (bytes, place) => InRun(place, bytes, folder =>
            {
                RunData run = RunData.Read(folder);
                var findings = Findings.Of(run);
                _ = HtmlPage.Write(RunReport.Build(run, findings)) + ReportJson.Write(run, findings);
            }))
            {
                Mutate = BehindTheFirst,
            },
            new("metrics", 4, [Made("points", "metrics.csv")], (bytes, place) => MetricsCsv.Read(place.File("metrics.csv", bytes))),
        ];
        return [.. readers.Select(r => r with { Corpus = [.. r.Corpus, .. Found(r.Name)] })];
    }

    /// <summary>Inputs that a reader once failed on.</summary>
    private static IEnumerable<byte[]> Found(string reader) => Directory.Exists(Corpus("found", reader))
        ? Directory.GetFiles(Corpus("found", reader)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes) : [];

    /// <summary>A table as a Parquet file; null where it is none.</summary>
    private static byte[]? Parquet(string folder, string name, byte[] bytes)
    {
        string path = Write(folder, name, bytes);
        try
        {
            Table table = TableFile.Read(path);
            var form = ParquetTypes.Of(table.Columns.Select(c => (c.Name, c.Values.Select(v => (string?)v))), _ => table.Hints);
            string[] header = [.. table.Columns.Select(c => c.Name)];
            form.Write(path + ".parquet", header, Enumerable.Range(0, table.Rows).Select(row => table.Columns.Select(c => c[row]).ToArray()));
            return File.ReadAllBytes(path + ".parquet");
        }
        catch (UserErrorException) { return null; }
    }

    private static string Corpus(params string[] parts) => Repository.In(["tests", "Fuzz.Tests", "corpus", .. parts]);

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static string Write(string folder, string name, byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(folder, name), bytes);
        return Path.Combine(folder, name);
    }

    private static void Gan(string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "gan.dll"), .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(info)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', arguments)}: {error}");
    }

    /// <summary>Nine pixels of 16 bits a sample, interlaced, with a colour profile and EXIF data.</summary>
    private static byte[] Deep => Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAMAAAADEAIAAAH+3c49AAAAJ2lDQ1B4AAB4nGNgGHDAmJJanAykJwCxBJQNApyJCgVF+WmZOSAO" +
        "AIloBv4lLecHAAAAGmVYSWZJSSoACAAAAAEAEgEDAAEAAAAGAAAAAAAAALdIESkAAABFSURBVHicY2TZy6/I8IGJPYn/M48vI8tx" +
        "BgVWUU5+jk88t5j5XLgNGV2Z2Vp4Z/EeZeG+wL6GoZ91OXMOx0RmBf7vTBsAq+MPNBDwENgAAAAASUVORK5CYII=");

    private static void ReadImage(byte[] bytes, Place place)
    {
        string path = place.File("i.png", bytes);
        ImageDecoder.Decode(path, ImageDecoder.Read(path), ImageReading.Usual);
    }

    private static void ReadIdx(byte[] bytes, Place place)
    {
        string path = place.File("i", bytes);
        if (bytes.Length > 0 && bytes.Length % 2 == 0) IdxFile.ReadLabels(path);
        else IdxFile.ReadImages(path);
    }

    /// <summary>An odd length makes it one of images, an even one of labels: <see cref="ReadIdx"/> goes by that.</summary>
    private static byte[] Idx(string folder, int dimensions)
    {
        string path = Path.Combine(folder, "idx");
        if (dimensions == 3) IdxFile.WriteImages(path, 3, 3, 3, [new byte[27]]);
        else IdxFile.WriteLabels(path, 4, [new byte[] { 0, 1, 2, 1 }]);
        return File.ReadAllBytes(path);
    }

    private static byte[] Npy(string shape, int numbers)
    {
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}".PadRight(117) + "\n";
        return [0x93, .. "NUMPY\u0001\0"u8, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. new byte[4 * numbers]];
    }

    private static byte[] TestPng(int channels)
    {
        using var stream = new MemoryStream();
        PngFile.Write(stream, ImageGrid.Compose([.. Enumerable.Range(0, 20 * channels).Select(i => (byte)(i * 11))], channels, 4, 5, columns: 1, padding: 0));
        return stream.ToArray();
    }

    private static byte[] Encoded(SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(6, 5);
        for (int i = 0; i < 30; i++) bitmap.SetPixel(i % 6, i / 6, new SKColor((byte)(i * 8), (byte)(255 - i), (byte)i, (byte)(i * 9)));
        using SKData data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    /// <summary>Each file of a run folder behind its number.</summary>
    private static IEnumerable<byte[]> RunCorpus(SampleRun run, byte first) => s_runFiles.Select((file, i) => (path: run.In(file), number: (byte)(first + i)))
        .Where(f => File.Exists(f.path)).Select(f => (byte[])[f.number, .. File.ReadAllBytes(f.path)]);

    /// <summary>Reads a run folder in which one file is the input.</summary>
    private void InRun(Place place, byte[] bytes, Action<string> read)
    {
        (SampleRun from, int number) = bytes[0] < s_runFiles.Length ? (_run, (int)bytes[0]) : (_table, bytes[0] - s_runFiles.Length);
        string folder = Path.Combine(place.Folder, Path.GetFileName(from.Folder)), file = s_runFiles[number];
        if (!Directory.Exists(folder))
        {
            foreach (string source in Directory.GetFiles(from.Folder, "*", SearchOption.AllDirectories))
            {
                string copy = Path.Combine(folder, Path.GetRelativePath(from.Folder, source));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(source, copy);
            }
        }
        string target = Path.Combine(folder, file);
        File.WriteAllBytes(target, bytes[1..]);
        try { read(folder); }
        finally { File.Copy(from.In(file), target, overwrite: true); }
    }

    private static byte[] BehindTheFirst(FuzzRandom random, byte[] input, IReadOnlyList<byte[]> others) =>
        [input[0], .. Mutator.Mutate(random, input[1..], [.. others.Select(o => o[1..])])];

    private static byte[] Zipped(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest)) gzip.Write(bytes);
        return stream.ToArray();
    }

    private static byte[] InsideGzip(FuzzRandom random, byte[] input, IReadOnlyList<byte[]> others)
    {
        static byte[] Unzipped(byte[] bytes)
        {
            using var stream = new MemoryStream();
            using (var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress)) gzip.CopyTo(stream);
            return stream.ToArray();
        }
        if (random.Chance(0.3)) return Mutator.Mutate(random, input, others);
        return Zipped(Mutator.Mutate(random, Unzipped(input), [.. others.Select(Unzipped)]));
    }

    /// <summary>A PNG's checksums (ISO/IEC 15948, section 5) are put right again, as far as its chunks can be told.</summary>
    private static byte[] WithChecksums(FuzzRandom random, byte[] input, IReadOnlyList<byte[]> others)
    {
        byte[] bytes = Mutator.Mutate(random, input, others);
        if (random.Chance(0.1)) return bytes;
        bytes = [.. bytes];
        for (long at = 8; at + 12 <= bytes.Length;)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan((int)at));
            if (length > bytes.Length - at - 12) break;
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan((int)(at + 8 + length)), Crc32.HashToUInt32(bytes.AsSpan((int)at + 4, (int)length + 4)));
            at += 12 + length;
        }
        return bytes;
    }

    /// <summary>Changes the header, the options in it, or any byte of a checkpoint, and puts header length and checksum right again.</summary>
    private static byte[] MendedCheckpoint(FuzzRandom random, byte[] input, IReadOnlyList<byte[]> others)
    {
        const int LengthAt = 12, HeaderAt = 16;
        byte[] body = input[..^SHA256.HashSizeInBytes];
        int headerEnd = HeaderAt + BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(LengthAt));
        if (random.Chance(0.7))
        {
            byte[] header = Header(random, body[HeaderAt..headerEnd]), length = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(length, header.Length);
            body = [.. body[..LengthAt], .. length, .. header, .. body[headerEnd..]];
        }
        else body = Mutator.Mutate(random, body, others);
        return random.Chance(0.02) ? body : [.. body, .. SHA256.HashData(body)];
    }

    private static byte[] Header(FuzzRandom random, byte[] json)
    {
        if (random.Chance(0.5)) return Mutator.Mutate(random, json, [json]);
        JsonObject header = JsonNode.Parse(json)!.AsObject();
        byte[] options = Encoding.UTF8.GetBytes(header["Options"]!.GetValue<string>());
        header["Options"] = Text(Mutator.Mutate(random, options, [options]));
        return Encoding.UTF8.GetBytes(header.ToJsonString());
    }

    private static byte[] Properties(GeneratorInfo info) =>
        Encoding.UTF8.GetBytes(string.Join('\0', GeneratorFile.ToProperties(info).SelectMany(p => new[] { p.Key, p.Value })));

    private static Dictionary<string, string> Properties(byte[] bytes) =>
        Text(bytes).Split('\0').Chunk(2).Where(p => p.Length == 2).GroupBy(p => p[0]).ToDictionary(g => g.Key, g => g.First()[1], StringComparer.Ordinal);

    private static byte[] OneProperty(FuzzRandom random, byte[] input, IReadOnlyList<byte[]> others)
    {
        string[] parts = Text(input).Split('\0');
        int at = random.Below(parts.Length);
        byte[] part = Encoding.UTF8.GetBytes(parts[at]);
        parts[at] = Text(Mutator.Mutate(random, part, [part])).Replace("\0", "", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(string.Join('\0', parts));
    }
}
