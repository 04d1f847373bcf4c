using System.Security.Cryptography;
using GanPipeline.Training.Updates;

namespace GanPipeline.Training.Privacy;

/// <summary>
/// What a table may give away in all: (ε, δ)-differential privacy, where two tables are neighbours if one has one row more. A part of ε is for the counts of
/// the classes, where there are some, and the rest for training; the two add up (Dwork and Roth 2014, "The algorithmic foundations of differential privacy",
/// theorem 3.16). The number of rows is taken for known.
/// </summary>
/// <param name="Epsilon">ε, above 0.</param>
/// <param name="Delta">δ, above 0 and below one in the number of rows.</param>
/// <param name="CountsClasses">Whether counts of classes are needed.</param>
internal sealed record PrivacyBudget(double Epsilon, double Delta, bool CountsClasses)
{
    private const double ShareOfCounts = 0.05;

    /// <summary>ε of <see cref="NoisyCounts"/>.</summary>
    public double EpsilonOfCounts => CountsClasses ? Epsilon * ShareOfCounts : 0;

    /// <summary>The options with the least noise with which so many steps stay within what training may spend.</summary>
    /// <param name="options">Options with <see cref="PrivateOptions"/>.</param>
    /// <param name="rows">Rows that are trained on.</param>
    /// <param name="steps">Steps of the whole run.</param>
    /// <exception cref="UserErrorException">ε or δ is out of its range, or no noise is enough.</exception>
    public RunOptions WithNoise(RunOptions options, long rows, long steps)
    {
        Require.That(Epsilon is > 0 and <= 1000, "epsilon", "must be above 0 and at most 1000", Epsilon);
        Require.That(Delta > 0 && Delta < 1.0 / rows, "delta",
            FormattableString.Invariant($"must be above 0 and below one in the {rows} rows that are trained on"), Delta);
        double noise = RdpAccountant.NoiseFor(Rate(options, rows), steps, Epsilon - EpsilonOfCounts, Delta);
        if (noise > PrivateOptions.MostNoise)
        {
            throw new UserErrorException(FormattableString.Invariant(
                $"an epsilon of {Epsilon} over {steps} steps would take noise of {noise:G3} times the clipping norm, ") +
                "in which nothing can be trained; allow more, or take fewer steps.");
        }
        return options with { Update = (PrivateOptions)options.Update with { NoiseMultiplier = noise } };
    }

    /// <summary>ε that training and counts have spent together after so many steps.</summary>
    public double Spent(RunOptions options, long rows, long steps) =>
        EpsilonOfCounts + new RdpAccountant(Rate(options, rows), ((PrivateOptions)options.Update).NoiseMultiplier).Epsilon(steps, Delta);

    /// <summary>
    /// Counts with two-sided geometric noise, which on whole numbers is exact (Ghosh, Roughgarden, Sundararajan 2009, "Universally utility-maximizing privacy
    /// mechanisms", section 2); one row changes one count by one. Those that come out below 0 are 0.
    /// </summary>
    public long[] NoisyCounts(IReadOnlyList<long> counts) => [.. counts.Select(count => Math.Max(0, count + Geometric() - Geometric()))];

    /// <summary>A number that nobody can guess, for a run's seed: who knows it knows the noise.</summary>
    public static ulong SecretSeed() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private static double Rate(RunOptions options, long rows) => Math.Min(1, (double)options.Batch / rows);

    /// <summary>Failures before the first success, each with probability exp(-ε).</summary>
    private long Geometric()
    {
        double uniform = ((SecretSeed() >> 11) + 1) / (double)(1L << 53); // in (0, 1]
        return (long)Math.Floor(Math.Log(uniform) / -EpsilonOfCounts);
    }
}
