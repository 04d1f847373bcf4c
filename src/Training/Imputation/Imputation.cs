using GanPipeline.Tables;
using TorchSharp;
using static TorchSharp.torch;
using Random = TorchSharp.torch.Generator;

namespace GanPipeline.Training.Imputation;

/// <summary>How the missing cells of a table are filled.</summary>
internal sealed record ImputationOptions
{
    /// <summary>One of <see cref="Imputation.Methods"/>, or <c>auto</c>: the one that guesses cells best that are held back to choose by.</summary>
    public string Method { get; init; } = Imputation.Auto;

    /// <summary>Most steps that GAIN's generator trains; it ends earlier when cells that were held back are guessed no better.</summary>
    public int Steps { get; init; } = 5000;

    /// <summary>Weight of GAIN's adversarial term beside the reconstruction of hidden cells, 0 or above.</summary>
    public double AdversarialWeight { get; init; } = 0.1;

    /// <summary>Tables to fill: one holds the likeliest values, of several each holds other draws.</summary>
    public int Imputations { get; init; } = 1;

    /// <summary>Makes the run; the same seed fills the same values.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Checks every range.</summary>
    /// <exception cref="UserErrorException">A value is out of its range.</exception>
    public void Validate()
    {
        Require.That(Method == Imputation.Auto || Imputation.Methods.Contains(Method), "method",
            $"is '{Method}'; it must be one of {string.Join(", ", [Imputation.Auto, .. Imputation.Methods])}");
        Require.That(Steps is >= 1 and <= 10_000_000, "steps", "must be between 1 and 10000000", Steps);
        Require.That(AdversarialWeight is >= 0 and <= 1000, "adversarial_weight", "must be between 0 and 1000", AdversarialWeight);
        Require.That(Imputations is >= 1 and <= 1000, "imputations", "must be between 1 and 1000", Imputations);
    }
}

/// <summary>How well known cells of one column were guessed that had been held back.</summary>
/// <param name="Column">The column.</param>
/// <param name="IsNumber">Whether the figure is an error (numbers, lower is better) or a share of right guesses (categories).</param>
/// <param name="Cells">Cells that were held back.</param>
/// <param name="ByMethod">Mean absolute error as a share of the column's range, or share of right guesses, by method; NaN without any cell.</param>
internal sealed record ImputationScore(string Column, bool IsNumber, int Cells, IReadOnlyDictionary<string, double> ByMethod);

/// <summary>The result of an imputation.</summary>
/// <param name="Tables">The filled tables; all known values are the file's own texts.</param>
/// <param name="Filled">How many cells of each column were filled, by name; columns without a missing cell are not named.</param>
/// <param name="Unfilled">Columns that still lack values: they have none in any row, or the schema leaves them out.</param>
/// <param name="Method">Who filled.</param>
/// <param name="Choice">What it was chosen by: each method's error on the cells held back for the choice, of which the mean's is 1; empty where it was named.
/// </param>
/// <param name="Scores">How well each method that was measured guessed cells that neither learning nor the choice saw, a row a column.</param>
/// <param name="Steps">Steps that GAIN's generator had taken when it guessed best; 0 where it was not trained.</param>
internal sealed record ImputationResult(IReadOnlyList<FilledTable> Tables, IReadOnlyDictionary<string, int> Filled, IReadOnlyList<string> Unfilled,
    string Method, IReadOnlyDictionary<string, double> Choice, IReadOnlyList<ImputationScore> Scores, int Steps);

/// <summary>
/// Fills the missing cells of a table, and measures how far its guesses can be trusted: two parts of the known cells are held back and guessed, one to choose
/// the method by and one for the scores. The chosen method then learns from all known cells.
/// </summary>
internal static class Imputation
{
    /// <summary>Names the choice of the best.</summary>
    public const string Auto = "auto";

    private const string Baseline = "mean";
    private const double ForChoice = 0.1, ForScores = 0.1;
    private const int ThreadsForSmall = 1;

    /// <summary>Names of the methods.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["forest", "gain", "neighbours", Baseline];

    /// <summary>Learns from a table and fills it.</summary>
    /// <param name="table">The table; a class column is a column like others.</param>
    /// <param name="schema">Its columns, inferred without a label.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Hears the share of GAIN's steps that are done, 0 to 1.</param>
    /// <param name="stop">Ends it between two steps or trees.</param>
    /// <exception cref="UserErrorException">The options are out of range, or the table has nothing to fill or to train on.</exception>
    public static ImputationResult Run(Table table, TableSchema schema, ImputationOptions options, IProgress<double>? progress = null,
        CancellationToken stop = default)
    {
        options.Validate();
        CellTable cells = CellTable.Of(table, schema);
        if (!cells.Known.Contains(0f)) throw new UserErrorException($"{table.Path}: no value is missing in its columns; there is nothing to fill. Say with " +
            $"'missing' in a schema file which texts mean that a value is missing.");
        using var state = new LibtorchState(ThreadsForSmall);
        using DisposeScope scope = NewDisposeScope();
        using var layout = new CellLayout(cells);
        var parts = new Parts(cells, layout, options.Seed);
        var gain = new GainImputer(layout, options, progress, stop);
        CellImputer[] all = [new ForestImputer(layout, options.Seed, stop), gain, new NeighbourImputer(layout, options.Seed), new MeanImputer(layout)];
        CellImputer[] measured = [.. all.Where(i => options.Method == Auto || i.Name == options.Method || i.Name == Baseline)];
        Dictionary<string, Tensor> guesses = measured.ToDictionary(i => i.Name, i => i.Guess(parts.Seen, parts.Visible));

        Dictionary<string, double> choice = options.Method == Auto ? parts.Choice(guesses) : [];
        // Of equals the first.
        CellImputer chosen = all.Single(i => i.Name == (options.Method == Auto ? measured.MinBy(m => choice[m.Name])!.Name : options.Method));
        // What was held back is known, after all: the guesses that count use it.
        var draws = new CellDraws(cells, layout, chosen.Guess(parts.Values, parts.Known), parts.Residuals(guesses[chosen.Name]), parts.HeldBack);
        FilledTable[] tables = [.. Enumerable.Range(0, options.Imputations)
            .Select(i => options.Imputations == 1 ? draws.Likeliest() : draws.Draw(SeedStream.Derive(options.Seed, "imputation", (ulong)i)))];
        return new ImputationResult(tables, cells.MissingByColumn(), Unfilled(table, cells, schema), chosen.Name, choice, parts.Scores(guesses), gain.Steps);
    }

    private static string[] Unfilled(Table table, CellTable cells, TableSchema schema) =>
        [.. table.Columns.Where(c => c.Values.Any(schema.File.Missing.Contains) && cells.Columns.All(known => known.Code.Name != c.Name)).Select(c => c.Name)];

    /// <summary>The known cells, and the disjoint parts of them that are held back for the choice and for the scores.</summary>
    private sealed class Parts
    {
        private readonly CellLayout _layout;
        private readonly Tensor _forChoice, _forScores;

        public Parts(CellTable cells, CellLayout layout, ulong seed)
        {
            using Random random = new(SeedStream.Derive(seed, "held-back cells"), CPU);
            _layout = layout;
            (Values, Known) = (tensor(cells.Values, [cells.Table.Rows, cells.Width]), tensor(cells.Known, [cells.Table.Rows, cells.Columns.Count]));
            Tensor place = rand(Known.shape, generator: random);
            _forChoice = Known * place.IsBelow(ForChoice).to_type(ScalarType.Float32);
            _forScores = Known * place.IsAtLeast(1 - ForScores).to_type(ScalarType.Float32);
            HeldBack = _forChoice.Plus(_forScores);
            Visible = Known - HeldBack;
            Seen = Values * layout.Spread(Visible);
        }

        public Tensor Values { get; }

        public Tensor Known { get; }

        public Tensor HeldBack { get; }

        public Tensor Visible { get; }

        public Tensor Seen { get; }

        /// <summary>Truth minus guess where cells were held back.</summary>
        public Tensor Residuals(Tensor guess) => (Values - guess) * _layout.Spread(HeldBack);

        public Dictionary<string, double> Choice(Dictionary<string, Tensor> guesses)
        {
            Dictionary<string, double[]> scores = guesses.ToDictionary(g => g.Key, g => CellScores.PerColumn(_layout, g.Value, Values, _forChoice));
            return scores.ToDictionary(s => s.Key, s => CellScores.OfMean(_layout, s.Value, scores[Baseline]));
        }

        public ImputationScore[] Scores(Dictionary<string, Tensor> guesses)
        {
            Dictionary<string, double[]> scores = guesses.ToDictionary(g => g.Key, g => CellScores.PerColumn(_layout, g.Value, Values, _forScores));
            float[] counts = _forScores.sum(dim: 0).data<float>().ToArray();
            return [.. _layout.Columns.Select((c, k) => new ImputationScore(c.Code.Name, c.IsNumber, (int)counts[k], scores.ToDictionary(s => s.Key, s =>
                s.Value[k])))];
        }
    }
}
