using GanPipeline.Evaluation.Features;

namespace GanPipeline.Evaluation.Points;

/// <summary>Where the modes of synthetic data lie.</summary>
/// <param name="Points">[modes, columns], row-major.</param>
/// <param name="Deviation">Standard deviation of the samples around a centre, per coordinate.</param>
internal sealed record ModeCentres(float[] Points, double Deviation)
{
    /// <summary>Deviations within which a sample counts as being of its mode.</summary>
    private const double Near = 3;

    /// <summary>The nearest centre of each sample, and whether it is within three standard deviations.</summary>
    internal (int[] Nearest, bool[] Near) Assign(FeatureSet samples)
    {
        Neighbour[][] nearest = Distances.Nearest(samples, new FeatureSet(Points, samples.Columns), 1);
        return (Array.ConvertAll(nearest, n => n[0].Place), Array.ConvertAll(nearest, n => n[0].Distance <= Near * Deviation));
    }
}
