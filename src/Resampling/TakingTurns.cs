using GanPipeline.Primitives;

namespace GanPipeline.Resampling;

/// <summary>
/// Which row of its class a new row starts from: every one equally often, in random order, so that a share of the class is a random share. Not for use by
/// several threads at once.
/// </summary>
/// <param name="rows">Rows of the class.</param>
internal sealed class TakingTurns(int rows)
{
    private (ulong Seed, int[] Order)? _order;

    /// <summary>The place of the row that row number <paramref name="index"/> of the stream of <paramref name="seed"/> starts from.</summary>
    public int Donor(ulong seed, long index)
    {
        if (_order?.Seed != seed)
        {
            int[] order = [.. Enumerable.Range(0, rows)];
            new RandomStream(SeedStream.Derive(seed, "order")).Shuffle<int>(order);
            _order = (seed, order);
        }
        return _order.Value.Order[index % rows];
    }
}
