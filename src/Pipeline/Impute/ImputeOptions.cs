namespace GanPipeline;

/// <summary>What to fill, how, and where to.</summary>
/// <param name="Table">A CSV file with missing values: empty fields, or what a schema file says.</param>
/// <param name="Out">The filled CSV file; of several imputations each gets its number before the ending (filled-1.csv, filled-2.csv, ...).</param>
public sealed record ImputeOptions(string Table, string Out)
{
    /// <summary>A YAML file that says what the table's columns are, where inference errs.</summary>
    public string? Schema { get; init; }

    /// <summary>Columns that nothing is guessed by and that are left as they are.</summary>
    public IReadOnlyList<string> Drop { get; init; } = [];

    /// <summary>Columns that others are guessed by though they look like an ID, free text or an index, which are left as they are otherwise.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>Texts that stand for a missing value, beside the empty one.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>
    /// <c>forest</c> (iterated random forests), <c>gain</c> (a GAN), <c>neighbours</c> (the 5 nearest rows) or <c>mean</c>; <c>auto</c> takes the one that
    /// guesses known cells best which are held back to choose by.
    /// </summary>
    public string Method { get; init; } = "auto";

    /// <summary>How many filled tables, 1 to 1000: one holds the likeliest values; several hold draws that differ as much as guesses err.</summary>
    public int Imputations { get; init; } = 1;

    /// <summary>Most training steps of <c>gain</c>, 1 to 10,000,000; it ends earlier when it gets no better.</summary>
    public int Steps { get; init; } = 5000;

    /// <summary>Makes the run; the same seed fills the same values.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether files that are there already may be replaced.</summary>
    public bool Force { get; init; }
}

/// <summary>What was filled, and how far the guesses can be trusted.</summary>
/// <param name="Files">The filled tables.</param>
/// <param name="Method">Who filled.</param>
/// <param name="Choice">What <c>auto</c> chose by: each method's error on the cells held back for the choice, of which the mean's is 1; empty where the method
/// was named.</param>
/// <param name="Columns">How well known cells were guessed that neither learning nor the choice saw, a column each.</param>
/// <param name="Filled">Cells that were filled, by column.</param>
/// <param name="Unfilled">Columns that still lack values: they have none in any row, or the schema leaves them out.</param>
/// <param name="Steps">Steps that the generator had taken when it guessed best; 0 where it was not trained.</param>
public sealed record ImputeResult(IReadOnlyList<string> Files, string Method, IReadOnlyDictionary<string, double> Choice, IReadOnlyList<ImputedColumn> Columns,
    IReadOnlyDictionary<string, int> Filled, IReadOnlyList<string> Unfilled, int Steps)
{
    /// <summary>All methods.</summary>
    public static IReadOnlyList<string> Methods { get; } = Training.Imputation.Imputation.Methods;

    /// <summary>The methods that were measured: all for <c>auto</c>, otherwise the named one and the mean.</summary>
    public IReadOnlyList<string> Measured => [.. Methods.Where(m => Columns.Any(c => c.ByMethod.ContainsKey(m)))];

    /// <summary>Mean over the columns: of the errors of numbers (NaN without any), and of the shares of categories that are right (NaN without any).</summary>
    public (double Error, double Share) Mean(string method) => (
        Columns.Where(c => c.IsNumber).Select(c => c.ByMethod[method]).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average(),
        Columns.Where(c => !c.IsNumber).Select(c => c.ByMethod[method]).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average());
}

/// <summary>How well known cells of one column were guessed that had been held back.</summary>
/// <param name="Name">The column.</param>
/// <param name="IsNumber">Whether the figures are errors (numbers, lower is better) or shares of right guesses (categories).</param>
/// <param name="HeldBack">Cells that were held back.</param>
/// <param name="ByMethod">Mean absolute error as a share of the column's range, or share of right guesses, by method; NaN without any cell.</param>
public sealed record ImputedColumn(string Name, bool IsNumber, int HeldBack, IReadOnlyDictionary<string, double> ByMethod);
