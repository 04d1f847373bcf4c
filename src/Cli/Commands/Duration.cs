using System.Globalization;
using GanPipeline.Primitives;

namespace GanPipeline.Cli.Commands;

/// <summary>A time as people write it on a command line: a number and s, m or h.</summary>
internal static class Duration
{
    private const double MostHours = 24 * 365;

    public static TimeSpan? Parse(string? text)
    {
        if (text is null) return null;
        double hours = text is { Length: > 1 } && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out double number)
            ? text[^1] switch { 's' => number / 3600, 'm' => number / 60, 'h' => number, _ => double.NaN } : double.NaN;
        return hours is > 0 and <= MostHours ? TimeSpan.FromHours(hours)
            : throw UserErrorException.Usage($"--max-time {text}: write a number and s, m or h, for example 90s, 30m or 8h.");
    }

    /// <summary>A number of seconds; one that is no time at all, or more than there is, is left to be refused.</summary>
    public static TimeSpan OfSeconds(double seconds) => seconds is > 0 and < 1e9 ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
}
