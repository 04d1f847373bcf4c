using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;

namespace GanPipeline.MlNet;

/// <summary>Rows of a table from a conditional GAN that is trained on the fitted view, exported, and then used like any generator file.</summary>
internal sealed class TrainedTableResampler(TableTraining training) : Resampler
{
    internal override VectorGenerator Open(VectorRows rows, FitContext fit) => throw new UserErrorException(
        $"Resampler.TrainTable() generates columns of a table, and '{rows.Features.Name}' is one column of vectors; "
            + "use Resampler.Train(), or name the columns instead, before the step that concatenates them");

    internal override ColumnGenerator Open(TableRows rows, FitContext fit)
    {
        Table table = rows.ToText();
        TableSchema schema = TableSchema.Infer(table, rows.Label.Name, rows.Schema());
        foreach (string note in schema.Notes)
            fit.Log(note);
        RunOptions options = Options(table.Rows, fit.Seed);
        using Dataset data = ((TableDataOptions)options.Data).Load(table, schema);
        foreach (string note in DependenceNotes.Of(data.Format.Table!, table.Rows))
            fit.Log(note);
        return new TrainingInFit(fit, training).Run(options, data, $"{data.Count} rows of {rows.Columns.Count} columns in {rows.Classes.Count} classes",
            (session, path, kept) => new SessionColumns(
                new OpenGenerator(session, path, $"a generator trained on the table{kept}", session.Dispose)));
    }

    /// <summary>The preset for tables, with what the user may change.</summary>
    private RunOptions Options(int rows, ulong seed)
    {
        RunOptions preset = Preset.Load("table");
        List<int> hidden = [.. training.Hidden];
        RunOptions options = preset with
        {
            Seed = SeedStream.Derive(seed, "training"),
            Data = (TableDataOptions)preset.Data with { Anchors = training.Anchors, Dependences = training.Dependences },
            Latent = training.LatentSize,
            Generator = (TableGeneratorOptions)preset.Generator with { Hidden = hidden },
            Discriminator = (TableDiscriminatorOptions)preset.Discriminator with { Hidden = hidden, ClassHidden = hidden },
            Batch = Math.Min(training.BatchSize, rows),
            Steps = training.Steps,
            Epochs = Math.Min(preset.Epochs, training.Steps), // equal parts of the steps
            Threads = training.Threads,
            GeneratorOptimizer = preset.GeneratorOptimizer with { LearningRate = training.LearningRate },
            DiscriminatorOptimizer = preset.DiscriminatorOptimizer with { LearningRate = training.LearningRate },
        };
        options.Validate();
        return options;
    }
}
