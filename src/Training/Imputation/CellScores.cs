using static TorchSharp.torch;

namespace GanPipeline.Training.Imputation;

/// <summary>How far guesses are from cells that are known.</summary>
internal static class CellScores
{
    /// <summary>A column a figure: mean absolute error of numbers as a share of the column's range, share of categories whose likeliest guess is right;
    /// NaN where no cell counts.</summary>
    /// <param name="layout">How the cells lie.</param>
    /// <param name="guess">[N, width].</param>
    /// <param name="values">[N, width] the truth.</param>
    /// <param name="counted">[N, columns] 1 where a cell counts.</param>
    public static double[] PerColumn(CellLayout layout, Tensor guess, Tensor values, Tensor counted)
    {
        double[] scores = new double[layout.Columns.Count];
        for (int k = 0; k < scores.Length; k++)
        {
            CellColumn column = layout.Columns[k];
            Tensor weight = counted.narrow(1, k, 1), ours = guess.narrow(1, column.First, column.Width), truth = values.narrow(1, column.First, column.Width);
            double cells = weight.sum().item<float>();
            Tensor hits = column.IsNumber ? (ours - truth).abs()
                : (ours.argmax(1, keepdim: true) == truth.argmax(1, keepdim: true)).to_type(ScalarType.Float32);
            double total = (hits * weight).sum().item<float>() / cells;
            scores[k] = column.IsNumber ? total * column.Deviation / (column.Code.Max - column.Code.Min) : total;
        }
        return scores;
    }

    /// <summary>
    /// Mean over the columns of the error, of which the mean's or the most frequent category's is 1; columns are left out where no cell counts, or these make
    /// no error.
    /// </summary>
    /// <param name="layout">How the cells lie.</param>
    /// <param name="scores">A figure a column.</param>
    /// <param name="ofMean">Those of the mean.</param>
    public static double OfMean(CellLayout layout, double[] scores, double[] ofMean) => layout.Columns
        .Select((c, k) => c.IsNumber ? scores[k] / ofMean[k] : (1 - scores[k]) / (1 - ofMean[k])).Where(double.IsFinite).DefaultIfEmpty(1).Average();

    /// <summary>What training is stopped by: mean over the columns of squared error or cross-entropy, so that no column counts more because it has more
    /// cells.</summary>
    public static double Loss(CellLayout layout, Tensor guess, Tensor values, Tensor counted)
    {
        long numbers = layout.Numbers, slots = layout.Width - numbers;
        Tensor perNumber = (guess.narrow(1, 0, numbers) - values.narrow(1, 0, numbers)).Squared();
        Tensor perSlot = -(guess.narrow(1, numbers, slots).AtLeast(1e-7).log() * values.narrow(1, numbers, slots));
        Tensor sums = (cat([perNumber, perSlot], 1) * layout.Spread(counted)).sum(dim: 0);
        Tensor byColumn = zeros(layout.Columns.Count).index_add_(0, layout.ColumnOf, sums, Held.One);
        return (byColumn / counted.sum(dim: 0).clamp_min(Held.One)).mean().item<float>();
    }
}
