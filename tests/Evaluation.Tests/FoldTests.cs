using GanPipeline.Evaluation.Methods;

namespace GanPipeline.Evaluation.Tests;

public class FoldTests
{
    private static readonly float[] Rows = [.. Enumerable.Range(0, 70).SelectMany(i => new[] { i, 0.5f })];
    private static readonly long[] Labels = [.. Enumerable.Range(0, 70).Select(i => i < 10 ? 1L : 0)];

    private static int[] Folds(float[] rows, ulong seed = 1) => RowSplit.Folds(rows, 2, Labels, 2, 5, seed);

    [Fact]
    public void Each_fold_has_its_share_of_each_class()
    {
        int[] folds = Folds(Rows);
        Assert.Equal(Enumerable.Repeat(12, 5), folds.Skip(10).CountBy(f => f).OrderBy(f => f.Key).Select(f => f.Value));
        Assert.Equal(Enumerable.Repeat(2, 5), folds.Take(10).CountBy(f => f).OrderBy(f => f.Key).Select(f => f.Value));
        Assert.Equal(folds, Folds(Rows));
        Assert.NotEqual(folds, Folds(Rows, seed: 2));
    }

    [Fact]
    public void Equal_rows_are_in_one_fold()
    {
        float[] rows = [.. Rows];
        for (int row = 20; row < 70; row++) rows[2 * row] = row % 10;
        int[] folds = Folds(rows);
        for (int row = 20; row < 70; row++) Assert.Equal(folds[20 + row % 10], folds[row]);
        Assert.Equal(5, folds.Distinct().Count());
    }

    [Fact]
    public void A_gain_that_differs_from_fold_to_fold_is_less_certain()
    {
        FoldGain gain = FoldGain.Of([0.6, 0.7, 0.83], [0.5, 0.6, 0.7]);
        Assert.Equal(0.11, gain.Mean, 12);
        Assert.Equal(0.01, gain.Error, 12); // differences .10, .10, .13: deviation .0173, over the root of three
        // mean ± 2 errors on the scale of the log odds of -1 to 1, which is 2 artanh, so that no interval leaves the range that a gain has
        double reach = 2 * 0.01 / (1 - 0.11 * 0.11), middle = Math.Atanh(0.11);
        Assert.Equal(Math.Tanh(middle - reach), gain.Interval.Low, 12);
        Assert.Equal(Math.Tanh(middle + reach), gain.Interval.High, 12);
        Assert.Equal((0.09, 0.13), (Math.Round(gain.Interval.Low, 3), Math.Round(gain.Interval.High, 3)));
    }
}
