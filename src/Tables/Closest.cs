namespace GanPipeline.Tables;

/// <summary>The nearest of those that are offered.</summary>
/// <param name="count">How many are kept.</param>
internal sealed class Closest(int count)
{
    private readonly (double Distance, int Place)[] _best = new (double, int)[count];
    private int _found;

    /// <summary>The nearest, the nearest first; equals in the order in which they came.</summary>
    public ReadOnlySpan<(double Distance, int Place)> Found => _best.AsSpan(0, _found);

    /// <summary>Takes a candidate.</summary>
    /// <param name="distance">How far away it is, or any measure that grows with it.</param>
    /// <param name="place">Its number.</param>
    public void Offer(double distance, int place)
    {
        if (_found == count && !(distance < _best[^1].Distance)) return;
        if (_found < count) _found++;
        int at = _found - 1;
        for (; at > 0 && _best[at - 1].Distance > distance; at--) _best[at] = _best[at - 1];
        _best[at] = (distance, place);
    }
}
