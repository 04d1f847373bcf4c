using System.Globalization;

namespace GanPipeline.TableFiles;

/// <summary>Values of Parquet columns as texts and back, with nothing lost.</summary>
internal static class ParquetText
{
    /// <summary>A Boolean, however it is written.</summary>
    public static bool? Boolean(string text) => bool.TryParse(text, out bool value) ? value : text switch { "1" => true, "0" => false, _ => null };

    /// <summary>Writes decimals with the digits of their column.</summary>
    public static Func<decimal, string> Decimals(int scale)
    {
        string format = string.Create(CultureInfo.InvariantCulture, $"F{scale}");
        return value => value.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>Reads decimals that a column of so many digits can hold.</summary>
    public static Func<string, decimal?> Decimal(int precision, int scale) => text =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) && decimal.Round(value, scale) == value
            && decimal.Truncate(Math.Abs(value)).ToString(CultureInfo.InvariantCulture).Length <= Math.Max(1, precision - scale) ? value : null;
}
