using System.Globalization;

namespace GanPipeline.Training.Config;

/// <summary>One sentence for a value that is out of its range.</summary>
internal static class Require
{
    public static void That(bool holds, string key, string rule) { if (!holds) throw new UserErrorException($"'{key}' {rule}."); }

    public static void That<T>(bool holds, string key, string rule, T value) where T : IFormattable
    {
        if (!holds) throw new UserErrorException($"'{key}' {rule}; it is {value.ToString(null, CultureInfo.InvariantCulture)}.");
    }
}
