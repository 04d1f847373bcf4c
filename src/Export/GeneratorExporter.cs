using GanPipeline.Primitives;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;

namespace GanPipeline.Export;

/// <summary>Turns a trained generator into a file that any ONNX runtime can use: class in, sample in the data's own units out.</summary>
internal static class GeneratorExporter
{
    /// <summary>
    /// Writes <paramref name="generator"/> with the weights that it has now, in evaluation mode. The file takes its name only after ONNX Runtime has given the
    /// same samples from it as the network gives.
    /// </summary>
    /// <param name="generator">The network; it is left as it was.</param>
    /// <param name="metadata">Where it comes from.</param>
    /// <param name="path">The file to write; one that is there is replaced.</param>
    /// <param name="options">What the file is to be like; null for the defaults.</param>
    /// <param name="watch">Hears of the comparisons with the network, and ends them.</param>
    /// <exception cref="UserErrorException">
    /// A module has no converter, weights are not finite, the file's samples differ from the network's, the options do not fit, or the file cannot be written.
    /// </exception>
    public static ExportReport Export(Generator generator, GeneratorMetadata metadata, string path, ExportOptions? options = null,
        ExportWatch watch = default)
    {
        options ??= new ExportOptions();
        options.Check(generator.Format);
        var info = VerifiedFile.Info(generator.LatentSize, generator.ClassNames, generator.Format, metadata, options) with
        {
            NoiseInside = options.NoiseInside,
            LatentScale = options.LatentScale,
            Bytes = options.Bytes,
        };
        if (generator.Format.Table is { } table)
        {
            var columns = TableOutputs.Columns(table, options);
            info = info with
            {
                Columns = columns,
                SampleShape = [columns.Count],
                StoredRows = generator.Format.Anchors?.Counts.Sum() ?? 0,
                LabelColumn = table.Label ?? "",
                Omitted = [.. table.Dropped.Select(column => new OmittedColumn(column.Name, column.Reason.ToString().ToLowerInvariant()))],
            };
            return Publish(new TableParity(generator, table, columns, metadata.Seed, options).Compare);
        }

        return Publish(new GeneratorParity(generator, metadata.Seed, options).Compare);

        ExportReport Publish(Func<OnnxRun, int, ParityCheck> compare)
        {
            // the same with the noise as an input, to be compared with
            var fed = options.NoiseInside ? Build(generator, options with { NoiseInside = false }) : null;
            return VerifiedFile.Publish(path, info, options, Build(generator, options), fed, compare, watch);
        }
    }

    internal static GraphBuilder Build(Generator generator, ExportOptions options)
    {
        var graph = new GraphBuilder(GeneratorFile.Generator, TableOutputs.Opset(generator.Format.Table, options));
        var noise = options.NoiseInside ? null : graph.FloatInput(options.Names.Noise, generator.LatentSize);
        var label = generator.Label is null ? null : ClassInput.Add(graph, options.Names.Label, generator.ClassNames.Count);
        var value = Latent(noise ?? DrawnNoise(generator.LatentSize, label, options, graph), options, graph);
        var conversion = new Conversion(graph, label);
        foreach (var (name, module) in generator.named_children())
        {
            value = conversion.Convert(module, value, $"generator.{name}"); // with a prefix, so that no name is that of an input
        }

        if (!value.Shape.SequenceEqual(generator.Format.Shape))
        {
            throw new UserErrorException(
                $"the generator gives [N, {string.Join(", ", value.Shape)}], but its samples are [N, {string.Join(", ", generator.Format.Shape)}];"
                + " mend the preset's generator");
        }

        if (generator.Format.Table is { } table)
        {
            TableOutputs.Add(value, label, generator.ClassNames, table, TableOutputs.Columns(table, options), graph);
            graph.Store(options.Weights);
            return graph;
        }

        graph.Output(ToPixels(Units.ToData(value, generator.Format, graph), options, graph), options.Names.Sample);
        graph.Store(options.Weights);
        return graph;
    }

    /// <summary>As many latents as there are labels; where there are no labels, as many as an input says.</summary>
    private static GraphValue DrawnNoise(int latentSize, GraphValue? label, ExportOptions options, GraphBuilder graph)
    {
        var count = label is null ? graph.NumberInput(options.Names.Count) : graph.NumbersNode("noise.count", "Shape", [label.Name]);
        var shape = graph.NumbersNode("noise.shape", "Concat", [count, graph.Constant("noise.size", [(long)latentSize], 1)], ("axis", 0L));
        var zeros = graph.Node("noise.zeros", "ConstantOfShape", [shape], [latentSize]);
        return graph.Node("noise.drawn", "RandomNormalLike", [zeros.Name], [latentSize]);
    }

    private static GraphValue Latent(GraphValue noise, ExportOptions options, GraphBuilder graph) => options.LatentScale == 1
        ? noise
        : graph.Node("noise.scaled", "Mul", [noise.Name, graph.Constant("noise.scale", [(float)options.LatentScale])], noise.Shape);

    private static GraphValue ToPixels(GraphValue value, ExportOptions options, GraphBuilder graph)
    {
        if (!options.Clamp && !options.Bytes)
        {
            return value;
        }

        var range = new[] { graph.Constant("pixels.least", [0f]), graph.Constant("pixels.most", [255f]) };
        var clamped = graph.Node("pixels.clamped", "Clip", [value.Name, .. range], value.Shape);
        return options.Bytes ? graph.BytesNode("pixels.bytes", graph.Node("pixels.rounded", "Round", [clamped.Name], value.Shape)) : clamped;
    }
}
