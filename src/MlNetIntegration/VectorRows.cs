using GanPipeline.Primitives;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>The rows of a view in which a column of vectors is generated.</summary>
internal sealed class VectorRows : FittedRows
{
    /// <summary>Numbers that are generated at a time: few enough to be small, many enough that a generator runs in whole batches.</summary>
    private const int ChunkNumbers = 1 << 22;

    private VectorRows(IDataView view, DataViewSchema.Column label, DataViewSchema.Column features) : base(view, label) =>
        (Features, FeatureCount) = (features, ((VectorDataViewType)features.Type).Size);

    /// <summary>The features column of <see cref="FittedRows.View"/>: dense or sparse vectors of <see cref="FeatureCount"/> finite numbers.</summary>
    public DataViewSchema.Column Features { get; }

    /// <summary>Numbers in a row's features.</summary>
    public int FeatureCount { get; }

    internal static VectorRows Read(IDataView view, string labelColumn, string featuresColumn)
    {
        var rows = new VectorRows(view, view.Schema[labelColumn], view.Schema[featuresColumn]);
        rows.Scan([rows.Features], rows.Checker);
        return rows;
    }

    internal override GeneratedRows Generate(UpsamplingOptions options, FitContext fit)
    {
        using VectorGenerator generator = options.Resampler.Open(this, fit);
        if (generator.FeatureCount != FeatureCount)
        {
            throw new UserErrorException(
                $"{generator.Description} gives {generator.FeatureCount} numbers a row, but features column '{Features.Name}' has {FeatureCount}; "
                + "use a generator that was trained on these features");
        }
        CheckClasses(fit.Additions, generator.ClassNames, generator.Description);
        int chunk = Math.Max(1, ChunkNumbers / FeatureCount);
        var buffer = new float[(long)Math.Min(chunk, fit.Additions.Max()) * FeatureCount];
        var donors = new Donors[Classes.Count];
        FeatureStore store = FeatureStore.Create(fit.Additions.Sum(a => (long)a), FeatureCount, options.MemoryLimit);
        try
        {
            long row = 0;
            for (int c = 0; c < donors.Length; c++)
            {
                (string name, int count) = Classes[c];
                (int added, ulong seed) = (fit.Additions[c], SeedOf(fit, name));
                for (int first = 0; first < added; first += chunk)
                {
                    Span<float> features = buffer.AsSpan(0, Math.Min(chunk, added - first) * FeatureCount);
                    generator.Generate(name, seed, first, features);
                    store.Write(row + first, features);
                }
                row += added;
                donors[c] = DonorsOf(added > 0 ? generator.Donors(name, seed, added) : null, added, count);
            }
        }
        catch
        {
            store.Dispose();
            throw;
        }
        return new(new GeneratedFeatures(this, fit.Additions, store), donors, generator.Description);
    }

    /// <summary>Reads the features of some classes into memory, in one pass.</summary>
    /// <param name="wanted">Whether the class with an index into <see cref="FittedRows.Classes"/> is wanted.</param>
    /// <returns>For each class a block [rows of the class, <see cref="FeatureCount"/>], row-major; empty for a class that is not wanted.</returns>
    /// <exception cref="UserErrorException">A class does not fit into memory, or the view has changed.</exception>
    public float[][] ReadFeatures(Func<int, bool> wanted)
    {
        float[][] blocks = [.. Classes.Select((c, i) => wanted(i) ? NewBlock(c) : [])];
        var filled = new int[blocks.Length];
        using DataViewRowCursor cursor = View.GetRowCursor([Label, Features]);
        Func<int> classOf = ClassOf(cursor);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(Features);
        VBuffer<float> features = default;
        int row = 0;
        for (; cursor.MoveNext(); row++)
        {
            int c = classOf();
            if (c < 0 || FeatureCount * filled[c] >= blocks[c].Length)
                continue;
            getFeatures(ref features);
            features.CopyTo(blocks[c].AsSpan(FeatureCount * filled[c]++, FeatureCount));
        }
        CheckUnchanged(row);
        return blocks;
    }

    private float[] NewBlock(ClassCount c) => (long)c.Count * FeatureCount <= Array.MaxLength
        ? new float[c.Count * FeatureCount]
        : throw new UserErrorException($"the {c.Count} rows of class '{c.Name}' with {FeatureCount} features each do not fit into memory; use fewer rows");

    private Action<int> Checker(DataViewRow row)
    {
        ValueGetter<VBuffer<float>> getFeatures = row.GetGetter<VBuffer<float>>(Features);
        VBuffer<float> features = default;
        return number =>
        {
            getFeatures(ref features);
            CheckFeatures(in features, number);
        };
    }

    private void CheckFeatures(in VBuffer<float> features, int row)
    {
        if (features.Length != FeatureCount)
            throw new UserErrorException(
                $"features column '{Features.Name}' has {features.Length} numbers in row {row}, its type says {FeatureCount}; the step that makes it is wrong");
        foreach (float value in features.GetValues())
        {
            if (!float.IsFinite(value))
            {
                string what = float.IsNaN(value) ? "NaN" : "infinity";
                throw new UserErrorException($"features column '{Features.Name}' has {what} in row {row}; replace missing values before up-sampling");
            }
        }
    }
}
