using GanPipeline.Evaluation.Metrics;

namespace GanPipeline;

/// <summary>The table to make a synthetic copy of; the generator is trained by the preset for tables and stores no row.</summary>
/// <param name="Table">A CSV file.</param>
/// <param name="Out">The synthetic CSV file, with as many rows.</param>
public sealed record AnonymizeOptions(string Table, string Out) : PresetOptions
{
    /// <summary>
    /// A CSV file for the figures of privacy and utility; null for one beside the synthetic table (synthetic.csv: synthetic.privacy.csv). They come from real
    /// rows: do not give them away with it.
    /// </summary>
    public string? Report { get; init; }

    /// <summary>What differential privacy may spend at most, above 0 and at most 1000: 1 is strong, 10 weak. Null trains without it.</summary>
    public double? Epsilon { get; init; }

    /// <summary>With <see cref="Epsilon"/>: the probability with which that may fail, below one in the number of rows; null for 0.00001.</summary>
    public double? Delta { get; init; }

    /// <summary>
    /// What becomes of generated rows that equal a real one; null for <see cref="Copies.Remove"/>, and with <see cref="Epsilon"/> for
    /// <see cref="Copies.Keep"/>, since leaving rows out because they are real would tell which are.
    /// </summary>
    public Copies? Copies { get; init; }

    /// <summary>Whether texts that a spreadsheet would run as formulas get an apostrophe before them.</summary>
    public bool SafeCsv { get; init; }

    /// <summary>Whether files that are there already may be replaced.</summary>
    public bool Force { get; init; }
}

/// <summary>What becomes of generated rows that equal a real one.</summary>
public enum Copies
{
    /// <summary>Others are generated in their place.</summary>
    Remove,

    /// <summary>They stay: right for tables of so few different rows that equal ones are chance.</summary>
    Keep,
}

/// <summary>A synthetic table, and how private and how useful it is.</summary>
/// <param name="Out">The synthetic table.</param>
/// <param name="Report">The file with the figures.</param>
/// <param name="Rows">Rows of the synthetic table.</param>
/// <param name="Metrics">The figures, measured with a fifth of the rows that the generator has not seen.</param>
public sealed record AnonymizeResult(string Out, string Report, int Rows, IReadOnlyList<MetricResult> Metrics)
{
    /// <summary>Generated rows that were left out because they equalled a real one; null where copies are kept.</summary>
    public int? CopiesRemoved { get; init; }

    /// <summary>By how many rows the synthetic table is shorter than the real one, since the generator generated nothing but copies for them.</summary>
    public int Lacking { get; init; }

    /// <summary>What differential privacy spent; null where it was not asked for.</summary>
    public PrivacySpent? Privacy { get; init; }
}

/// <summary>What differential privacy spent, and what it does not speak of.</summary>
/// <param name="Epsilon">What it was allowed to spend.</param>
/// <param name="Delta">The probability with which it may fail.</param>
/// <param name="Spent">What it spent in all.</param>
/// <param name="SpentOnCounts">How much of that went into the numbers of rows of the classes; 0 for a table without classes.</param>
/// <param name="Steps">Steps that were trained.</param>
/// <param name="SampleRate">The probability with which a row is in a step.</param>
/// <param name="NoiseMultiplier">Standard deviation of the noise, in clipping norms.</param>
public sealed record PrivacySpent(double Epsilon, double Delta, double Spent, double SpentOnCounts, long Steps, double SampleRate, double NoiseMultiplier)
{
    /// <summary>Whether the names of the classes are taken from the rows rather than from a schema file.</summary>
    public bool ClassNamesFromRows { get; init; }

    /// <summary>Columns whose types, ranges and categories are taken from the rows rather than from a schema file.</summary>
    public IReadOnlyList<string> ColumnsFromRows { get; init; } = [];

    /// <summary>What the noise is, and what it is no guard against.</summary>
    public static string NoiseLimits => GanPipeline.Training.Updates.PrivateOptions.NoiseLimits;
}
