using GanPipeline.Tables;
using GanPipeline.Training.Data;
using TorchSharp;

namespace GanPipeline.Training.Networks;

/// <summary>
/// Several rows for one: the first whose <see cref="ClassMargin"/> reaches the strictness is taken, or, where none does, the one of the largest margin
/// (rejection, as in Azadi et al. 2019, "Discriminator rejection sampling", by neighbours instead of the discriminator). Of candidates that start from a real
/// row, each is moved less far from it than the one before.
/// </summary>
internal sealed class RowCandidates : IDisposable
{
    internal RowCandidates(TableCodec codec, AnchorRows landmarks, int count, double strictness, Device device)
    {
        (Count, Strictness, Margin) = (count, strictness, new ClassMargin(codec, landmarks, device));
        Freedoms = tensor([.. Enumerable.Range(0, count).Select(i => 1 - i / (float)count)], [count, 1], device: device).DetachFromDisposeScope();
    }

    /// <summary>Rows that one is taken from.</summary>
    public int Count { get; }

    /// <summary>How many times as far as the nearest real row of its own class the nearest of another must be for a row to be taken at once.</summary>
    public double Strictness { get; }

    /// <summary>What they are compared by.</summary>
    public ClassMargin Margin { get; }

    /// <summary>How far each may go from the real row that it starts from, [count, 1]: 1 as far as the network gives, 0 not at all.</summary>
    public Tensor Freedoms { get; }

    /// <summary>Which row of every <see cref="Count"/> is taken.</summary>
    /// <param name="rows">[N · count, width] encoded rows.</param>
    /// <param name="label">[N · count, classes], above 0 for the class alone.</param>
    /// <returns>[N] numbers of rows.</returns>
    public Tensor Best(Tensor rows, Tensor label)
    {
        long samples = rows.shape[0] / Count;
        Tensor margin = Margin.call(rows, label).AtMost(Strictness * Strictness).view(samples, Count);
        return margin.argmax(1).Plus(Held.Range(0, samples, int64, rows.device).Times(Count));
    }

    /// <inheritdoc/>
    public void Dispose() => Freedoms.Dispose();
}
