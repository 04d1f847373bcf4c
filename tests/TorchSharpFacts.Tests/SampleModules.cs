using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GanPipeline.TorchSharpFacts.Tests;

/// <summary>Fields of every kind: layers, a parameter, a buffer, and one under another name.</summary>
internal sealed class Block : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> first = Linear(2, 3);
    private readonly Module<Tensor, Tensor> norm = BatchNorm1d(3);
    private readonly Parameter scale = Parameter(ones(3));
    private readonly Tensor shift = zeros(3);

    [ComponentName(Name = "last")]
    private readonly Module<Tensor, Tensor> hidden = Linear(3, 1, hasBias: false);

    public Block(bool register = true)
        : base(nameof(Block))
    {
        if (register)
        {
            RegisterComponents();
        }
    }

    public Parameter Scale => scale;

    public Tensor Shift => shift;

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return hidden.call((norm.call(first.call(input)) * scale) + shift).MoveToOuterDisposeScope();
    }
}

/// <summary>Two inputs and nothing registered.</summary>
internal sealed class Pair(string name) : Module<Tensor, Tensor, Tensor>(name)
{
    public override Tensor forward(Tensor left, Tensor right) => left + right;
}
