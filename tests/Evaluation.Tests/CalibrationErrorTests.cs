using GanPipeline.Evaluation.Methods;

namespace GanPipeline.Evaluation.Tests;

public class CalibrationErrorTests
{
    /// <summary>Said .25 for four rows of which one is of the class: no error. Said .95 for two of which one is: .45 for a third of the rows.</summary>
    [Fact]
    public void Is_the_distance_of_what_is_said_from_what_happens_in_each_bin()
    {
        float[] right = [.. Enumerable.Repeat(new[] { 0.75f, 0.25f }, 4).SelectMany(p => p)];
        Assert.Equal(0, CalibrationError.Of([0, 0, 1, 0], right), 1e-6);
        float[] wrong = [.. right, 0.05f, 0.95f, 0.05f, 0.95f];
        Assert.Equal(0.45 * 2 / 6, CalibrationError.Of([0, 0, 1, 0, 0, 1], wrong), 1e-6);
    }

    [Fact]
    public void Is_nothing_for_certainty_that_is_right_and_one_for_certainty_that_is_wrong()
    {
        float[] sure = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        Assert.Equal(0, CalibrationError.Of([0, 1, 2], sure));
        Assert.Equal(2 / 3.0, CalibrationError.Of([1, 2, 0], sure), 1e-9); // each class is said once and happens once, elsewhere
        Assert.Equal(1, CalibrationError.Of([1, 1], [1, 0, 1, 0]), 1e-9);
    }

    /// <summary>Gains .1, .3 of two folds: a variance of .02; 1/2 of it for folds of their own, 1/2 + 1/(folds - 1) for cuts.</summary>
    [Fact]
    public void Gains_on_repeated_cuts_are_less_sure_than_on_folds_of_their_own()
    {
        FoldGain own = FoldGain.Of([0.5, 0.8], [0.4, 0.5]), cuts = FoldGain.OfCuts([0.5, 0.8], [0.4, 0.5], folds: 3);
        Assert.Equal((0.2, 0.2), (Math.Round(own.Mean, 9), Math.Round(cuts.Mean, 9)));
        Assert.Equal(Math.Sqrt(0.02 / 2), own.Error, 1e-9);
        Assert.Equal(Math.Sqrt(0.02 * (0.5 + 0.5)), cuts.Error, 1e-9);
    }
}
