using GanPipeline.Primitives;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace GanPipeline.MlNet;

/// <summary>
/// Fits a view by counting its classes and generating the rows that are missing for the balance. In a chain it belongs into the training scope, as
/// <see cref="UpsamplingExtensions.AppendUpsampling(IEstimator{ITransformer}, MLContext, string, string, UpsamplingOptions)"/> puts it.
/// </summary>
public sealed class UpsamplingEstimator : IEstimator<UpsamplingTransformer>
{
    /// <summary>Numbers that are generated at a time: few enough to be small, many enough that a generator runs in whole batches.</summary>
    private const int ChunkNumbers = 1 << 22;

    private readonly MLContext _context;
    private readonly string _labelColumn;
    private readonly string _featuresColumn;
    private readonly UpsamplingOptions _options;
    private readonly ulong _seed;
    private readonly ColumnCheck _columns;

    /// <summary>An estimator that balances <paramref name="labelColumn"/> with generated <paramref name="featuresColumn"/>.</summary>
    public UpsamplingEstimator(MLContext context, string labelColumn, string featuresColumn, UpsamplingOptions options)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentException.ThrowIfNullOrEmpty(labelColumn);
        ArgumentException.ThrowIfNullOrEmpty(featuresColumn);
        ArgumentNullException.ThrowIfNull(options);
        (_context, _labelColumn, _featuresColumn, _options) = (context, labelColumn, featuresColumn, options);
        _columns = new(labelColumn, featuresColumn);
        _seed = options.Seed ?? (ulong)((IHostEnvironment)context).Register("Upsampling").Rand.NextInt64();
    }

    /// <summary>Reads the view once, generates the missing rows and keeps them.</summary>
    /// <exception cref="UserErrorException">The columns, rows, balance or generator are not what this needs; one sentence says what and where.</exception>
    public UpsamplingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _columns.Check(input.Schema);
        using IChannel channel = ((IChannelProvider)_context).Start("Upsampling");
        void Log(string line) => channel.Info(MessageSensitivity.None, line);

        TrainingRows rows = TrainingRows.Read(input, _labelColumn, _featuresColumn);
        int[] additions = _options.Balance.Additions(rows.Classes, _labelColumn);
        FittedRows.CheckCount(additions);
        _options.Evaluation?.Check(rows);
        using RowGenerator generator = _options.Generator.Open(rows, new(_context, additions, _seed, Log));
        CheckGenerator(generator, rows, additions);
        (GeneratedFeatures features, Donors[] donors) = Generate(generator, rows, additions);
        try
        {
            var added = new AddedRows(rows, additions, features, donors);
            UpsampledClass[] classes = [.. rows.Classes.Select((c, i) => new UpsampledClass(c.Name, c.Count, additions[i]))];
            var report = new UpsamplingReport(generator.Description, _seed, classes, rows.RowCount - rows.Classes.Sum(c => c.Count));
            report = _options.Evaluation?.Complete(report, _context, _options, rows, features) ?? report;
            foreach (string line in report.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)) // a class name may hold line ends
                Log(line);
            return new(input, added, report);
        }
        catch
        {
            features.Dispose(); // a judge may fail, and be told to stop
            throw;
        }
    }

    /// <summary>The schema as it is: rows are added, columns are not.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _columns.Check(inputSchema);
        return inputSchema;
    }

    private void CheckGenerator(RowGenerator generator, TrainingRows rows, int[] additions)
    {
        if (generator.FeatureCount != rows.FeatureCount)
        {
            throw new UserErrorException(
                $"{generator.Description} makes {generator.FeatureCount} numbers a row, but features column '{_featuresColumn}' has {rows.FeatureCount}; "
                + "use a generator that was trained on these features");
        }
        rows.CheckClasses(additions, generator.ClassNames, generator.Description);
    }

    /// <summary>Makes the added rows, a chunk after the other.</summary>
    private (GeneratedFeatures Features, Donors[] Donors) Generate(RowGenerator generator, TrainingRows rows, int[] additions)
    {
        int chunk = Math.Max(1, ChunkNumbers / rows.FeatureCount);
        var buffer = new float[(long)Math.Min(chunk, additions.Max()) * rows.FeatureCount];
        var donors = new Donors[additions.Length];
        FeatureStore store = FeatureStore.Create(additions.Sum(a => (long)a), rows.FeatureCount, _options.MemoryLimit);
        try
        {
            long row = 0;
            for (int c = 0; c < additions.Length; c++)
            {
                (string name, int count) = rows.Classes[c];
                ulong seed = SeedStream.Derive(_seed, $"up-sampling {name}");
                for (int first = 0; first < additions[c]; first += chunk)
                {
                    Span<float> made = buffer.AsSpan(0, Math.Min(chunk, additions[c] - first) * rows.FeatureCount);
                    generator.Generate(name, seed, first, made);
                    store.Write(row + first, made);
                }
                row += additions[c];
                donors[c] = additions[c] > 0 && generator.Donors(name, seed, additions[c]) is { } chosen
                    ? Donors.Chosen(chosen)
                    : Donors.InTurn(additions[c], count);
            }
        }
        catch
        {
            store.Dispose();
            throw;
        }
        return (new(rows, additions, store), donors);
    }
}
