using GanPipeline.Primitives;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace GanPipeline.MlNet;

/// <summary>
/// As <see cref="UpsamplingEstimator"/>, for columns of numbers, Booleans and text instead of one column of vectors: added rows have generated values in all of
/// them, each in the column's own type. What is missing is NaN or empty text. The values are kept in memory.
/// </summary>
public sealed class TableUpsamplingEstimator : IEstimator<UpsamplingTransformer>
{
    private readonly MLContext _context;
    private readonly string _label;
    private readonly string[] _columns;
    private readonly UpsamplingOptions _options;
    private readonly ulong _seed;

    /// <summary>An estimator that balances <paramref name="labelColumn"/> with rows in which <paramref name="columns"/> are generated.</summary>
    /// <exception cref="UserErrorException">No column is named, one is named twice, or an option is of no meaning here.</exception>
    public TableUpsamplingEstimator(MLContext context, string labelColumn, IReadOnlyList<string> columns, UpsamplingOptions options)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentException.ThrowIfNullOrEmpty(labelColumn);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(options);
        if (columns.Count == 0)
            throw new UserErrorException("no column is named that is to be generated; name at least one");
        if (columns.Append(labelColumn).GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new UserErrorException($"column '{twice.Key}' is named twice; the label and each column that is to be generated are named once");
        if (options.Evaluation is not null)
            throw new UserErrorException("UpsamplingOptions.Judge and CompareFolds are for one column of vectors; "
                + "leave them out here, and judge the table with 'gan advise'");
        (_context, _label, _columns, _options) = (context, labelColumn, [.. columns], options);
        _seed = options.Seed ?? (ulong)((IHostEnvironment)context).Register("Upsampling").Rand.NextInt64();
    }

    /// <summary>Reads the view once, generates the missing rows and keeps them.</summary>
    /// <exception cref="UserErrorException">The columns, rows, balance or generator are not what this needs; one sentence says what and where.</exception>
    public UpsamplingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Check(ColumnCheck.Columns(input.Schema));
        using IChannel channel = ((IChannelProvider)_context).Start("Upsampling");
        void Log(string line) => channel.Info(MessageSensitivity.None, line);

        TableRows rows = TableRows.Read(input, _label, _columns);
        int[] additions = _options.Balance.Additions(rows.Classes, _label);
        FittedRows.CheckCount(additions);
        using TableRowGenerator generator = _options.Generator.OpenTable(rows, new(_context, additions, _seed, Log));
        rows.CheckClasses(additions, generator.ClassNames, generator.Description);
        if (_columns.FirstOrDefault(name => generator.Columns.All(c => c.Name != name)) is { } unknown)
            throw new UserErrorException($"{generator.Description} does not make column '{unknown}'; "
                + $"it makes {ClassMatch.List(generator.Columns.Select(c => c.Name))}");
        MadeColumns made = MadeColumns.Generate(generator, rows, additions, name => SeedStream.Derive(_seed, $"up-sampling {name}"));
        var added = new AddedRows(rows, additions, made, [.. rows.Classes.Select((c, i) => Donors.InTurn(additions[i], c.Count))]);
        UpsampledClass[] classes = [.. rows.Classes.Select((c, i) => new UpsampledClass(c.Name, c.Count, additions[i]))];
        var report = new UpsamplingReport(generator.Description, _seed, classes, rows.RowCount - rows.Classes.Sum(c => c.Count));
        foreach (string line in report.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)) // a class name may hold line ends
            Log(line);
        return new(input, added, report);
    }

    /// <summary>The schema as it is: rows are added, columns are not.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check(ColumnCheck.Columns(inputSchema));
        return inputSchema;
    }

    private void Check(ColumnCheck.Found[] found)
    {
        ColumnCheck.CheckLabel(found, _label);
        foreach (string name in _columns)
            ColumnCheck.CheckValue(found, name);
    }
}
