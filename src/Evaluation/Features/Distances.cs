using GanPipeline.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Evaluation.Features;

/// <summary>Euclidean distances between many rows and many rows: blocks of a matrix product, so that memory stays bounded whatever the sizes.</summary>
internal static class Distances
{
    /// <summary>Numbers in one block: 64 MiB of float32.</summary>
    private const long BlockSize = 1 << 24;

    /// <summary>Squared distances of a few rows at a time to all others, none below 0.</summary>
    /// <param name="rows">[N, D] float32.</param>
    /// <param name="others">[M, D] float32, centred together with <paramref name="rows"/> if the numbers are large: the product loses what |x|² drowns.</param>
    /// <param name="use">Takes the number of a block's first row and its [n, M] distances, which it may change and need not dispose.</param>
    public static void ForEachBlock(Tensor rows, Tensor others, Action<long, Tensor> use)
    {
        using DisposeScope outer = NewDisposeScope();
        long count = rows.shape[0], step = Math.Max(1, BlockSize / Math.Max(1, others.shape[0]));
        Tensor transposed = others.t(), squares = others.Squared().sum(1).unsqueeze(0);
        for (long first = 0; first < count; first += step)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor block = rows.narrow(0, first, Math.Min(step, count - first));
            Tensor distances = block.mm(transposed).mul_(Held.MinusTwo).Add(squares).Add(block.Squared().sum(1, keepdim: true));
            use(first, distances.clamp_(min: Held.Zero));
        }
    }

    /// <summary>
    /// Both sets less the mean of the second, which leaves distances as they are and keeps their small differences; left to the caller's scope.
    /// </summary>
    public static (Tensor A, Tensor B) Centred(FeatureSet a, FeatureSet b)
    {
        Tensor second = b.ToTensor(), mean = second.mean([0]);
        return (a.ToTensor() - mean, second - mean);
    }

    /// <summary>Squared distance of each row to its k-th nearest other row, for several k.</summary>
    /// <returns>One [N] tensor for each k, left to the caller's scope.</returns>
    public static Tensor[] SquaredRadii(Tensor rows, params int[] neighbours)
    {
        int most = neighbours.Max();
        Tensor nearest = empty([rows.shape[0], most], float32);
        ForEachBlock(rows, rows, (first, distances) =>
        {
            distances.diagonal(first, 0, 1).fill_(Held.Infinity); // a row is no neighbour of itself
            nearest.narrow(0, first, distances.shape[0]).copy_(distances.topk(most, 1, largest: false).values);
        });
        return [.. neighbours.Select(k => nearest.narrow(1, k - 1, 1).squeeze(1))];
    }

    /// <summary>The nearest rows of another set: their places, and exact distances (recomputed in double precision, so that a copy is at 0).</summary>
    /// <param name="from">[N, D].</param>
    /// <param name="to">[M, D], M at least <paramref name="count"/>.</param>
    /// <param name="count">How many neighbours a row gets, nearest first.</param>
    public static Neighbour[][] Nearest(FeatureSet from, FeatureSet to, int count)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        (Tensor rows, Tensor others) = Centred(from, to);
        var all = new Neighbour[from.Count][];
        ForEachBlock(rows, others, (first, distances) =>
        {
            long[] places = distances.topk(count, 1, largest: false).indexes.contiguous().data<long>().ToArray();
            for (int i = 0; i < distances.shape[0]; i++)
            {
                int row = (int)first + i;
                all[row] = [.. places.Skip(i * count).Take(count).Select(p => new Neighbour((int)p, Exact(from.Row(row), to.Row((int)p))))
                    .OrderBy(n => n.Distance)];
            }
        });
        return all;
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
