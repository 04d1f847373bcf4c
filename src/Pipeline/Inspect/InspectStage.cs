using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.Stages;

/// <summary>Generator file in, a description out.</summary>
internal static class InspectStage
{
    public static InspectResult Run(InspectOptions options, StageContext context)
    {
        string? picture = options.Picture;
        if (picture is not null && !AtomicFile.IsStream(picture) && !picture.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
            throw UserErrorException.Usage($"--picture {picture}: pictures of networks are SVG; use a name that ends in .svg.");
        OutputFiles.RefuseInput("--picture", picture, options.Generator);
        using OutputFiles claimed = OutputFiles.Claim(options.Force, picture is null ? [] : [picture]);
        context.Stop.ThrowIfCancellationRequested();
        NetworkGraph network = NetworkGraph.Read(options.Generator);
        context.Stop.ThrowIfCancellationRequested();
        if (picture is not null) NetworkPicture.Write(picture, network);
        return new InspectResult(network.Info, network.Inputs, network.Outputs,
            [.. network.Layers.Select(l => new InspectedLayer(l.Name, l.Operator, l.Shape, l.Parameters))], network.Parameters, network.Bytes)
        { Picture = picture };
    }
}
