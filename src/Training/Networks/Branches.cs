namespace GanPipeline.Training.Networks;

/// <summary>A residual block (He et al. 2016): what flows in plus what the body makes of it.</summary>
internal sealed class Residual : nn.Module<Tensor, Tensor>
{
    /// <summary>Puts a block together from its parts, which it then owns.</summary>
    /// <param name="body">From [N, ...] to the shape of the sum.</param>
    /// <param name="shortcut">From [N, ...] to the shape of the sum; null where the body keeps the shape.</param>
    public Residual(Sequential body, nn.Module<Tensor, Tensor>? shortcut = null) : base(nameof(Residual))
    {
        (Body, Shortcut) = (body, shortcut);
        register_module("body", body);
        if (shortcut is not null) register_module("shortcut", shortcut);
    }

    /// <summary>The trained layer.</summary>
    public Sequential Body { get; }

    /// <summary>What the input goes through before the sum; null for nothing.</summary>
    public nn.Module<Tensor, Tensor>? Shortcut { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => (Shortcut is null ? input : Shortcut.call(input)).Plus(Body.call(input));
}

/// <summary>What flows in, and what the body makes of it as further features or channels (axis 1), as dense and U-shaped networks do.</summary>
internal sealed class SkipConcat : nn.Module<Tensor, Tensor>
{
    /// <summary>Puts a block around a body, which it then owns.</summary>
    /// <param name="body">From [N, C, ...] to [N, D, ...].</param>
    public SkipConcat(Sequential body) : base(nameof(SkipConcat))
    {
        Body = body;
        register_module("body", body);
    }

    /// <summary>What makes the further features.</summary>
    public Sequential Body { get; }

    /// <summary>From [N, C, ...] to [N, C + D, ...].</summary>
    public override Tensor forward(Tensor input) => cat([input, Body.call(input)], 1);
}
