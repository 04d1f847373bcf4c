using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;

namespace GanPipeline.Export;

/// <summary>What an export made.</summary>
/// <param name="Path">The file.</param>
/// <param name="Info">What the file says of itself, with the differences that were found.</param>
/// <param name="Opset">Version of ONNX's operators.</param>
/// <param name="Bytes">Size of the file.</param>
internal sealed record ExportReport(string Path, GeneratorInfo Info, int Opset, long Bytes)
{
    /// <summary>Largest absolute difference between the file's samples and the network's, on the network's own scale, by batch size.</summary>
    public IReadOnlyDictionary<int, double> Differences => Info.Verification.ToDictionary(check => check.Batch, check => check.Difference);
}

/// <summary>Hears of the comparisons of a new file with its network, and ends them.</summary>
/// <param name="Compared">Hears each comparison when it is made; null where nobody asks.</param>
/// <param name="Stop">Ends the export between two comparisons; no file appears then.</param>
internal readonly record struct ExportWatch(Action<ParityCheck>? Compared, CancellationToken Stop)
{
    /// <summary>Compares, unless it is to end.</summary>
    public ParityCheck Watched(Func<ParityCheck> compare)
    {
        Stop.ThrowIfCancellationRequested();
        ParityCheck check = compare();
        Compared?.Invoke(check);
        return check;
    }
}

/// <summary>Writes a file beside its target, checks it in ONNX Runtime, and only then gives it its name.</summary>
internal static class VerifiedFile
{
    /// <summary>What a file says of itself, whichever network it holds.</summary>
    public static GeneratorInfo Info(
        int latentSize, IReadOnlyList<string> classNames, SampleFormat format, GeneratorMetadata provenance, ExportOptions options) => new()
        {
            Names = options.Names,
            LatentSize = latentSize,
            ClassNames = classNames,
            SampleKind = format.Kind,
            SampleShape = [.. format.Shape.Select(size => checked((int)size))],
            Provenance = provenance,
        };

    /// <param name="path">The file to write; one that is there is replaced.</param>
    /// <param name="info">What it is to say of itself.</param>
    /// <param name="options">What it is to be like.</param>
    /// <param name="graph">What it is to compute.</param>
    /// <param name="comparable">The same, where <paramref name="graph"/> draws its noise, with the noise as an input; else null.</param>
    /// <param name="compare">Compares it with the network at one batch size.</param>
    /// <param name="watch">Hears of the comparisons, and ends them.</param>
    public static ExportReport Publish(string path, GeneratorInfo info, ExportOptions options, GraphBuilder graph, GraphBuilder? comparable,
        Func<OnnxRun, int, ParityCheck> compare, ExportWatch watch)
    {
        RuntimeLibrary.Load();
        return AtomicFile.Publish(path, temporary =>
        {
            Write(temporary, (comparable ?? graph).ToModel(GeneratorFile.ToProperties(info)));
            var checks = ParityVerification.Run(temporary, path, options, info.IsTable,
                (run, batch) => watch.Watched(() => compare(run, batch)));
            var verified = info with { Verification = checks };
            var model = graph.ToModel(GeneratorFile.ToProperties(verified)); // what has been found is added to the metadata
            StoredWeights.Check(model, graph.Stored, path);
            Write(temporary, model);
            watch.Stop.ThrowIfCancellationRequested();
            if (comparable is not null)
            {
                ParityVerification.CheckThatItRuns(temporary, path, verified, options.Batches);
            }

            return new ExportReport(path, verified, graph.Opset, model.Length);
        });
    }

    private static void Write(string path, byte[] model)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write);
        stream.Write(model);
        stream.Flush(flushToDisk: true);
    }
}
