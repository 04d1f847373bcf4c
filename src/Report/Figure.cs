using System.Globalization;

namespace GanPipeline.Report;

/// <summary>How numbers are written for people: at most four figures that count, whole numbers whole. The files keep all of them.</summary>
internal static class Figure
{
    public static string Short(double value)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        if (double.IsNaN(value)) return "not a number";
        if (double.IsInfinity(value)) return value > 0 ? "infinite" : "-infinite";
        double size = Math.Abs(value);
        if (size < 1e15 && value == Math.Round(value)) return value.ToString("#,0", invariant);
        return size switch
        {
            >= 1e9 or < 1e-9 => value.ToString("0.###e0", invariant),
            < 1e-3 => value.ToString("F" + (2 - (int)Math.Floor(Math.Log10(size))), invariant).TrimEnd('0'),
            >= 1000 => value.ToString("#,0", invariant),
            >= 100 => value.ToString("0.#", invariant),
            >= 10 => value.ToString("0.##", invariant),
            >= 1 => value.ToString("0.###", invariant),
            _ => value.ToString("0.####", invariant),
        };
    }

    /// <summary>Both ends of an interval, as exactly as its width is worth.</summary>
    public static (string Low, string High) Ends(double low, double high)
    {
        if (high - low is not > 0) return (Short(low), Short(high));
        int decimals = 1 - (int)Math.Floor(Math.Log10(high - low));
        return decimals is < 0 or > 9 ? (Short(low), Short(high)) : (Text(low), Text(high));

        string Text(double value) => value.ToString("#,0." + new string('0', decimals), CultureInfo.InvariantCulture);
    }

    /// <summary>A share in per cent, in at most three figures.</summary>
    public static string Percent(double share) => (100 * share).ToString(Math.Abs(share) switch
    {
        >= 0.1 => "0.#",
        >= 0.01 or 0 => "0.##",
        >= 0.001 => "0.###",
        _ => "0.####",
    }, CultureInfo.InvariantCulture) + " %";

    /// <summary>All digits, as files have them.</summary>
    public static string Full(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
