using System.Globalization;
using GanPipeline.Primitives;

namespace GanPipeline.Cli.Printing;

/// <summary>How far a file is from its network, in words. Rows of a table have no largest difference: a choice that a rounding tips makes another
/// value.</summary>
internal static class VerificationWords
{
    /// <summary>What was found at each size of batch.</summary>
    /// <param name="info">The file.</param>
    public static string Of(GeneratorInfo info)
    {
        return (info.IsTable ? "values that differ by more than roundings: " : "largest difference: ") +
            string.Join(", ", info.Verification.Select(check => $"{Found(check.Difference)} at batch {check.Batch}"));

        string Found(double difference) => info.IsTable && difference == 0 ? "none" : difference.ToString(info.IsTable ? "P3" : "E1",
            CultureInfo.InvariantCulture);
    }

    /// <summary>The mean at the largest batch.</summary>
    public static string Mean(GeneratorInfo info) => info.Verification[^1].Deviation is var mean && mean == 0 ? "none differs at all"
        : string.Create(CultureInfo.InvariantCulture, $"on average {100 * mean:G2} % of the spread");

    /// <summary>How many real rows a file gives away.</summary>
    public static string StoredRows(GeneratorInfo info) =>
        string.Create(CultureInfo.InvariantCulture, $"{info.StoredRows} rows of the training table, which whoever has the file can read") +
        " (--set data.anchors=0 in training: none)";
}
