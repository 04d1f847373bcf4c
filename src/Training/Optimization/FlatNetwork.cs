using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Optimization;

/// <summary>
/// A network whose parameters are views of one flat tensor, and so are their gradients and its floating-point buffers: Adam, the moving average and a
/// checkpoint touch one tensor each instead of dozens. The network must live on its device already; converting it afterwards would cut the views.
/// </summary>
internal sealed class FlatNetwork : IDisposable
{
    private readonly (string Name, Parameter Parameter)[] _parameters;

    /// <summary>Moves the network's parameters and buffers into flat storage; their values stay.</summary>
    public FlatNetwork(nn.Module network)
    {
        Network = network;
        // Batch norm would count its batches with Scalars that nobody holds (see Held); with a fixed momentum nothing reads the count.
        foreach (BatchNorm norm in network.modules().OfType<BatchNorm>()) norm.num_batches_tracked = null;
        _parameters = [.. network.named_parameters()];
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Parameters = Flatten([.. _parameters.Select(p => p.Parameter)]);
        Gradients = zeros_like(Parameters).MoveToOuterDisposeScope();
        Buffers = Flatten([.. StatisticsOf(network)]);
        long offset = 0;
        foreach ((_, Parameter parameter) in _parameters)
        {
            parameter.grad = Gradients.narrow(0, offset, parameter.numel()).view(parameter.shape);
            offset += parameter.numel();
        }
        Parameters.DetachFromDisposeScope();
        Gradients.DetachFromDisposeScope();
        Buffers.DetachFromDisposeScope();
    }

    /// <summary>Numbers that <see cref="Parameters"/> and <see cref="Buffers"/> of a network have; it may be without memory, on the device "meta".</summary>
    internal static (long Parameters, long Buffers) Sizes(nn.Module network) =>
        (network.named_parameters().Sum(p => p.parameter.numel()), StatisticsOf(network).Sum(b => b.numel()));

    private static IEnumerable<Tensor> StatisticsOf(nn.Module network) => network.named_buffers().Select(b => b.buffer).Where(b => b.is_floating_point());

    /// <summary>The network itself.</summary>
    public nn.Module Network { get; }

    /// <summary>[P] float32: all parameters, in registration order.</summary>
    public Tensor Parameters { get; }

    /// <summary>[P] float32: all gradients, in the same order. A backward pass adds to them.</summary>
    public Tensor Gradients { get; }

    /// <summary>[B] float32: batch norm's running statistics, in registration order.</summary>
    public Tensor Buffers { get; }

    /// <summary>Name, shape and place of every parameter in <see cref="Parameters"/>.</summary>
    public IEnumerable<(string Name, long[] Shape)> Layout => _parameters.Select(p => (p.Name, p.Parameter.shape));

    /// <summary>Switches the gradients of all parameters on or off: the network that does not step needs none.</summary>
    public void RequireGradients(bool on)
    {
        foreach ((_, Parameter parameter) in _parameters) parameter.requires_grad = on;
    }

    /// <summary>Gives up the flat tensors but not the network: its parameters go on holding the storage that they view.</summary>
    public void Release()
    {
        Parameters.Dispose();
        Gradients.Dispose();
        Buffers.Dispose();
    }

    /// <summary>Frees the network and its storage.</summary>
    public void Dispose()
    {
        Network.Dispose();
        Release();
    }

    /// <summary>Copies tensors into one flat one and makes each of them a view of its part.</summary>
    private static Tensor Flatten(IReadOnlyList<Tensor> parts)
    {
        if (parts.Count == 0) return zeros(0).MoveToOuterDisposeScope();
        Tensor flat = cat([.. parts.Select(p => p.detach().reshape(-1))]);
        long offset = 0;
        foreach (Tensor part in parts)
        {
            long count = part.numel();
            part.set_(flat.narrow(0, offset, count).view(part.shape));
            offset += count;
        }
        return flat.MoveToOuterDisposeScope();
    }
}
