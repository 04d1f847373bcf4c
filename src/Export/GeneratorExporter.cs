using GanPipeline.Primitives;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;

namespace GanPipeline.Export;

/// <summary>What an export made.</summary>
/// <param name="Path">The file.</param>
/// <param name="Info">What the file says of itself, with the differences that were found.</param>
/// <param name="Opset">Version of ONNX's operators.</param>
/// <param name="Bytes">Size of the file.</param>
public sealed record ExportReport(string Path, GeneratorInfo Info, int Opset, long Bytes)
{
    /// <summary>Largest absolute difference between the file's samples and the network's, on the network's own scale, by batch size.</summary>
    public IReadOnlyDictionary<int, double> Differences => Info.Verification.ToDictionary(check => check.Batch, check => check.Difference);
}

/// <summary>Turns a trained generator into a file that any ONNX runtime can use: class in, sample in the data's own units out.</summary>
public static class GeneratorExporter
{
    /// <summary>
    /// Writes <paramref name="generator"/> with the weights that it has now, in evaluation mode. The file takes its name only after ONNX Runtime has given the
    /// same samples from it as the network gives.
    /// </summary>
    /// <param name="generator">The network; it is left as it was.</param>
    /// <param name="metadata">Where it comes from.</param>
    /// <param name="path">The file to write; one that is there is replaced.</param>
    /// <param name="weights">How the file holds the weights; with fewer bits its samples differ more from the network's, and the report says how much.</param>
    /// <exception cref="UserErrorException">
    /// A module has no converter, weights are not finite, the file's samples differ from the network's, or the file cannot be written.
    /// </exception>
    public static ExportReport Export(Generator generator, GeneratorMetadata metadata, string path, WeightPrecision weights = WeightPrecision.Float32)
    {
        var graph = Build(generator);
        graph.Store(weights);
        var info = new GeneratorInfo
        {
            LatentSize = generator.LatentSize,
            ClassNames = generator.ClassNames,
            SampleKind = generator.Format.Kind,
            SampleShape = [.. generator.Format.Shape.Select(size => checked((int)size))],
            Provenance = metadata,
        };
        return AtomicFile.Publish(path, temporary =>
        {
            Write(temporary, graph.ToModel(GeneratorFile.ToProperties(info)));
            var checks = ParityVerification.Run(generator, metadata.Seed, temporary, path, ParityVerification.Limit(weights));
            var verified = info with { Verification = checks };
            var model = graph.ToModel(GeneratorFile.ToProperties(verified)); // the same graph; what has been found is added to the metadata
            Write(temporary, model);
            return new ExportReport(path, verified, GraphBuilder.Opset, model.Length);
        });
    }

    private static GraphBuilder Build(Generator generator)
    {
        var graph = new GraphBuilder();
        var value = graph.FloatInput(GeneratorFile.NoiseInput, generator.LatentSize);
        var label = generator.Label is null ? null : graph.LongInput(GeneratorFile.LabelInput);
        var conversion = new Conversion(graph, label);
        foreach (var (name, module) in generator.named_children())
        {
            value = conversion.Convert(module, value, $"generator.{name}"); // with a prefix, so that no name is that of an input
        }

        if (!value.Shape.SequenceEqual(generator.Format.Shape))
        {
            throw new UserErrorException(
                $"the generator makes [N, {string.Join(", ", value.Shape)}], but its samples are [N, {string.Join(", ", generator.Format.Shape)}];"
                + " mend the preset's generator");
        }

        graph.Output(ToDataUnits(value, generator.Format, graph), GeneratorFile.SampleOutput);
        return graph;
    }

    private static GraphValue ToDataUnits(GraphValue value, SampleFormat format, GraphBuilder graph)
    {
        if (format.Units is null && format is { Scale: 1, Shift: 0 })
        {
            return value;
        }

        if (format.Units is { } units)
        {
            var byNumber = graph.Node("units.scaled", "Mul", [value.Name, graph.Constant("units.scale", units.Scale, format.Shape)], value.Shape);
            return graph.Node("units.shifted", "Add", [byNumber.Name, graph.Constant("units.shift", units.Shift, format.Shape)], value.Shape);
        }

        var scaled = graph.Node("units.scaled", "Mul", [value.Name, graph.Constant("units.scale", [(float)format.Scale])], value.Shape);
        return graph.Node("units.shifted", "Add", [scaled.Name, graph.Constant("units.shift", [(float)format.Shift])], value.Shape);
    }

    private static void Write(string path, byte[] model)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write);
        stream.Write(model);
        stream.Flush(flushToDisk: true);
    }
}
