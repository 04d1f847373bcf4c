using System.Text.Json.Serialization;
using GanPipeline.Tables;

namespace GanPipeline.Training.Data;

/// <summary>Real rows that the generator of a table holds, and starts from in small classes.</summary>
/// <param name="Counts">[classes] rows of each class; 0 for a class that is generated from noise alone.</param>
internal sealed record AnchorRows(IReadOnlyList<int> Counts)
{
    /// <summary>The encoded rows, class after class: [rows, width]. In a checkpoint they are a tensor of their own.</summary>
    [JsonIgnore]
    public float[] Rows { get; init; } = [];

    /// <summary>The rows of the classes that have at least one and fewer than <paramref name="most"/>; null where no class has.</summary>
    public static AnchorRows? Of(float[] rows, int width, long[] labels, int classes, int most)
    {
        int[][] places = [.. Enumerable.Range(0, classes).Select(c => Enumerable.Range(0, labels.Length).Where(i => labels[i] == c).ToArray())
            .Select(p => p.Length < most ? p : [])];
        return places.All(p => p.Length == 0) ? null : Pick(rows, width, places);
    }

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
        int width = codec.Width;
        if (Counts.Count != classes || Counts.Any(n => n < 0) || rows == 0 || rows * width != Rows.Length)
            throw new UserErrorException($"its {Rows.Length} numbers of real rows are not {rows} rows of {width} " +
                $"in {Counts.Count} of {classes} classes.");
        (ColumnCode Column, int Scalar, int Slot)[] layout = [.. codec.Layout()];
        for (int first = 0; first < Rows.Length; first += width)
        {
            ReadOnlySpan<float> row = Rows.AsSpan(first, width);
            foreach ((ColumnCode column, int scalar, int slot) in layout)
            {
                ReadOnlySpan<float> slots = row.Slice(slot, column.Slots);
                if ((column.Scalars > 0 && !(Math.Abs(row[scalar]) <= 1))
                    || (column.Slots > 0 && (slots.Count(1f) != 1 || slots.Count(0f) != column.Slots - 1)))
                    throw new UserErrorException($"real row {first / width} has no value of column '{column.Name}'.");
            }
        }
    }
}
