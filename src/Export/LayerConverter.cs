using TorchSharp;

namespace GanPipeline.Export;

/// <summary>
/// How one kind of module becomes ONNX nodes. To teach the exporter a layer, add one file with a class that derives from this one; it is found by itself.
/// </summary>
/// <typeparam name="TModule">The module's exact type; a derived class may compute something else, so it needs a converter of its own.</typeparam>
internal abstract class LayerConverter<TModule> : ILayerConverter
    where TModule : torch.nn.Module
{
    /// <inheritdoc/>
    public Type ModuleType => typeof(TModule);

    /// <inheritdoc/>
    public GraphValue Convert(torch.nn.Module module, GraphValue input, string path, Conversion conversion) =>
        Convert((TModule)module, input, path, conversion);

    /// <summary>Adds what <paramref name="module"/> computes in evaluation mode to the graph, and returns its output.</summary>
    /// <param name="module">The module.</param>
    /// <param name="input">What flows into it.</param>
    /// <param name="path">Its path in the network, for instance <c>generator.body.3</c>: the name for nodes and constants.</param>
    /// <param name="conversion">The graph, the label input and the other converters.</param>
    protected abstract GraphValue Convert(TModule module, GraphValue input, string path, Conversion conversion);
}

/// <summary>A <see cref="LayerConverter{TModule}"/> whose module type is not known at compile time.</summary>
internal interface ILayerConverter
{
    /// <summary>The exact type of the modules that it converts.</summary>
    Type ModuleType { get; }

    /// <summary>Adds what <paramref name="module"/> computes in evaluation mode to the graph, and returns its output.</summary>
    GraphValue Convert(torch.nn.Module module, GraphValue input, string path, Conversion conversion);
}
