using GanPipeline.Primitives;
using GanPipeline.Training.Networks;

namespace GanPipeline.Export;

/// <summary>
/// Turns a trained discriminator into a file that any ONNX runtime can use: a sample in the data's own units and, if it is conditional, its class in; the logit
/// of being real and, with an auxiliary head, the logits of the classes out.
/// </summary>
internal static class DiscriminatorExporter
{
    /// <summary>
    /// Writes <paramref name="discriminator"/> with the weights that it has now, in evaluation mode, once ONNX Runtime has given the same logits as the
    /// network.
    /// </summary>
    /// <param name="discriminator">The network; it is left as it was.</param>
    /// <param name="context">What it was built for.</param>
    /// <param name="metadata">Where it comes from.</param>
    /// <param name="path">The file to write; one that is there is replaced.</param>
    /// <param name="options">What the file is to be like; those for noise and pixels must be at their defaults.</param>
    /// <param name="watch">Hears of the comparisons with the network, and ends them.</param>
    /// <exception cref="UserErrorException">As for <see cref="GeneratorExporter.Export"/>.</exception>
    public static ExportReport Export(Discriminator discriminator, NetworkContext context, GeneratorMetadata metadata, string path,
        ExportOptions? options = null, ExportWatch watch = default)
    {
        options ??= new ExportOptions();
        options.Check(context.Format);
        if (options is not { Clamp: false, Bytes: false, NoiseInside: false, LatentScale: 1 })
        {
            throw new UserErrorException("a discriminator takes samples and generates none: leave out what says how noise is drawn and how pixels come out");
        }

        var info = VerifiedFile.Info(context.LatentSize, context.ClassNames, context.Format, metadata, options) with { Network = GeneratorFile.Discriminator };
        var parity = new DiscriminatorParity(discriminator, context, metadata.Seed, options.Names);
        return VerifiedFile.Publish(path, info, options, Build(discriminator, context, options), null, parity.Compare, watch);
    }

    private static GraphBuilder Build(Discriminator discriminator, NetworkContext context, ExportOptions options)
    {
        var graph = new GraphBuilder(GeneratorFile.Discriminator, options.Opset ?? ExportOptions.UsualOpset);
        var sample = graph.FloatInput(options.Names.Sample, context.Format.Shape);
        var label = discriminator.Label is null ? null : ClassInput.Add(graph, options.Names.Label, context.ClassNames.Count);
        var conversion = new Conversion(graph, label);
        var features = conversion.Convert(discriminator.Features, Units.ToNetwork(sample, context.Format, graph), "discriminator.features");
        graph.Share(features); // what is folded into it for one head would be wrong for the other
        var value = discriminator.Label is null ? features : conversion.Convert(discriminator.Label, features, "discriminator.label");
        graph.Output(Realness(conversion.Convert(discriminator.Body, value, "discriminator.body"), graph), options.Names.Logit);
        if (discriminator.ClassHead is { } head)
        {
            graph.Output(conversion.Convert(head, features, "discriminator.class_head"), options.Names.ClassLogits);
        }

        graph.Store(options.Weights);
        return graph;
    }

    /// <summary>Of two logits (fake, real) their difference, which is the logit of being real.</summary>
    private static GraphValue Realness(GraphValue logits, GraphBuilder graph)
    {
        if (logits.Features == 1)
        {
            return logits;
        }

        var real = graph.Node("discriminator.real", "Gather", [logits.Name, graph.Constant("discriminator.real.index", [1L], 1)], [1], ("axis", 1L));
        var fake = graph.Node("discriminator.fake", "Gather", [logits.Name, graph.Constant("discriminator.fake.index", [0L], 1)], [1], ("axis", 1L));
        return graph.Node("discriminator.realness", "Sub", [real.Name, fake.Name], [1]);
    }
}
