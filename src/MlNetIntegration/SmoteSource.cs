using GanPipeline.Primitives;
using GanPipeline.Resampling;
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
        private readonly Dictionary<string, INewRows> _newRows = [];

        public override string Description => $"SMOTE with {neighbours} neighbours";

        public override int FeatureCount => features.FeatureCount;

        public override IReadOnlyCollection<string> ClassNames => features.ClassNames;

        public override void Generate(string className, ulong seed, long first, Span<float> rows)
        {
            INewRows newRows = NewRows(className);
            for (int i = 0; i < rows.Length / FeatureCount; i++)
            {
                NewRow made = newRows.Row(seed, first + i);
                ReadOnlySpan<float> donor = features.Row(className, made.Donor), neighbour = features.Row(className, made.Neighbour);
                Span<float> row = rows.Slice(i * FeatureCount, FeatureCount);
                for (int j = 0; j < row.Length; j++)
                    row[j] = made.Number(donor[j], neighbour[j]);
            }
        }

        public override int[] Donors(string className, ulong seed, int count) =>
            [.. Enumerable.Range(0, count).Select(i => NewRows(className).Row(seed, i).Donor)];

        private INewRows NewRows(string className)
        {
            if (!_newRows.TryGetValue(className, out INewRows? newRows))
                _newRows.Add(className, newRows = new Smote(neighbours).Of(MixedRows.OfNumbers(features.Rows(className), FeatureCount)));
            return newRows;
        }
    }
}
