using GanPipeline.Primitives;
using GanPipeline.Tables;

namespace GanPipeline.Stages;

/// <summary>
/// SMOTE-NC (Chawla et al. 2002, sections 4.2 and 6.1) on encoded rows: a number between those of a row and of one of its five nearest of the class, where both
/// are of one mode, else the row's own; a category by the vote of the five.
/// </summary>
internal sealed class SmoteRows(TableCodec codec, LabelledRows rows)
{
    private const int Neighbours = 5;

    private readonly NearestRows[] _classes = [.. Enumerable.Range(0, rows.ClassNames.Count).Select(c =>
        new NearestRows(rows.Pick([.. Enumerable.Range(0, rows.Count).Where(i => rows.Labels[i] == c)]).Values, codec, Neighbours))];

    /// <summary>A row for each class in <paramref name="wanted"/>: [N, width].</summary>
    public float[] Make(IReadOnlyList<long> wanted, ulong seed)
    {
        var random = new RandomStream(seed);
        int width = codec.Width;
        float[] made = new float[wanted.Count * width];
        for (int n = 0; n < wanted.Count; n++)
        {
            NearestRows own = _classes[wanted[n]];
            int from = random.Next(own.Count);
            IReadOnlyList<int> near = own.Count > 1 ? own.Of(from) : [from];
            int to = near[random.Next(near.Count)];
            float t = random.NextSingle();
            Span<float> target = made.AsSpan(n * width, width);
            ReadOnlySpan<float> a = own.Row(from), b = own.Row(to);
            a.CopyTo(target);
            foreach ((ColumnCode column, int scalar, int slot) in codec.Layout())
            {
                if (column.Scalars > 0 && a.Slice(slot, column.Slots).SequenceEqual(b.Slice(slot, column.Slots)))
                    target[scalar] = a[scalar] + t * (b[scalar] - a[scalar]);
                if (column.Kind != CodeKind.OneHot || column.Slots == 0) continue; // a column of one category has no slot
                int winner = near.Select(i => own.Row(i).Slice(slot, column.Slots).IndexOf(1f)).GroupBy(s => s).MaxBy(g => g.Count())!.Key;
                target.Slice(slot, column.Slots).Clear();
                target[slot + winner] = 1;
            }
        }
        return made;
    }
}
