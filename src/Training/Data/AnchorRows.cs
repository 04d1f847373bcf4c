using System.Text.Json.Serialization;
using GanPipeline.Tables;

namespace GanPipeline.Training.Data;

/// <summary>Real rows that the generator of a table holds: those that it starts from in small classes, or those that it compares with.</summary>
/// <param name="Counts">[classes] rows of each class; 0 for a class that is generated from noise alone.</param>
internal sealed record AnchorRows(IReadOnlyList<int> Counts)
{
    /// <summary>The encoded rows, class after class: [rows, width]. In a checkpoint they are a tensor of their own.</summary>
    [JsonIgnore]
    public float[] Rows { get; init; } = [];

    /// <summary>Neighbours of each row that it can be blended with.</summary>
    public const int Neighbours = 5;

    /// <summary>Rows of a class that a generated row is compared with at most.</summary>
    public const int MostLandmarks = 2000;

    /// <summary>The rows of the classes that have at least one and fewer than <paramref name="most"/>; null where no class has.</summary>
    public static AnchorRows? Of(float[] rows, int width, long[] labels, int classes, int most)
    {
        int[][] places = [.. Enumerable.Range(0, classes).Select(c => Enumerable.Range(0, labels.Length).Where(i => labels[i] == c).ToArray())
            .Select(p => p.Length < most ? p : [])];
        return places.All(p => p.Length == 0) ? null : Pick(rows, width, places);
    }

    /// <summary>All rows of each class; of one that has more than <see cref="MostLandmarks"/> that many, evenly spread over the table.</summary>
    public static AnchorRows Landmarks(float[] rows, int width, long[] labels, int classes) => Pick(rows, width,
        [.. Enumerable.Range(0, classes).Select(c => Enumerable.Range(0, labels.Length).Where(i => labels[i] == c).ToArray())
            .Select(p => Spread(p.Length).Select(i => p[i]).ToArray())]);

    /// <summary>So many numbers below <paramref name="count"/> as rows of a class are compared with, evenly spread.</summary>
    private static int[] Spread(int count) => [.. Enumerable.Range(0, Math.Min(count, MostLandmarks))
        .Select(i => (int)((long)i * count / Math.Min(count, MostLandmarks)))];

    private static AnchorRows Pick(float[] rows, int width, int[][] places)
    {
        float[] kept = new float[places.Sum(p => p.Length) * width];
        int next = 0;
        foreach (int row in places.SelectMany(p => p)) rows.AsSpan(row * width, width).CopyTo(kept.AsSpan(next++ * width));
        return new AnchorRows([.. places.Select(p => p.Length)]) { Rows = kept };
    }

    /// <summary>As many classes, and no row.</summary>
    internal AnchorRows Emptied() => new([.. Counts.Select(_ => 0)]);

    /// <summary>Refuses rows that do not fit their counts or the code.</summary>
    /// <exception cref="UserErrorException">They do not.</exception>
    internal void Check(TableCodec codec, int classes)
    {
        long rows = Counts.Sum(n => (long)n);
        if (Counts.Count != classes || Counts.Any(n => n < 0) || rows == 0 || rows * codec.Width != Rows.Length)
            throw new UserErrorException($"its {Rows.Length} numbers of real rows are not {rows} rows of {codec.Width} " +
                $"in {Counts.Count} of {classes} classes.");
        (ColumnCode Column, int Scalar, int Slot)[] layout = [.. codec.Layout()];
        for (int first = 0; first < Rows.Length; first += codec.Width)
        {
            ReadOnlySpan<float> row = Rows.AsSpan(first, codec.Width);
            foreach ((ColumnCode column, int scalar, int slot) in layout)
            {
                ReadOnlySpan<float> slots = row.Slice(slot, column.Slots);
                if ((column.Scalars > 0 && !(Math.Abs(row[scalar]) <= 1))
                    || (column.Slots > 0 && (slots.Count(1f) != 1 || slots.Count(0f) != column.Slots - 1)))
                    throw new UserErrorException($"real row {first / codec.Width} has no value of column '{column.Name}'.");
            }
        }
    }

    /// <summary>
    /// [rows · neighbours, scalars]: from each row's scalars to those of each of its nearest rows of the same class, Euclidean in the code; 0 for a column in
    /// which the two have different modes, between which there is nothing. A class of fewer rows has its neighbours several times, and one of more than <see
    /// cref="MostLandmarks"/> has them among that many, evenly spread over the table.
    /// </summary>
    public float[] StepsToNeighbours(TableCodec codec)
    {
        float[] rows = Rows;
        int width = codec.Width, scalars = codec.Scalars;
        float[] steps = new float[ArrayLimit.Check((Int128)(rows.Length / width) * Neighbours * scalars,
            $"the differences between {rows.Length / width} real rows and their neighbours", "start from fewer (a smaller data.anchors)")];
        (ColumnCode Column, int Scalar, int Slot)[] layout = [.. codec.Layout().Where(c => c.Column.Scalars > 0)];
        for (int start = 0, c = 0; c < Counts.Count; start += Counts[c++])
        {
            ReadOnlyMemory<float> own = rows.AsMemory(start * width, Counts[c] * width);
            var near = new NearestRows(MixedRows.OfCode(own, codec), Neighbours, others: Spread(Counts[c]));
            for (int i = 0; i < Counts[c]; i++)
            {
                ReadOnlySpan<float> row = own.Span.Slice(i * width, width);
                IReadOnlyList<int> nearest = near.Of(i);
                for (int k = 0; k < Neighbours; k++)
                {
                    ReadOnlySpan<float> other = own.Span.Slice((nearest.Count == 0 ? i : nearest[k % nearest.Count]) * width, width);
                    Span<float> step = steps.AsSpan(((start + i) * Neighbours + k) * scalars, scalars);
                    foreach ((ColumnCode column, int scalar, int slot) in layout)
                        if (row.Slice(slot, column.Slots).SequenceEqual(other.Slice(slot, column.Slots))) step[scalar] = other[scalar] - row[scalar];
                }
            }
        }
        return steps;
    }
}
