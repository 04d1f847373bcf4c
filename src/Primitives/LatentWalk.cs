namespace GanPipeline.Primitives;

/// <summary>
/// The way between two latents along the sphere (White 2016, "Sampling generative networks"): a straight line would pass nearer to the origin than normal
/// latents ever are, where a generator was not trained.
/// </summary>
internal static class LatentWalk
{
    /// <summary>The latent at <paramref name="t"/>, 0 at <paramref name="from"/> and 1 at <paramref name="to"/>.</summary>
    public static void At(float t, ReadOnlySpan<float> from, ReadOnlySpan<float> to, Span<float> destination)
    {
        if (from.Length != to.Length || from.Length != destination.Length)
        {
            throw new ArgumentException($"latents of {from.Length}, {to.Length} and {destination.Length} numbers do not belong together", nameof(destination));
        }

        double product = 0, squareFrom = 0, squareTo = 0;
        for (var i = 0; i < from.Length; i++)
        {
            product += (double)from[i] * to[i];
            squareFrom += (double)from[i] * from[i];
            squareTo += (double)to[i] * to[i];
        }

        var angle = Math.Acos(Math.Clamp(product / Math.Sqrt(squareFrom * squareTo), -1, 1));
        var sine = Math.Sin(angle);
        // Latents in the same or in opposite directions have no arc between them; a line is all that there is.
        var (a, b) = sine > 1e-6 ? (Math.Sin((1 - t) * angle) / sine, Math.Sin(t * angle) / sine) : (1 - t, t);
        for (var i = 0; i < from.Length; i++)
        {
            destination[i] = (float)(a * from[i] + b * to[i]);
        }
    }
}
