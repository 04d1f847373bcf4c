using GanPipeline.Primitives;
using GanPipeline.Resampling;
using GanPipeline.Resampling.Goals;
using GanPipeline.Resampling.Selection;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace GanPipeline.MlNet;

/// <summary>
/// A trainer that is fitted as it was found best on folds of its training rows, and whose model decides by a rule that was. What it gives are steps of ML.NET's
/// own.
/// </summary>
internal abstract class DecidedTrainer : IEstimator<ITransformer>
{
    private readonly Action<BalancingReport>? _onFit;
    private readonly ulong _seed;

    private protected DecidedTrainer(IEstimator<ITransformer> trainer, MLContext context, string labelColumn, string featuresColumn, BalancingOptions options,
        Action<BalancingReport>? onFit)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentException.ThrowIfNullOrEmpty(labelColumn);
        ArgumentException.ThrowIfNullOrEmpty(featuresColumn);
        ArgumentNullException.ThrowIfNull(options);
        (Trainer, Context, LabelColumn, FeaturesColumn, Options, _onFit) = (trainer, context, labelColumn, featuresColumn, options, onFit);
        _seed = options.Seed ?? (ulong)((IHostEnvironment)context).Register("Balancing").Rand.NextInt64();
    }

    private protected IEstimator<ITransformer> Trainer { get; }

    private protected MLContext Context { get; }

    private protected string LabelColumn { get; }

    private protected string FeaturesColumn { get; }

    private protected BalancingOptions Options { get; }

    /// <inheritdoc/>
    /// <exception cref="UserErrorException">The columns, rows, goal or trainer are not what this needs; one sentence says what and where.</exception>
    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ClassTask task = Checked(ColumnCheck.Columns(input.Schema));
        _ = OutputOf(new SchemaShape([.. input.Schema.Where(c => !c.IsHidden).Select(c => ShapeOf.Column(c.Name, c.Type))])); // a chain has asked, others not
        using IChannel channel = ((IChannelProvider)Context).Start("Balancing");
        void Log(string line) => channel.Info(MessageSensitivity.None, line);

        LabelledView data = LabelledView.Read(input, LabelColumn, FeaturesColumn);
        Goal goal = Options.Goal.For(data.Rows.ClassNames);
        var folds = new SelectionOptions { Folds = Options.Folds, Repeats = Options.Repeats, Seed = _seed, InOrder = true };
        Choice choice = Choose(task, data, goal, folds, Log);
        Options.Cancellation.ThrowIfCancellationRequested();
        DecidedModel model = task.Decided(FitAll(task, data, input, choice, _seed), choice.Rule, choice.Calibrator, input, LabelColumn);
        var report = new BalancingReport
        {
            Goal = goal.Name,
            Method = choice.Method.Name,
            Seed = _seed,
            Score = choice.Score,
            PlainScore = choice.Plain,
            Threshold = model.Threshold,
            ScoreThreshold = model.ScoreThreshold,
            Factors = [.. data.Rows.ClassNames.Zip(choice.Rule.Normalised().Factors)],
            Tried = choice.Tried,
        };
        foreach (string line in report.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)) Log(line); // a class name may hold line ends
        _onFit?.Invoke(report);
        return model.Model;
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        _ = Checked(ColumnCheck.Columns(inputSchema));
        SchemaShape given = OutputOf(inputSchema);
        return Options.Calibrator?.GetOutputSchema(given) ?? given;
    }

    /// <summary>Chooses by folds.</summary>
    private protected abstract Choice Choose(ClassTask task, LabelledView data, Goal goal, SelectionOptions folds, Action<string> log);

    /// <summary>Fits the trainer on all rows, as was chosen.</summary>
    private protected abstract ITransformer FitAll(ClassTask task, LabelledView data, IDataView input, Choice choice, ulong seed);

    /// <summary>What the trainer gives.</summary>
    private protected abstract SchemaShape OutputOf(SchemaShape input);

    private ClassTask Checked(ColumnCheck.Found[] columns)
    {
        ColumnCheck.Found label = ColumnCheck.Find(columns, LabelColumn, "label");
        ColumnCheck.CheckVector(columns, FeaturesColumn, "features", "expected is a vector of Single of known size, such as Concatenate makes");
        return ClassTask.Of(Context, label);
    }
}

/// <summary>A trainer that is fitted on the rows as they are, and decides by a tuned rule.</summary>
internal sealed class ThresholdTrainer(IEstimator<ITransformer> trainer, MLContext context, string labelColumn, string featuresColumn, BalancingOptions options,
    Action<BalancingReport>? onFit) : DecidedTrainer(trainer, context, labelColumn, featuresColumn, options, onFit)
{
    private protected override Choice Choose(ClassTask task, LabelledView data, Goal goal, SelectionOptions folds, Action<string> log)
    {
        if (!goal.UsesDecisions)
            throw new UserErrorException($"no threshold is better than another for {goal.Name}, which goes by probabilities alone; choose another goal");
        // A cache can be shuffled, as the view that is fitted in the end mostly can: trainers that go row by row need it.
        return new DecisionTuning(task, data, LabelColumn, goal, Options, folds)
            .Tune((cut, fold) => Trainer.Fit(Context.Data.Cache(data.Without(cut.Held(fold)))), log);
    }

    private protected override ITransformer FitAll(ClassTask task, LabelledView data, IDataView input, Choice choice, ulong seed) => Trainer.Fit(input);

    private protected override SchemaShape OutputOf(SchemaShape input) => Trainer.GetOutputSchema(input);
}

/// <summary>A trainer that is fitted on what the best of all methods makes of the rows, and decides by a rule that was tuned for it.</summary>
internal sealed class BalancedTrainer(IEstimator<ITransformer> trainer, MLContext context, string labelColumn, string featuresColumn, BalancingOptions options,
    Action<BalancingReport>? onFit) : DecidedTrainer(trainer, context, labelColumn, featuresColumn, options, onFit)
{
    private protected override Choice Choose(ClassTask task, LabelledView data, Goal goal, SelectionOptions folds, Action<string> log)
    {
        data.CheckFinite();
        Method[] methods = [.. Method.All(null, data.Rows).Where(method => Options.WeightColumnName is not null || !method.Weighs)];
        var onRows = new TrainerOnRows(task, Trainer, data, Options.WeightColumnName);
        SelectedMethod selected = new MethodSelection(data.Rows, methods, goal, folds).Run([onRows], log, Options.Cancellation)[0];
        MethodScore best = selected.Best, untouched = selected.Methods[0];
        if (Options.Calibrator is null) return new Choice(best.Method, best.Rule, best.Tuned, untouched.Plain, null, selected.Methods);
        log($"{best.Method.Name} is best; fitting it once more for the calibrator");
        return new DecisionTuning(task, data, LabelColumn, goal, Options, folds)
            .Tune((cut, fold) => onRows.Train(best.Method.Resample(cut.Training(fold), cut.SeedOf(fold), Options.Cancellation)), log)
            with
        { Method = best.Method, Plain = untouched.Plain, Tried = selected.Methods };
    }

    private protected override ITransformer FitAll(ClassTask task, LabelledView data, IDataView input, Choice choice, ulong seed) =>
        new TrainerOnRows(task, Trainer, data, Options.WeightColumnName).Train(choice.Method.Resample(data.Rows, seed, Options.Cancellation));

    /// <summary>The input, and what the trainer makes of the columns that it is given.</summary>
    private protected override SchemaShape OutputOf(SchemaShape input)
    {
        List<SchemaShape.Column> given = [.. input.Where(column => column.Name == LabelColumn || column.Name == FeaturesColumn)];
        if (Options.WeightColumnName is { } weight)
        {
            if (input.Any(column => column.Name == weight))
            {
                throw new UserErrorException($"the data has a column '{weight}' already, which is to have the class weights; "
                    + "name another one in BalancingOptions.WeightColumnName");
            }
            given.Add(ShapeOf.Column(weight, Microsoft.ML.Data.NumberDataViewType.Single));
        }
        SchemaShape output;
        try { output = Trainer.GetOutputSchema(new SchemaShape(given)); }
        catch (ArgumentOutOfRangeException e)
        {
            throw new UserErrorException($"the trainer cannot be fitted on columns {ClassMatch.List(given.Select(column => column.Name))}, which are all that "
                + $"balancing can make rows of ({e.Message.Split('\n')[0].TrimEnd('.')}); "
                + "put the steps that make the features before it, and name a column of weights in BalancingOptions.WeightColumnName", e);
        }
        SchemaShape.Column[] made = [.. output.Where(column => column.Name != Options.WeightColumnName)];
        return new SchemaShape([.. input.Where(column => made.All(other => other.Name != column.Name)), .. made]);
    }
}
