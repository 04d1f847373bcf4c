using GanPipeline.Tables;
using TorchSharp;
using static TorchSharp.torch;
using Random = TorchSharp.torch.Generator;

namespace GanPipeline.Training.Imputation;

/// <summary>How the missing cells of a table are filled.</summary>
internal sealed record ImputationOptions
{
    /// <summary><c>gain</c> (a GAN), or one of the two that it has to beat: <c>neighbours</c> or <c>mean</c>.</summary>
    public string Method { get; init; } = "gain";

    /// <summary>Most steps that the generator trains; it ends earlier when cells that were held back are guessed no better.</summary>
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
        Require.That(Imputation.Methods.Contains(Method), "method", $"is '{Method}'; it must be one of {string.Join(", ", Imputation.Methods)}");
        Require.That(Steps is >= 1 and <= 10_000_000, "steps", "must be between 1 and 10000000", Steps);
        Require.That(AdversarialWeight is >= 0 and <= 1000, "adversarial_weight", "must be between 0 and 1000", AdversarialWeight);
        Require.That(Imputations is >= 1 and <= 1000, "imputations", "must be between 1 and 1000", Imputations);
    }
}

/// <summary>How well known cells of one column were guessed that had been held back.</summary>
/// <param name="Column">The column.</param>
/// <param name="IsNumber">Whether the figure is an error (numbers, lower is better) or a share of right guesses (categories).</param>
/// <param name="Cells">Cells that were held back.</param>
/// <param name="ByMethod">Root mean square error in the column's standard deviations, or share of right guesses, by method.</param>
internal sealed record ImputationScore(string Column, bool IsNumber, int Cells, IReadOnlyDictionary<string, double> ByMethod);

/// <summary>The result of an imputation.</summary>
/// <param name="Tables">The filled tables; all known values are the file's own texts.</param>
/// <param name="Filled">How many cells of each column were filled, by name; columns without a missing cell are not named.</param>
/// <param name="Unfilled">Columns that still lack values: they have none in any row, or the schema leaves them out.</param>
/// <param name="Scores">How well each method guessed cells that were held back, a row a column.</param>
/// <param name="Steps">Steps that GAIN's generator had taken when it guessed best.</param>
internal sealed record ImputationResult(IReadOnlyList<FilledTable> Tables, IReadOnlyDictionary<string, int> Filled, IReadOnlyList<string> Unfilled,
    IReadOnlyList<ImputationScore> Scores, int Steps)
{
    /// <summary>Mean over the columns, by method: of the errors of numbers (NaN without any), and of the shares of categories (NaN without any).</summary>
    public (double Error, double Share) Mean(string method) => (
        Scores.Where(s => s.IsNumber).Select(s => s.ByMethod[method]).DefaultIfEmpty(double.NaN).Average(),
        Scores.Where(s => !s.IsNumber).Select(s => s.ByMethod[method]).DefaultIfEmpty(double.NaN).Average());
}

/// <summary>Fills the missing cells of a table, and measures how far its guesses can be trusted: a part of the known cells is held back from training, and
/// guessed.</summary>
internal static class Imputation
{
    private const double ForStopping = 0.05, ForScores = 0.1;
    private const int CheckEvery = 100, Patience = 10, ThreadsForSmall = 1;

    /// <summary>Names of the methods.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["gain", "neighbours", "mean"];

    /// <summary>Learns from a table and fills it.</summary>
    /// <param name="table">The table; a class column is a column like others.</param>
    /// <param name="schema">Its columns, inferred without a label.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Hears the share of the steps that are done, 0 to 1.</param>
    /// <param name="stop">Ends it between two steps.</param>
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
        Tensor values = tensor(cells.Values, [table.Rows, cells.Width]), known = tensor(cells.Known, [table.Rows, cells.Columns.Count]);
        using Random random = new(SeedStream.Derive(options.Seed, "held-back cells"), CPU);
        // Cells of their own for the scores: those that training was stopped by would flatter it.
        Tensor place = rand(known.shape, generator: random);
        Tensor forStopping = known * place.IsBelow(ForStopping).to_type(ScalarType.Float32);
        Tensor heldBack = known * place.IsAtLeast(1 - ForScores).to_type(ScalarType.Float32), visible = known - heldBack - forStopping;
        Tensor seen = values * layout.Spread(visible);

        using var mean = new MeanImputer(layout, seen, visible);
        using var neighbours = new NeighbourImputer(layout, seen, visible, random);
        using var gain = new GainImputer(layout, seen, visible, options.Seed, options.AdversarialWeight);
        int steps = Train(gain, new Check(layout, values, seen, visible, forStopping), options, progress, stop);
        CellImputer[] all = [gain, neighbours, mean];
        Dictionary<string, double[]> scores = all.ToDictionary(i => i.Name, i => CellScores.PerColumn(layout, i.Guess(seen, visible), values, heldBack));
        double[] heldBackCells = [.. heldBack.sum(dim: 0).data<float>().ToArray().Select(c => (double)c)];
        ImputationScore[] report =
            [.. layout.Columns.Select((c, k) => new ImputationScore(c.Code.Name, c.IsNumber, (int)heldBackCells[k],
            scores.ToDictionary(s => s.Key, s => s.Value[k])))];

        CellImputer chosen = all.Single(i => i.Name == options.Method);
        // What was held back is known, after all: the guesses that count use it.
        using CellImputer? again = chosen.Name == "neighbours" ? new NeighbourImputer(layout, values, known, random) : null;
        Tensor guess = (again ?? chosen).Guess(values, known);
        Tensor residuals = (values - chosen.Guess(seen, visible)) * layout.Spread(heldBack);
        var draws = new CellDraws(cells, layout, guess, residuals, heldBack);
        FilledTable[] tables = [.. Enumerable.Range(0, options.Imputations)
            .Select(i => options.Imputations == 1 ? draws.Likeliest() : draws.Draw(SeedStream.Derive(options.Seed, "imputation", (ulong)i)))];
        return new ImputationResult(tables, cells.MissingByColumn(), Unfilled(table, cells, schema), report, steps);
    }

    private static string[] Unfilled(Table table, CellTable cells, TableSchema schema) =>
        [.. table.Columns.Where(c => c.Values.Any(schema.File.Missing.Contains) && cells.Columns.All(known => known.Code.Name != c.Name)).Select(c => c.Name)];

    private static int Train(GainImputer gain, Check check, ImputationOptions options, IProgress<double>? progress, CancellationToken stop)
    {
        using Tensor best = gain.Weights.clone().DetachFromDisposeScope();
        (double bestError, int bestStep) = (double.PositiveInfinity, 0);
        for (int step = 1; step <= options.Steps; step++)
        {
            stop.ThrowIfCancellationRequested();
            gain.TakeStep();
            if (step % CheckEvery != 0 && step != options.Steps) continue;
            progress?.Report((double)step / options.Steps);
            double error = check.Error(gain);
            if (error < bestError)
            {
                (bestError, bestStep) = (error, step);
                best.copy_(gain.Weights);
            }
            else if (step - bestStep >= Patience * CheckEvery) break;
        }
        using (no_grad()) gain.Weights.copy_(best);
        return bestStep;
    }

    /// <summary>The cells that were held back, to see how well they are guessed.</summary>
    private sealed record Check(CellLayout Layout, Tensor Values, Tensor Seen, Tensor Visible, Tensor HeldBack)
    {
        public double Error(CellImputer imputer)
        {
            using DisposeScope scope = NewDisposeScope();
            return CellScores.Loss(Layout, imputer.Guess(Seen, Visible), Values, HeldBack);
        }
    }
}
