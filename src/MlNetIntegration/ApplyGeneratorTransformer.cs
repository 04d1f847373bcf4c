using System.Runtime.ExceptionServices;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>
/// Adds a column of generated samples to a view, in batches under its cursors. Cursors may be used side by side. A prediction engine runs it a row at a time.
/// ML.NET lets only its own steps write into a saved model: <see cref="ApplyGeneratorEstimator.SavedAs"/> names those that stand for this one there.
/// </summary>
public sealed class ApplyGeneratorTransformer : ITransformer, IDisposable
{
    private readonly GeneratorSession _session;
    private readonly string _path;
    private readonly ApplyColumns _columns;

    internal ApplyGeneratorTransformer(GeneratorSession session, string path, ApplyColumns columns) => (_session, _path, _columns) = (session, path, columns);

    /// <summary>True: each row gets a sample, and no row is added.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>Rows that a cursor reads ahead. Where batches are computed side by side they are several each, so that nobody waits long for the last
    /// one.</summary>
    internal int RowsAhead => checked(_session.BatchSize * (_session.Batches == 1 ? 1 : 4 * _session.Batches));

    internal int SampleSize => _session.Info.SampleSize;

    /// <summary>The columns of the input, then the output column.</summary>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        Check(inputSchema);
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(inputSchema);
        schema.AddColumn(_columns.Output, ApplyGeneratorEstimator.SampleType(_session.Info));
        return schema.ToSchema();
    }

    /// <summary>The view with the output column.</summary>
    /// <exception cref="UserErrorException">A column is missing or of the wrong type. Reading a row throws it too, when the row's class is none of the
    /// file's.</exception>
    public IDataView Transform(IDataView input) => new GeneratedDataView(input, this);

    /// <summary>A mapper that makes one sample at a time, for prediction engines.</summary>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new GeneratedRowMapper(inputSchema, this);

    /// <summary>The steps that are saved in this one's place.</summary>
    internal ITransformer? Saved { get; set; }

    void ICanSaveModel.Save(ModelSaveContext ctx) => (Saved ?? throw new UserErrorException(
        $"column '{_columns.Output}' is made by ApplyGenerator, and ML.NET lets only its own steps write into a model; "
        + "give it steps that stand for it there, with SavedAs(...), or save the model without it")).Save(ctx);

    /// <summary>Closes the generator file.</summary>
    public void Dispose() => _session.Dispose();

    internal void Check(DataViewSchema schema) => new ApplyCheck(_path, _session.Info, _columns).Check(schema);

    /// <summary>The columns that a sample is made of.</summary>
    internal IEnumerable<DataViewSchema.Column> Sources(DataViewSchema input) =>
        new[] { _columns.Label, _columns.Noise }.OfType<string>().Select(name => input[name]).DistinctBy(c => c.Index);

    /// <summary>What puts the row's class and latent vector into a place of a batch.</summary>
    internal Action<GeneratorBatch, int> Reader(DataViewRow row)
    {
        Action<GeneratorBatch, int> readLabel = _columns.Label is { } label ? LabelReader(row, row.Schema[label]) : (_, _) => { };
        Action<GeneratorBatch, int> readNoise = _columns.Noise is { } noise ? NoiseReader(row, row.Schema[noise]) : NoiseDrawer(row);
        return readLabel + readNoise;
    }

    /// <summary>Makes the samples of the first <paramref name="count"/> places, several batches at the same time.</summary>
    internal void Generate(GeneratorBatch batch, int count)
    {
        if (count <= _session.BatchSize)
        {
            Generate(batch, 0, count);
            return;
        }
        try
        {
            Parallel.For(0, (count + _session.BatchSize - 1) / _session.BatchSize, new ParallelOptions { MaxDegreeOfParallelism = _session.Batches }, part =>
            {
                int first = part * _session.BatchSize;
                Generate(batch, first, Math.Min(_session.BatchSize, count - first));
            });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]); // as it is thrown for one batch
        }
    }

    private void Generate(GeneratorBatch batch, int first, int count)
    {
        int latent = _session.Info.LatentSize;
        _session.GenerateFromNoise(batch.Noise.AsSpan(first * latent, count * latent), _session.IsConditional ? batch.Labels.AsSpan(first, count) : [],
            batch.Samples.AsSpan(first * SampleSize, count * SampleSize));
    }

    internal GeneratorBatch NewBatch(int size) => new(new long[size], new float[checked(size * _session.Info.LatentSize)],
        new float[checked(size * SampleSize)]);

    private Action<GeneratorBatch, int> LabelReader(DataViewRow row, DataViewSchema.Column label)
    {
        Func<string?> className = ClassNames.Reader(row, label);
        Dictionary<string, long> index = _session.Info.ClassNames.Select((name, i) => (name, i)).ToDictionary(c => c.name, c => (long)c.i);
        return (batch, place) =>
        {
            string name = className() ?? throw new UserErrorException(
                $"row {row.Position + 1} has no value in label column '{label.Name}'; remove such rows first");
            if (!index.TryGetValue(name, out batch.Labels[place]))
            {
                throw new UserErrorException($"generator {_path} does not know class '{name}' of column '{label.Name}' in row {row.Position + 1}; "
                    + $"its classes are {ClassMatch.List(index.Keys)}");
            }
        };
    }

    private Action<GeneratorBatch, int> NoiseReader(DataViewRow row, DataViewSchema.Column noise)
    {
        ValueGetter<VBuffer<float>> getter = row.GetGetter<VBuffer<float>>(noise);
        VBuffer<float> value = default;
        int size = _session.Info.LatentSize;
        return (batch, place) =>
        {
            getter(ref value);
            if (value.Length != size)
                throw new UserErrorException($"noise column '{noise.Name}' has {value.Length} numbers in row {row.Position + 1}, and generator {_path} takes " +
                    $"{size}");
            value.CopyTo(batch.Noise.AsSpan(place * size, size));
            if (batch.Noise.AsSpan(place * size, size).ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
                throw new UserErrorException($"noise column '{noise.Name}' has NaN or infinity in row {row.Position + 1}; replace such values first");
        };
    }

    /// <summary>Latents of the row with id i are those of sample i of the seed; ids that are hashes have streams of their own.</summary>
    private Action<GeneratorBatch, int> NoiseDrawer(DataViewRow row)
    {
        ValueGetter<DataViewRowId> getter = row.GetIdGetter();
        DataViewRowId id = default;
        int size = _session.Info.LatentSize;
        return (batch, place) =>
        {
            getter(ref id);
            (ulong seed, ulong sample) = id is { High: 0, Low: <= uint.MaxValue }
                ? (_columns.Seed, id.Low)
                : (SeedStream.Derive(SeedStream.Derive(_columns.Seed, "row id, high", id.High), "row id, low", id.Low), 0);
            GaussianNoise.Fill(seed, sample, size, batch.Noise.AsSpan(place * size, size));
        };
    }
}

/// <summary>Memory for what a batch is made of, and for the batch.</summary>
internal sealed record GeneratorBatch(long[] Labels, float[] Noise, float[] Samples);
