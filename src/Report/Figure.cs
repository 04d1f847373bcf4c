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
            >= 1e7 or < 1e-3 => value.ToString("0.###e0", invariant),
            >= 1000 => value.ToString("#,0", invariant),
            >= 100 => value.ToString("0.#", invariant),
            >= 10 => value.ToString("0.##", invariant),
            >= 1 => value.ToString("0.###", invariant),
            _ => value.ToString("0.####", invariant),
        };
    }

    /// <summary>All digits, as files have them.</summary>
    public static string Full(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
