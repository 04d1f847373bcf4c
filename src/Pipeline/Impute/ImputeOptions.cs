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

    /// <summary><c>gain</c> (a GAN), or one of the two that it has to beat: <c>neighbours</c> (the 5 nearest rows) or <c>mean</c>.</summary>
    public string Method { get; init; } = "gain";

    /// <summary>How many filled tables, 1 to 1000: one holds the likeliest values; several hold draws that differ as much as guesses err.</summary>
    public int Imputations { get; init; } = 1;

    /// <summary>Most training steps, 1 to 10,000,000; it ends earlier when it gets no better.</summary>
    public int Steps { get; init; } = 5000;

    /// <summary>Makes the run; the same seed fills the same values.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether files that are there already may be replaced.</summary>
    public bool Force { get; init; }
}

/// <summary>What was filled, and how far the guesses can be trusted.</summary>
/// <param name="Files">The filled tables.</param>
/// <param name="Columns">How well each method guessed known cells that were held back, a column each.</param>
/// <param name="Filled">Cells that were filled, by column.</param>
/// <param name="Unfilled">Columns that still lack values: they have none in any row, or the schema leaves them out.</param>
/// <param name="Steps">Steps that the generator had taken when it guessed best.</param>
public sealed record ImputeResult(IReadOnlyList<string> Files, IReadOnlyList<ImputedColumn> Columns, IReadOnlyDictionary<string, int> Filled,
    IReadOnlyList<string> Unfilled, int Steps)
{
    /// <summary>The methods that are compared.</summary>
    public static IReadOnlyList<string> Methods { get; } = Training.Imputation.Imputation.Methods;

    /// <summary>What fills best here: <c>gain</c>, unless another method is no worse in both means and better in one.</summary>
    public string Best => Methods.FirstOrDefault(m => m != Gain && Beats(Mean(m), Mean(Gain))) ?? Gain;

    private const string Gain = "gain";

    /// <summary>Mean over the columns: of the errors of numbers (NaN without any), and of the shares of categories that are right (NaN without any).</summary>
    public (double Error, double Share) Mean(string method) => (
        Columns.Where(c => c.IsNumber).Select(c => c.ByMethod[method]).DefaultIfEmpty(double.NaN).Average(),
        Columns.Where(c => !c.IsNumber).Select(c => c.ByMethod[method]).DefaultIfEmpty(double.NaN).Average());

    private static bool Beats((double Error, double Share) one, (double Error, double Share) other) =>
        !(one.Error > other.Error) && !(one.Share < other.Share) && (one.Error < other.Error || one.Share > other.Share);
}

/// <summary>How well known cells of one column were guessed that had been held back.</summary>
/// <param name="Name">The column.</param>
/// <param name="IsNumber">Whether the figures are errors (numbers, lower is better) or shares of right guesses (categories).</param>
/// <param name="HeldBack">Cells that were held back.</param>
/// <param name="ByMethod">Root mean square error in the column's standard deviations, or share of right guesses, by method; NaN without any cell.</param>
public sealed record ImputedColumn(string Name, bool IsNumber, int HeldBack, IReadOnlyDictionary<string, double> ByMethod);
