using GanPipeline.Tables;
using TorchSharp;

namespace GanPipeline.Training.Networks;

/// <summary>
/// One slot of each column's block: from logits to 1 for the block's largest and 0 for the others, with the gradient of the softmax at a temperature (the
/// straight-through estimator of Bengio, Léonard and Courville 2013; with perturbed logits as the Gumbel-softmax of Jang et al. 2017, whose perturbations are
/// normal here, which is what a generator file's noise is).
/// </summary>
/// <remarks>All blocks are spread to the size of the widest, so that all choices are one operation; the entries that a block lacks are impossible.</remarks>
internal sealed class SlotChoice : IDisposable
{
    private const float Impossible = -1e9f;

    private readonly double _temperature;
    private readonly Tensor _impossible;

    internal SlotChoice(TableCodec codec, double temperature, Device device)
    {
        _temperature = temperature;
        int[] blocks = [.. codec.Parts.Select(c => c.Slots).Where(n => n > 0)];
        (Blocks, Widest) = (blocks.Length, blocks.Max());
        var spread = new List<long>();
        var gathered = new List<long>();
        for (int b = 0, first = 0; b < blocks.Length; first += blocks[b++])
        {
            for (int k = 0; k < Widest; k++)
            {
                if (k < blocks[b]) gathered.Add(spread.Count);
                spread.Add(k < blocks[b] ? first + k : codec.Slots);
            }
        }
        Spread = tensor(spread.ToArray(), device: device).DetachFromDisposeScope();
        Gathered = tensor(gathered.ToArray(), device: device).DetachFromDisposeScope();
        _impossible = tensor([Impossible], [1, 1], device: device).DetachFromDisposeScope();
    }

    /// <summary>Blocks of slots.</summary>
    public long Blocks { get; }

    /// <summary>Slots of the largest block.</summary>
    public long Widest { get; }

    /// <summary>Which slot each entry of the spread blocks is, [blocks · widest]; the number of slots where it is none.</summary>
    public Tensor Spread { get; }

    /// <summary>Where in the spread blocks each slot is, [slots].</summary>
    public Tensor Gathered { get; }

    /// <summary>From logits [N, slots] to choices [N, slots].</summary>
    public Tensor Of(Tensor logits)
    {
        Tensor soft = Blocked(logits).Over(_temperature).softmax(-1);
        return InSlots(soft.Plus(Largest(soft.detach()) - soft.detach()));
    }

    /// <summary>The same without a gradient.</summary>
    public Tensor Hard(Tensor logits) => InSlots(Largest(Blocked(logits)));

    private static Tensor Largest(Tensor blocked) => blocked.eq(blocked.max(-1, keepdim: true).values).to_type(ScalarType.Float32);

    private Tensor Blocked(Tensor logits) =>
        cat([logits, _impossible.expand(logits.shape[0], 1)], 1).index_select(1, Spread).view(logits.shape[0], Blocks, Widest);

    private Tensor InSlots(Tensor blocked) => blocked.view(blocked.shape[0], Blocks * Widest).index_select(1, Gathered);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor constant in (Tensor[])[Spread, Gathered, _impossible]) constant.Dispose();
    }
}
