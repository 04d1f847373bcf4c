using GanPipeline.Primitives;

namespace GanPipeline.MlNet;

/// <summary>Real rows once more, whole: the other columns come from the row that the features come from.</summary>
internal sealed class RandomOversamplingSource : GeneratorSource
{
    public override RowGenerator Open(TrainingRows rows, FitContext fit) => new Repeats(new ClassFeatures(rows, fit));

    private sealed class Repeats(ClassFeatures features) : RowGenerator
    {
        public override string Description => "random over-sampling";

        public override int FeatureCount => features.FeatureCount;

        public override IReadOnlyCollection<string> ClassNames => features.ClassNames;

        public override void Generate(string className, ulong seed, long first, Span<float> rows)
        {
            for (int i = 0; i < rows.Length / FeatureCount; i++)
                features.Row(className, Pick(className, seed, first + i)).CopyTo(rows[(i * FeatureCount)..]);
        }

        public override int[] Donors(string className, ulong seed, int count) => [.. Enumerable.Range(0, count).Select(i => Pick(className, seed, i))];

        private int Pick(string className, ulong seed, long row) => (int)(SeedStream.Derive(seed, "row", (ulong)row) % (ulong)features.Count(className));
    }
}
