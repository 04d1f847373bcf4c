using GanPipeline.Primitives;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Export;

/// <summary>The conversion of one network: the graph that grows, and the converters that make it grow.</summary>
internal sealed class Conversion
{
    private static readonly Dictionary<Type, ILayerConverter> Converters = typeof(ILayerConverter).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(ILayerConverter).IsAssignableFrom(type))
        .Select(type => (ILayerConverter)Activator.CreateInstance(type)!)
        .ToDictionary(converter => converter.ModuleType);

    private readonly GraphValue? _label;

    /// <summary>Starts a conversion.</summary>
    /// <param name="label">The class indices, checked (<see cref="ClassInput"/>); null for a generator without classes.</param>
    /// <param name="graph">The graph to add to.</param>
    public Conversion(GraphBuilder graph, GraphValue? label) => (Graph, _label) = (graph, label);

    /// <summary>The graph.</summary>
    public GraphBuilder Graph { get; }

    /// <summary>The class indices, int64 [N]; what is no class has been refused.</summary>
    public GraphValue Label => _label ?? throw new NotSupportedException("it needs a label, but the generator has no classes");

    /// <summary>Converts one module; containers call this for their children.</summary>
    /// <exception cref="UserErrorException">No converter knows the module, or the module's use of it.</exception>
    public GraphValue Convert(nn.Module module, GraphValue input, string path)
    {
        if (!Converters.TryGetValue(module.GetType(), out var converter))
        {
            var known = string.Join(", ", Converters.Keys.Select(type => type.Name).Order(StringComparer.Ordinal));
            throw new UserErrorException($"module '{path}' is a {module.GetType().Name}, which cannot be exported; " +
                $"use layers out of {known}, or add a LayerConverter for it");
        }

        try
        {
            return converter.Convert(module, input, path, this);
        }
        catch (NotSupportedException e)
        {
            throw new UserErrorException($"module '{path}' ({module.GetType().Name}) cannot be exported: {e.Message}; use other layers there", e);
        }
    }

    /// <summary>The numbers of a parameter or a buffer.</summary>
    /// <exception cref="UserErrorException">Some are not finite.</exception>
    public static float[] Read(Tensor tensor, string name)
    {
        using var scope = NewDisposeScope();
        var numbers = tensor.detach().to_type(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
        return Array.TrueForAll(numbers, float.IsFinite)
            ? numbers
            : throw new UserErrorException($"'{name}' holds numbers that are not finite, so its training has diverged; export an earlier checkpoint")
            {
                Kind = ErrorKind.Failed,
            };
    }

    /// <summary>What a layer without a learned weight multiplies by.</summary>
    public static float[] Ones(long count)
    {
        var ones = new float[count];
        Array.Fill(ones, 1f);
        return ones;
    }
}
