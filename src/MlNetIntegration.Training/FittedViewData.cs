using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;
using TorchSharp;

namespace GanPipeline.MlNet;

/// <summary>The fitted view as a data set: features in their own units, which the networks see standardised, column by column.</summary>
internal static class FittedViewData
{
    private const double LargestOffset = 1000;

    internal static Dataset Read(VectorRows rows)
    {
        float[][] blocks = rows.ReadFeatures(_ => true);
        long count = blocks.Sum(b => (long)b.Length) / rows.FeatureCount;
        if (count < 2)
            throw new UserErrorException($"a generator cannot be trained on {count} row; give at least 2 rows with a label");
        if (count * rows.FeatureCount > Array.MaxLength)
            throw new UserErrorException($"{count} rows of {rows.FeatureCount} features do not fit into memory for training; "
                + "use fewer rows, or train with 'gan train'");
        float[] values = [.. blocks.SelectMany(b => b)];
        long[] labels = [.. rows.Classes.SelectMany((c, i) => Enumerable.Repeat((long)i, c.Count))];
        string hash = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan())));
        return new Dataset("fitted view", hash, torch.tensor(values, [count, rows.FeatureCount]), torch.tensor(labels), [.. rows.Classes.Select(c => c.Name)],
            new SampleFormat(SampleFormat.Points, [rows.FeatureCount], 1, 0) { Units = Standardisation(values, rows) });
    }

    /// <summary>Mean and standard deviation of each column.</summary>
    private static SampleUnits Standardisation(float[] values, VectorRows rows)
    {
        int columns = rows.FeatureCount;
        SampleUnits units = SampleUnits.Standardising(values, columns);
        for (int j = 0; j < columns; j++)
        {
            if (units.Scale[j] > 0 && Math.Abs(units.Shift[j]) > LargestOffset * units.Scale[j])
            {
                throw new UserErrorException(FormattableString.Invariant(
                    $"number {j} of features column '{rows.Features.Name}' lies around {units.Shift[j]:G4} and varies by {units.Scale[j]:G2} only, ")
                    + "too little for single precision; normalise the features first, for instance with NormalizeMeanVariance");
            }
        }
        return units;
    }
}
