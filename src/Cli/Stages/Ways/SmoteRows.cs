using GanPipeline.Tables;

namespace GanPipeline.Cli.Stages;

/// <summary>
/// SMOTE-NC (Chawla et al. 2002, sections 4.2 and 6.1) on encoded rows: a number between those of a row and of one of its five nearest of the class, where both
/// are of one mode, else the row's own; a category by the vote of the five.
/// </summary>
internal sealed class SmoteRows(TableCodec codec, float[] rows, long[] labels, int classes)
{
    private const int Neighbours = 5;

    private readonly int[][] _places = [.. Enumerable.Range(0, classes).Select(c => Enumerable.Range(0, labels.Length).Where(i => labels[i] == c).ToArray())];
    private readonly Dictionary<int, int[]> _nearest = [];

    /// <summary>A row for each class in <paramref name="wanted"/>: [N, width].</summary>
    public float[] Make(IReadOnlyList<long> wanted, int seed)
    {
        var random = new Random(seed);
        int width = codec.Width;
        float[] made = new float[wanted.Count * width];
        for (int n = 0; n < wanted.Count; n++)
        {
            int[] own = _places[wanted[n]];
            int from = own[random.Next(own.Length)];
            int[] near = Nearest(from, own);
            int to = near[random.Next(near.Length)];
            float t = random.NextSingle();
            Span<float> target = made.AsSpan(n * width, width), a = Row(from), b = Row(to);
            a.CopyTo(target);
            foreach ((ColumnCode column, int scalar, int slot) in codec.Layout())
            {
                if (column.Scalars > 0 && a.Slice(slot, column.Slots).SequenceEqual(b.Slice(slot, column.Slots)))
                    target[scalar] = a[scalar] + t * (b[scalar] - a[scalar]);
                if (column.Kind != CodeKind.OneHot) continue;
                int winner = near.Select(i => Row(i).Slice(slot, column.Slots).IndexOf(1f)).GroupBy(s => s).MaxBy(g => g.Count())!.Key;
                target.Slice(slot, column.Slots).Clear();
                target[slot + winner] = 1;
            }
        }
        return made;
    }

    private int[] Nearest(int row, int[] own)
    {
        if (_nearest.TryGetValue(row, out int[]? known)) return known;
        int[] near = [.. own.Where(i => i != row).OrderBy(i => Distance(row, i)).Take(Neighbours)];
        return _nearest[row] = near.Length > 0 ? near : [row];
    }

    private float Distance(int i, int j)
    {
        ReadOnlySpan<float> a = Row(i), b = Row(j);
        float sum = 0;
        for (int k = 0; k < a.Length; k++) sum += (a[k] - b[k]) * (a[k] - b[k]);
        return sum;
    }

    private Span<float> Row(int i) => rows.AsSpan(i * codec.Width, codec.Width);
}
