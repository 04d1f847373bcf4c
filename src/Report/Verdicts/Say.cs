using System.Globalization;

namespace GanPipeline.Report.Verdicts;

/// <summary>Numbers as parts of sentences.</summary>
internal static class Say
{
    /// <summary>What a file says of numbers that rest on too few rows for a conclusion.</summary>
    private const string FewRows = "too few rows to tell";

    /// <summary>A score with three decimals.</summary>
    public static string Score(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    /// <summary>A share in per cent; one that is not 0 never looks like it.</summary>
    public static string Percent(double share) => share > 0 && share < 0.0005 ? "less than 0.1 %"
        : (100 * share).ToString(share is > 0 and < 0.1 ? "0.#" : "0", CultureInfo.InvariantCulture) + " %";

    /// <summary>The 95 % interval of a score, in brackets after it; nothing where there is none.</summary>
    public static string Between(QualityRow row) => HasInterval(row) ? $" ({Score(row.Low)} to {Score(row.High)})" : "";

    /// <summary>A difference with its sign.</summary>
    public static string Signed(double value) => value.ToString("+0.000;\u22120.000;0.000", CultureInfo.InvariantCulture);

    /// <summary>Whether a number has a 95 % interval.</summary>
    public static bool HasInterval(QualityRow row) => double.IsFinite(row.Low) && double.IsFinite(row.High);

    /// <summary>What a row says of a class of too few rows: "too few rows to tell (4 of class 'rare')"; null where it says nothing.</summary>
    public static string? TooFew(QualityRow row) => row.Sample.IndexOf(FewRows, StringComparison.Ordinal) is >= 0 and var at ? row.Sample[at..] : null;
}
