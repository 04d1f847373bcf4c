using GanPipeline.Tables;
using GanPipeline.Training.Networks;

namespace GanPipeline.Training.Data;

/// <summary>How often values lack in the rows that are trained on.</summary>
/// <param name="ByClass">
/// [classes, or one without classes][columns of <see cref="MissingBias.ColumnsOf"/>] shares; those of all rows for a class that has none.
/// </param>
internal sealed record MissingShares(IReadOnlyList<double[]> ByClass)
{
    /// <summary>The shares of encoded rows; null where no column can lack a value.</summary>
    public static MissingShares? Of(float[] rows, TableCodec codec, long[] labels, int classes)
    {
        MissingColumn[] columns = [.. MissingBias.ColumnsOf(codec)];
        if (columns.Length == 0) return null;
        int width = codec.Width, first = codec.Scalars, all = rows.Length / width;
        double[][] missing = [.. Enumerable.Range(0, Math.Max(1, classes)).Select(_ => new double[columns.Length])];
        int[] counts = new int[missing.Length];
        for (int row = 0; row < all; row++)
        {
            int own = classes == 0 ? 0 : (int)labels[row];
            counts[own]++;
            for (int j = 0; j < columns.Length; j++) missing[own][j] += rows[(long)row * width + first + columns[j].Missing];
        }
        double[] whole = [.. columns.Select((_, j) => missing.Sum(m => m[j]) / all)];
        return new MissingShares([.. missing.Select((m, c) => counts[c] == 0 ? whole : Array.ConvertAll(m, n => n / counts[c]))]);
    }

    /// <summary>Refuses shares that do not fit the code.</summary>
    /// <exception cref="UserErrorException">They do not.</exception>
    internal void Check(TableCodec codec, int classes)
    {
        int columns = MissingBias.ColumnsOf(codec).Count();
        if (ByClass.Count != Math.Max(1, classes) || ByClass.Any(c => c is null || c.Length != columns || c.Any(share => share is not (>= 0 and <= 1))))
            throw new UserErrorException($"its shares of missing values are not those of {columns} columns in {classes} classes.");
    }
}
