using GanPipeline.Primitives;
using Microsoft.ML;

namespace GanPipeline.MlNet;

/// <summary>Which columns of a view are generated, and which has the class.</summary>
internal abstract class GenerationTarget
{
    private protected GenerationTarget(string labelColumn)
    {
        ArgumentException.ThrowIfNullOrEmpty(labelColumn);
        LabelColumn = labelColumn;
    }

    private protected string LabelColumn { get; }

    /// <summary>Refuses options that are of no meaning for such columns.</summary>
    internal abstract void Check(UpsamplingOptions options);

    /// <summary>Refuses columns that are missing or of another type.</summary>
    internal abstract void Check(ColumnCheck.Found[] columns);

    /// <summary>Reads a view once.</summary>
    internal abstract FittedRows Read(IDataView view);
}

/// <summary>One column of vectors.</summary>
internal sealed class VectorTarget : GenerationTarget
{
    private readonly string _featuresColumn;

    internal VectorTarget(string labelColumn, string featuresColumn) : base(labelColumn)
    {
        ArgumentException.ThrowIfNullOrEmpty(featuresColumn);
        _featuresColumn = featuresColumn;
    }

    internal override void Check(UpsamplingOptions options)
    {
    }

    internal override void Check(ColumnCheck.Found[] columns) => ColumnCheck.CheckFeatures(columns, LabelColumn, _featuresColumn);

    internal override FittedRows Read(IDataView view) => VectorRows.Read(view, LabelColumn, _featuresColumn);
}

/// <summary>Columns of numbers, Booleans and text.</summary>
internal sealed class TableTarget : GenerationTarget
{
    private readonly string[] _columns;

    internal TableTarget(string labelColumn, IReadOnlyList<string> columns) : base(labelColumn)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
            throw new UserErrorException("no column is named that is to be generated; name at least one");
        if (columns.Append(labelColumn).GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new UserErrorException($"column '{twice.Key}' is named twice; the label and each column that is to be generated are named once");
        _columns = [.. columns];
    }

    internal override void Check(UpsamplingOptions options)
    {
        if (options.Evaluation is not null)
            throw new UserErrorException("UpsamplingOptions.EvaluateRows and CompareFolds are for one column of vectors; "
                + "leave them out here, and compare methods on the table with 'gan advise'");
    }

    internal override void Check(ColumnCheck.Found[] columns)
    {
        ColumnCheck.CheckLabel(columns, LabelColumn);
        foreach (string name in _columns)
            ColumnCheck.CheckValue(columns, name);
    }

    internal override FittedRows Read(IDataView view) => TableRows.Read(view, LabelColumn, _columns);
}
