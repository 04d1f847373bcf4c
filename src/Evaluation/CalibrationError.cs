namespace GanPipeline.Evaluation;

/// <summary>
/// How far probabilities are from frequencies, 0 (best) to 1: the expected calibration error of each class against the rest, in ten bins of equal width, and
/// its mean over the classes (Naeini et al. 2015, "Obtaining well calibrated probabilities using Bayesian binning", section "Calibration"; classwise as Kull et
/// al. 2019, "Beyond temperature scaling", section 2). Of two classes both have the same.
/// </summary>
internal static class CalibrationError
{
    private const int Bins = 10;

    /// <summary>The error.</summary>
    /// <param name="actual">[N] class indices as they are; at least one.</param>
    /// <param name="probabilities">[N, classes], row-major.</param>
    public static double Of(long[] actual, float[] probabilities)
    {
        int classes = probabilities.Length / actual.Length;
        return Enumerable.Range(0, classes).Average(c =>
        {
            double[] said = new double[Bins], happened = new double[Bins];
            for (int row = 0; row < actual.Length; row++)
            {
                float p = probabilities[row * classes + c];
                int bin = Math.Clamp((int)(p * Bins), 0, Bins - 1);
                said[bin] += p;
                if (actual[row] == c) happened[bin]++;
            }
            return said.Zip(happened, (s, h) => Math.Abs(s - h)).Sum() / actual.Length;
        });
    }
}
