namespace GanPipeline.Training.Networks;

/// <summary>
/// The noise of several candidates out of the noise of one: its numbers in another order and with other signs for each. Independent standard normal numbers
/// stay that in every candidate, so that each is distributed as the first; and a row takes as much noise as one candidate does, not as all of them, which would
/// take longer to draw than the row to compute.
/// </summary>
internal sealed class CandidateNoise
{
    private const ulong Seed = 1; // any, and the same for ever: what it makes is stored in no checkpoint

    /// <summary>The orders and signs; the first candidate has the noise as it is.</summary>
    /// <param name="candidates">Number of candidates.</param>
    /// <param name="size">Numbers of noise that one takes.</param>
    public CandidateNoise(int candidates, int size)
    {
        (Places, Signs) = (new long[candidates * size], new float[candidates * size]);
        for (int candidate = 0; candidate < candidates; candidate++)
        {
            var random = new RandomStream(SeedStream.Derive(Seed, "row candidates", (ulong)candidate));
            Span<long> places = Places.AsSpan(candidate * size, size);
            for (int i = 0; i < size; i++) places[i] = i;
            for (int i = size - 1; i > 0 && candidate > 0; i--)
            {
                int other = random.Next(i + 1);
                (places[i], places[other]) = (places[other], places[i]);
            }
            for (int i = 0; i < size; i++) Signs[candidate * size + i] = candidate > 0 && random.Next(2) == 1 ? -1 : 1;
        }
    }

    /// <summary>[candidates, size] row-major: which number stands at each place.</summary>
    public long[] Places { get; }

    /// <summary>[candidates, size] row-major: 1 or -1.</summary>
    public float[] Signs { get; }
}
