using TorchSharp;

namespace GanPipeline.Evaluation.Features;

/// <summary>Euclidean distances between the rows of two sets, of the tables' one search; by as many threads as libtorch may use.</summary>
internal static class Distances
{
    /// <summary>Squared distances of each row to all rows of another set.</summary>
    /// <param name="rows">[N, D].</param>
    /// <param name="others">[M, D].</param>
    /// <param name="use">Takes the number of a row and its [M] distances; it is called by several threads.</param>
    public static void ForEach(FeatureSet rows, FeatureSet others, RowDistancesUse use) =>
        new RowDistances(others.Values, others.Count, others.Columns).ForEach(rows.Values, rows.Count, torch.get_num_threads(), use);

    /// <summary>Squared distance of each row to its k-th nearest other row, for several k.</summary>
    /// <returns>[N] for each k.</returns>
    public static float[][] SquaredRadii(FeatureSet rows, params int[] neighbours)
    {
        int most = neighbours.Max();
        float[][] radii = [.. neighbours.Select(_ => new float[rows.Count])];
        ForEach(rows, rows, (row, distances) =>
        {
            Closest closest = Nearest(distances[..row], 0, new Closest(most));
            Nearest(distances[(row + 1)..], row + 1, closest); // a row is no neighbour of itself
            foreach ((int i, int k) in neighbours.Index()) radii[i][row] = (float)closest.Found[k - 1].Distance;
        });
        return radii;
    }

    /// <summary>The nearest rows of another set: their places, and exact distances (recomputed in double precision).</summary>
    /// <param name="from">[N, D].</param>
    /// <param name="to">[M, D], M at least <paramref name="count"/>.</param>
    /// <param name="count">How many neighbours a row gets, nearest first.</param>
    public static Neighbour[][] Nearest(FeatureSet from, FeatureSet to, int count)
    {
        var all = new Neighbour[from.Count][];
        ForEach(from, to, (row, distances) =>
        {
            var found = new Neighbour[count];
            foreach ((int k, (_, int place)) in Nearest(distances, 0, new Closest(count)).Found.ToArray().Index())
                found[k] = new Neighbour(place, Exact(from.Row(row), to.Row(place)));
            all[row] = [.. found.OrderBy(n => n.Distance)];
        });
        return all;
    }

    private static Closest Nearest(ReadOnlySpan<float> distances, int first, Closest closest)
    {
        for (int i = 0; i < distances.Length; i++) closest.Offer(distances[i], first + i);
        return closest;
    }

    private static double Exact(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
        return Math.Sqrt(sum);
    }
}

/// <summary>A row of another set, and how far away it is.</summary>
/// <param name="Place">Its number in its set.</param>
/// <param name="Distance">Euclidean.</param>
internal sealed record Neighbour(int Place, double Distance);
