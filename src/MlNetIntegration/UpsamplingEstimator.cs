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
    private readonly IChannelProvider _log;
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
        (_log, _labelColumn, _featuresColumn, _options) = (context, labelColumn, featuresColumn, options);
        _columns = new(labelColumn, featuresColumn);
        _seed = options.Seed ?? (ulong)((IHostEnvironment)context).Register("Upsampling").Rand.NextInt64();
    }

    /// <summary>Reads the view once, generates the missing rows and keeps them.</summary>
    /// <exception cref="UserErrorException">The columns, rows, balance or generator are not what this needs; one sentence says what and where.</exception>
    public UpsamplingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _columns.Check(input.Schema);
        TrainingRows rows = TrainingRows.Read(input, _labelColumn, _featuresColumn);
        int[] additions = _options.Balance.Additions(rows.Classes, _labelColumn);
        using RowGenerator generator = _options.Generator.Open(rows);
        var added = new AddedRows(rows, additions, Generate(generator, rows, additions));
        UpsampledClass[] classes = [.. rows.Classes.Select((c, i) => new UpsampledClass(c.Name, c.Count, additions[i]))];
        var report = new UpsamplingReport(generator.Description, _seed, classes, rows.ClassOfRow.Count(c => c < 0));
        Print(report);
        return new(input, added, report);
    }

    /// <summary>The schema as it is: rows are added, columns are not.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _columns.Check(inputSchema);
        return inputSchema;
    }

    /// <summary>For each class the features of its added rows, one block.</summary>
    private float[][] Generate(RowGenerator generator, TrainingRows rows, int[] additions)
    {
        if (generator.FeatureCount != rows.FeatureCount)
        {
            throw new UserErrorException(
                $"{generator.Description} makes {generator.FeatureCount} numbers a row, but features column '{_featuresColumn}' has {rows.FeatureCount}; "
                + "use a generator that was trained on these features");
        }
        var blocks = new float[additions.Length][];
        for (int i = 0; i < blocks.Length; i++)
        {
            string name = rows.Classes[i].Name;
            long size = (long)additions[i] * rows.FeatureCount;
            if (size > Array.MaxLength)
                throw new UserErrorException(
                    $"{additions[i]} added rows of class '{name}' with {rows.FeatureCount} features each do not fit into memory; ask for fewer rows");
            if (size > 0 && !generator.ClassNames.Contains(name))
            {
                throw new UserErrorException($"{generator.Description} does not know class '{name}' of column '{_labelColumn}'; "
                    + (generator.ClassNames.Count == 0
                        ? "it was trained without classes, so train a conditional generator"
                        : $"its classes are {ClassNames.List(generator.ClassNames)}"));
            }
            blocks[i] = new float[size];
            if (size > 0)
                generator.Generate(name, SeedStream.Derive(_seed, $"up-sampling {name}"), blocks[i]);
        }
        return blocks;
    }

    private void Print(UpsamplingReport report)
    {
        using IChannel channel = _log.Start("Upsampling");
        foreach (string line in report.ToString().Split('\n'))
            channel.Info(MessageSensitivity.None, line);
    }
}
