using System.Globalization;
using GanPipeline.Evaluation.Methods;
using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Stages;

/// <summary>One sentence that says whether the generator is worth it: only where its gain over the best free method is more than chance explains.</summary>
internal static class Advice
{
    /// <summary>The sentence.</summary>
    /// <param name="free">Name of the best method that costs nothing.</param>
    /// <param name="freeScore">Its macro-F1.</param>
    /// <param name="generatorScore">The generator's.</param>
    /// <param name="gain">The 95 % interval of the difference; null where <paramref name="few"/> is given.</param>
    /// <param name="few">A class of too few rows to tell; null where there is none.</param>
    public static string Of(string free, double freeScore, double generatorScore, Interval? gain, FewRows? few)
    {
        if (few is not null || gain is null)
        {
            return string.Create(CultureInfo.InvariantCulture, $"Use '{free}', which costs nothing: {few?.ToString() ?? FewRows.Sentence} whether the " +
                $"generator helps (macro-F1 {generatorScore:F3} against {freeScore:F3}; {Bootstrap.FewestRows} rows of each class are needed).");
        }
        string interval = FormattableString.Invariant($"95 % interval of the difference {gain.Low:+0.000;-0.000} to {gain.High:+0.000;-0.000}");
        return generatorScore <= freeScore
            ? string.Create(CultureInfo.InvariantCulture, $"Use '{free}', which costs nothing: the generator did not help (macro-F1 {generatorScore:F3} " +
                $"against {freeScore:F3}; {interval}).")
            : gain.Low <= 0
            ? string.Create(CultureInfo.InvariantCulture, $"Use '{free}', which costs nothing: the generator is ahead (macro-F1 {generatorScore:F3} against " +
                $"{freeScore:F3}), " +
                $"but chance may explain it ({interval}).")
            : string.Create(CultureInfo.InvariantCulture, $"Use the generator: it helped (macro-F1 {generatorScore:F3} against {freeScore:F3} of '{free}', " +
                $"which costs nothing; {interval}).");
    }
}
