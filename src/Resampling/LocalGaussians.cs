using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Tables.Forests;

namespace GanPipeline.Resampling;

/// <summary>
/// MGS-GRF (Sakho, Malherbe, Gauthier and Scornet 2025, arXiv 2503.22730): the numbers of a new row are drawn from a Gaussian with the mean and the covariance
/// of a row and its max(d + 1, 5) nearest in the class by their d numbers, of a small class half of it; its categories are those of one real row, all together,
/// drawn by how often a random forest, which predicts the categories by the numbers, has it in the new row's leaf. Without categories it is MGS (Sakho,
/// Malherbe and Scornet 2024, arXiv 2402.03819).
/// </summary>
/// <remarks>
/// No covariance is computed: with n rows x, their mean m and n independent standard normal numbers z, m + Σ z·(x − m)/√n has just that mean and covariance,
/// whatever the covariance's rank, and is a weighted sum of real rows. Half the class is not the paper's: it has one Gaussian of all rows of a small class,
/// which lies between the class's heaps, where other classes are. Mean macro-F1 of logistic regression and boosting with leaves of 20 and of 2, on three folds
/// of two or three seeds, classes filled up to all and to a quarter of the largest, the paper's and this: oil-spill .725, .750; its rare class cut to 8 rows
/// .606, .624; yeast .551, .546; its eight rarer classes cut to 6 rows .430, .440 (a trial in NumPy, 2026-11-30). Numbers are not held within the class's
/// range: that helps where they have long tails (boosting on log-normal yeast .505, .548) and costs elsewhere (yeast .573, .544; oil-spill .742, .694).
/// </remarks>
internal sealed class LocalGaussians : IResampler
{
    private const int LeastNeighbours = 5, LeastOfFewRows = 2;

    /// <inheritdoc/>
    public INewRows Of(MixedRows rows) => new Draws(rows);

    private sealed class Draws : INewRows
    {
        private readonly MixedRows _rows;
        private readonly NearestRows _nearest;
        private readonly TakingTurns _turns;
        private readonly Lazy<LeafForest?> _forest;
        private readonly float[] _numbers;

        public Draws(MixedRows rows)
        {
            _rows = rows;
            int published = Math.Max(rows.NumberColumns + 1, LeastNeighbours), local = Math.Max(rows.Count / 2, LeastOfFewRows);
            _nearest = new NearestRows(rows, Math.Min(published, local), squaredPenalty: 0);
            _turns = new TakingTurns(rows.Count);
            // Its trees are the class's own, whatever seed rows are drawn by later.
            _forest = new Lazy<LeafForest?>(() => rows.CategoryColumns > 0 ? new LeafForest(rows, SeedStream.Derive(0, "leaves")) : null);
            _numbers = new float[rows.NumberColumns];
        }

        public string Method => _rows.CategoryColumns > 0 ? "MGS-GRF" : "MGS";

        public NewRow Row(ulong seed, long index)
        {
            int donor = _turns.Donor(seed, index);
            IReadOnlyList<int> near = _nearest.Of(donor);
            var row = new NewRow(donor, near, Weights(near.Count, SeedStream.Derive(seed, "gaussian", (ulong)index)), [donor]);
            if (_forest.Value is not { } forest) return row;
            row.Numbers(place => _rows.Numbers(place), _numbers);
            return row with { Voters = [forest.Draw(_numbers, new RandomStream(SeedStream.Derive(seed, "leaf", (ulong)index)))] };
        }

        /// <summary>What the neighbours count: of all n rows, with the donor, 1/n + (z − mean of z)/√n.</summary>
        private static float[] Weights(int neighbours, ulong seed)
        {
            int n = neighbours + 1;
            float[] z = new float[n];
            GaussianNoise.Fill(seed, 0, n, z);
            double mean = z.Average();
            return [.. z.Take(neighbours).Select(value => (float)(1.0 / n + (value - mean) / Math.Sqrt(n)))];
        }
    }
}
