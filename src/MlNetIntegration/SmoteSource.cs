using GanPipeline.Primitives;
using GanPipeline.Tables;

namespace GanPipeline.MlNet;

/// <summary>Synthetic minority over-sampling (Chawla, Bowyer, Hall and Kegelmeyer 2002, section 4.2).</summary>
internal sealed class SmoteSource(int neighbours) : GeneratorSource
{
    public override RowGenerator Open(TrainingRows rows, FitContext fit)
    {
        for (int i = 0; i < rows.Classes.Count; i++)
        {
            (string name, int count) = rows.Classes[i];
            if (fit.Additions[i] > 0 && count <= neighbours)
            {
                throw new UserErrorException($"class '{name}' of column '{rows.Label.Name}' has {count} {(count == 1 ? "row" : "rows")}, "
                    + $"too few for SMOTE with {neighbours} neighbours; "
                    + (count == 1 ? "use GeneratorSource.RandomOversampling()" : $"use GeneratorSource.Smote({count - 1}) or fewer"));
            }
        }
        return new Interpolation(new ClassFeatures(rows, fit), neighbours);
    }

    private sealed class Interpolation(ClassFeatures features, int neighbours) : RowGenerator
    {
        private readonly Dictionary<string, NearestRows> _nearest = [];
        private readonly Dictionary<(string Class, ulong Seed), int[]> _orders = [];

        public override string Description => $"SMOTE with {neighbours} neighbours";

        public override int FeatureCount => features.FeatureCount;

        public override IReadOnlyCollection<string> ClassNames => features.ClassNames;

        public override void Generate(string className, ulong seed, long first, Span<float> rows)
        {
            if (!_nearest.TryGetValue(className, out NearestRows? near))
                _nearest.Add(className, near = new NearestRows(features.Rows(className), FeatureCount, neighbours));
            for (int i = 0; i < rows.Length / FeatureCount; i++)
            {
                ulong index = (ulong)(first + i);
                int start = Start(className, seed, first + i);
                int end = near.Of(start)[(int)(SeedStream.Derive(seed, "neighbour", index) % (ulong)neighbours)];
                float gap = (SeedStream.Derive(seed, "gap", index) >> 40) * (1f / (1 << 24));
                ReadOnlySpan<float> from = near.Row(start), to = near.Row(end);
                Span<float> row = rows.Slice(i * FeatureCount, FeatureCount);
                for (int j = 0; j < row.Length; j++)
                    row[j] = from[j] + (gap * (to[j] - from[j]));
            }
        }

        public override int[] Donors(string className, ulong seed, int count) => [.. Enumerable.Range(0, count).Select(i => Start(className, seed, i))];

        /// <summary>Every row is a start equally often, in random order, so that a share of the class is a random share.</summary>
        private int Start(string className, ulong seed, long row)
        {
            if (!_orders.TryGetValue((className, seed), out int[]? order))
            {
                order = [.. Enumerable.Range(0, features.Count(className))];
                new RandomStream(SeedStream.Derive(seed, "order")).Shuffle<int>(order);
                _orders.Add((className, seed), order);
            }
            return order[row % order.Length];
        }
    }
}
