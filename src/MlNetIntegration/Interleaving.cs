namespace GanPipeline.MlNet;

/// <summary>
/// The order of added rows: the classes take turns, so that a trainer that reads the rows in order does not see long runs of one class. Computed and not
/// stored, since there may be very many rows.
/// </summary>
internal sealed class Interleaving
{
    /// <summary>Rounds in which the same classes have rows left.</summary>
    private readonly record struct Stretch(long FirstPosition, int FirstRound, int[] Classes);

    private readonly List<Stretch> _stretches = [];

    internal Interleaving(IReadOnlyList<int> additions)
    {
        int round = 0;
        foreach (int end in additions.Where(a => a > 0).Distinct().Order())
        {
            int[] classes = [.. Enumerable.Range(0, additions.Count).Where(c => additions[c] >= end)];
            _stretches.Add(new(Count, round, classes));
            Count += (long)(end - round) * classes.Length;
            round = end;
        }
    }

    /// <summary>Rows of all classes.</summary>
    internal long Count { get; }

    /// <summary>The class of the row at a position, and the row's index in its class.</summary>
    internal (int Class, int Index) this[long position]
    {
        get
        {
            int i = _stretches.Count - 1;
            while (_stretches[i].FirstPosition > position)
                i--;
            long within = position - _stretches[i].FirstPosition;
            int[] classes = _stretches[i].Classes;
            return (classes[within % classes.Length], _stretches[i].FirstRound + (int)(within / classes.Length));
        }
    }
}
