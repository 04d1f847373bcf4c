using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;

namespace GanPipeline.MlNet;

/// <summary>How <c>GeneratorSource.TrainTable</c> trains: the preset for tables, and what differs from it.</summary>
public sealed record TableTraining
{
    /// <summary>
    /// Values for keys of the preset, as <c>gan train --set</c> takes them: <c>steps=2000</c>, <c>data.anchors=0</c> (no real row becomes part of the
    /// generator).
    /// </summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Threads that libtorch computes with meanwhile; small networks are fastest on one.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Where the generator file is kept (each Fit replaces it); null keeps none. It holds real rows of small classes, unless data.anchors is 0.
    /// </summary>
    public string? SaveTo { get; init; }

    /// <summary>Ends the training, and with it Fit, by an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>Rows of a table from a conditional GAN that is trained on the fitted view, exported, and then used like any generator file.</summary>
internal sealed class TrainedTableSource : GeneratorSource
{
    private readonly TableTraining _training;
    private readonly RunOptions _options;

    internal TrainedTableSource(TableTraining training)
    {
        if (training.Threads < 1)
            throw new UserErrorException($"TableTraining.Threads is {training.Threads}; give at least 1");
        (_training, _options) = (training, Preset.Load(BuiltInPresets.Table, null, training.Settings));
        if (_options.Data is not TableDataOptions)
            throw new UserErrorException("TableTraining.Settings: data.kind must stay table");
    }

    public override RowGenerator Open(TrainingRows rows, FitContext fit) => throw new UserErrorException(
        $"GeneratorSource.TrainTable() makes columns of a table, and '{rows.Features.Name}' is one column of vectors; "
            + "use GeneratorSource.Train(), or name the columns");

    internal override TableRowGenerator OpenTable(TableRows rows, FitContext fit)
    {
        Table table = rows.ToText();
        TableSchema schema = TableSchema.Infer(table, rows.Label.Name, rows.Schema());
        foreach (string note in schema.Notes)
            fit.Log(note);
        var options = _options with { Seed = SeedStream.Derive(fit.Seed, "training"), Threads = _training.Threads };
        using Dataset data = ((TableDataOptions)options.Data).Load(table, schema);
        var inFit = new TrainingInFit(fit, _training.SaveTo, _training.Threads, _training.Cancellation);
        return inFit.Run(options, data, null, $"{data.Count} rows of {rows.Columns.Count} columns in {rows.Classes.Count} classes", path =>
        {
            GeneratorSession session = GeneratorSession.Open(path, new GeneratorSessionOptions { Threads = _training.Threads });
            return TableRowGenerator.Of(session, path, "a generator trained on the table" + (_training.SaveTo is { } kept ? $" ({kept})" : ""),
                session.Dispose);
        });
    }
}
