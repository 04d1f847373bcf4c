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
    internal RowCandidates(TableCodec codec, AnchorRows landmarks, long noise, int count, double strictness, Device device)
    {
        (Count, Strictness, Margin) = (count, strictness, new ClassMargin(codec, landmarks, device));
        var mixes = new CandidateNoise(count, (int)noise);
        Places = tensor(mixes.Places, [count, noise], device: device).DetachFromDisposeScope();
        Signs = tensor(mixes.Signs, [count, noise], device: device).DetachFromDisposeScope();
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

    /// <summary>Which number of a row's noise stands at each place of a candidate's, int64 [count, noise]; see <see cref="CandidateNoise"/>.</summary>
    public Tensor Places { get; }

    /// <summary>The sign that it has there, [count, noise].</summary>
    public Tensor Signs { get; }

    /// <summary>The noise of each row's candidates, one below the other: from [N, noise] to [N · count, noise].</summary>
    public Tensor NoiseOf(Tensor noise) => (noise.index_select(1, Places.view(-1)).view(-1, Count, noise.shape[1]) * Signs).view(-1, noise.shape[1]);

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
    public void Dispose()
    {
        foreach (Tensor constant in (Tensor[])[Places, Signs, Freedoms]) constant.Dispose();
    }
}
