using GanPipeline.Tables;

namespace GanPipeline.Resampling;

/// <summary>Rows that a resampler adds to rows of numbers, or to encoded rows of a table: these are decoded, so that the method sees columns.</summary>
internal static class Oversampling
{
    /// <summary>A new row for each class that is wanted.</summary>
    /// <param name="rows">The rows as they are; every wanted class has at least one.</param>
    /// <param name="codec">How they are encoded; null for rows of numbers.</param>
    /// <param name="resampler">The method.</param>
    /// <param name="wanted">[N] class indices.</param>
    /// <param name="seed">Seed of the new rows.</param>
    /// <returns>[N, columns], row-major.</returns>
    public static float[] Of(LabelledRows rows, TableCodec? codec, IResampler resampler, IReadOnlyList<long> wanted, ulong seed)
    {
        int width = rows.Columns;
        float[] added = new float[LabelledRows.Length(wanted.Count, width, "the rows that are added")];
        double[] scales = codec is null ? [] : DecodedRows.Scales(codec, rows.Values);
        var classes = new Dictionary<long, (INewRows New, Action<NewRow, Memory<float>> Write, long Next)>();
        for (int i = 0; i < wanted.Count; i++)
        {
            long label = wanted[i];
            if (!classes.TryGetValue(label, out (INewRows New, Action<NewRow, Memory<float>> Write, long Next) made))
                made = Class(rows.Pick(rows.PlacesOf(label)).Values, width, codec, scales, resampler);
            made.Write(made.New.Row(Primitives.SeedStream.Derive(seed, "class", (ulong)label), made.Next), added.AsMemory(i * width, width));
            classes[label] = made with { Next = made.Next + 1 };
        }
        return added;
    }

    private static (INewRows, Action<NewRow, Memory<float>>, long) Class(float[] rows, int width, TableCodec? codec, double[] scales, IResampler resampler)
    {
        if (codec is null)
            return (resampler.Of(MixedRows.OfNumbers(rows, width)), (row, target) => row.Numbers(place => rows.AsSpan(place * width, width), target.Span), 0);
        var decoded = new DecodedRows(codec, rows);
        return (resampler.Of(decoded.Mixed(scales)), (row, target) => decoded.Write(row, target.Span), 0);
    }
}
