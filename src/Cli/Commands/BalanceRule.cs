using System.Globalization;
using GanPipeline.MlNet;
using GanPipeline.Primitives;

namespace GanPipeline.Cli.Commands;

/// <summary>Reads <c>majority</c>, <c>ratio:R</c> and <c>counts:NAME=N,...</c>.</summary>
internal static class BalanceRule
{
    public static Balance Parse(string text)
    {
        (string kind, string rest) = text.Split(':', 2) is [var k, var r] ? (k, r) : (text, "");
        if (kind == "majority" && rest.Length == 0) return Balance.ToMajority;
        if (kind == "ratio" && double.TryParse(rest, NumberStyles.Float, CultureInfo.InvariantCulture, out double ratio) && ratio is > 0 and <= 1)
            return Balance.Ratio(ratio);
        if (kind == "counts" && Counts(rest) is { Count: > 0 } counts) return Balance.Counts(counts);
        throw UserErrorException.Usage($"--balance {text}: write 'majority', 'ratio:R' with 0 < R <= 1, or 'counts:NAME=N,NAME=N'.");
    }

    private static Dictionary<string, int>? Counts(string text)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string item in text.Split(','))
        {
            int equals = item.LastIndexOf('=');
            if (equals <= 0 || !int.TryParse(item[(equals + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                || !counts.TryAdd(item[..equals], count)) return null;
        }
        return counts;
    }
}
