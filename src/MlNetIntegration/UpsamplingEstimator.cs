using GanPipeline.Primitives;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace GanPipeline.MlNet;

/// <summary>
/// Fits a view by counting its classes and generating the rows that are missing for the balance. <c>ml.Transforms.Upsample</c> makes it; see there.
/// </summary>
public sealed class UpsamplingEstimator : IEstimator<UpsamplingTransformer>
{
    private readonly MLContext _context;
    private readonly GenerationTarget _target;
    private readonly UpsamplingOptions _options;
    private readonly ulong _seed;

    /// <summary>Rows in which one column of vectors is generated.</summary>
    internal UpsamplingEstimator(MLContext context, string labelColumn, string featuresColumn, UpsamplingOptions options)
        : this(context, new VectorTarget(labelColumn, featuresColumn), options)
    {
    }

    /// <summary>Rows in which columns of numbers, Booleans and text are generated.</summary>
    internal UpsamplingEstimator(MLContext context, string labelColumn, IReadOnlyList<string> columns, UpsamplingOptions options)
        : this(context, new TableTarget(labelColumn, columns), options)
    {
    }

    private UpsamplingEstimator(MLContext context, GenerationTarget target, UpsamplingOptions options)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(options);
        target.Check(options);
        (_context, _target, _options) = (context, target, options);
        _seed = options.Seed ?? (ulong)((IHostEnvironment)context).Register("Upsampling").Rand.NextInt64();
    }

    /// <summary>Reads the view once, generates the missing rows and keeps them.</summary>
    /// <exception cref="UserErrorException">The columns, rows, balance or resampler are not what this needs; one sentence says what and where.</exception>
    public UpsamplingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Fit(input, ChainFit.CountAround());
    }

    /// <summary>Fits for a caller that transforms the view itself, once, wherever it is called from.</summary>
    internal UpsamplingTransformer FitAlone(IDataView input) => Fit(input, passes: 0);

    /// <summary>The schema as it is: rows are added, columns are not.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        _target.Check(ColumnCheck.Columns(inputSchema));
        return inputSchema;
    }

    private UpsamplingTransformer Fit(IDataView input, int passes)
    {
        _target.Check(ColumnCheck.Columns(input.Schema));
        using IChannel channel = ((IChannelProvider)_context).Start("Upsampling");
        void Log(string line) => channel.Info(MessageSensitivity.None, line);

        FittedRows rows = _target.Read(input);
        int[] additions = _options.Balance.Additions(rows.Classes, rows.Label.Name);
        FittedRows.CheckCount(additions);
        _options.Evaluation?.Check(rows);
        GeneratedRows generated = rows.Generate(_options, new(_context, additions, _seed, Log));
        try
        {
            var added = new AddedRows(rows, additions, generated.Columns, generated.Donors);
            UpsampledClass[] classes = [.. rows.Classes.Select((c, i) => new UpsampledClass(c.Name, c.Count, additions[i]))];
            var report = new UpsamplingReport(generated.Description, _seed, classes, rows.RowCount - rows.Classes.Sum(c => c.Count))
            {
                Empty =
                generated.Empty
            };
            report = _options.Evaluation?.Complete(report, _context, _options, rows, generated.Columns) ?? report;
            foreach (string line in report.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)) // a class name may hold line ends
                Log(line);
            return new(input, added, report, passes);
        }
        catch
        {
            generated.Columns.Dispose(); // an evaluation may fail, and be told to stop
            throw;
        }
    }
}
