using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GanPipeline.Tables;

/// <summary>A style as text, which generator files and checkpoints hold: <c>decimals=2 zeros=padded prefix=%24</c>.</summary>
internal sealed class NumberStyleText : JsonConverter<NumberStyle>
{
    private const int MostAffix = 32, MostWidth = 64, MostDecimals = 22;

    /// <summary>The text of a style: what is not as in <see cref="NumberStyle.Shortest"/>, a key a part.</summary>
    public static string Of(NumberStyle style)
    {
        NumberStyle plain = NumberStyle.Shortest;
        var parts = new List<string> { style.Digits > 0 || style.Rounding == NumberRounding.Decimals ? $"{Name(style.Rounding)}={style.Digits}"
            : Name(style.Rounding) };
        if (style.Zeros != plain.Zeros) parts.Add($"zeros={Name(style.Zeros)}");
        if (style.Exponent != plain.Exponent) parts.Add($"exponent={Name(style.Exponent)}");
        if (style.Plus) parts.Add("plus");
        if (style.PlusZero) parts.Add("plus_zero");
        if (style.NegativeZero) parts.Add("negative_zero");
        if (style.BareFraction) parts.Add("bare_fraction");
        if (style.SignInside) parts.Add("sign_inside");
        if (style.Minus != plain.Minus) parts.Add($"minus={Escaped(style.Minus)}");
        if (style.Point != plain.Point) parts.Add($"point={Escaped(style.Point)}");
        if (style.Thousands is { } thousands) parts.Add($"thousands={Escaped(thousands)}");
        if (style.Prefix.Length > 0) parts.Add($"prefix={Uri.EscapeDataString(style.Prefix)}");
        if (style.Suffix.Length > 0) parts.Add($"suffix={Uri.EscapeDataString(style.Suffix)}");
        if (style.Width > 0) parts.Add($"width={style.Width}");
        return string.Join(' ', parts);
    }

    /// <summary>The style of a text, which is not trusted; null where it is none.</summary>
    public static NumberStyle? Parse(string text)
    {
        string[] parts = text.Split(' ');
        (string kind, string digitText) = Split(parts[0]);
        if (!Find(kind, out NumberRounding rounding)) return null;
        bool counted = rounding is NumberRounding.Decimals or NumberRounding.Significant;
        if (counted ? !int.TryParse(digitText, NumberStyles.None, CultureInfo.InvariantCulture, out int digits) || digits > MostDecimals
            || (digits == 0 && rounding == NumberRounding.Significant) : (digits = 0) < 0 || digitText.Length > 0) return null;
        var style = new NumberStyle(rounding, digits);
        foreach ((string key, string value) in parts.Skip(1).Select(Split))
        {
            if (With(style, key, Uri.UnescapeDataString(value)) is not { } next) return null;
            style = next;
        }
        return style;
    }

    /// <inheritdoc/>
    public override NumberStyle Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.GetString() ?? "") ?? throw new JsonException("it is no style of numbers");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, NumberStyle value, JsonSerializerOptions options) => writer.WriteStringValue(Of(value));

    private static NumberStyle? With(NumberStyle style, string key, string value) => key switch
    {
        "zeros" when Find(value, out NumberZeros zeros) => style with { Zeros = zeros },
        "exponent" when Find(value, out NumberExponent exponent) => style with { Exponent = exponent },
        "plus" => style with { Plus = true },
        "plus_zero" => style with { PlusZero = true },
        "negative_zero" => style with { NegativeZero = true },
        "bare_fraction" => style with { BareFraction = true },
        "sign_inside" => style with { SignInside = true },
        "minus" when value.Length == 1 => style with { Minus = value[0] },
        "point" when value.Length == 1 => style with { Point = value[0] },
        "thousands" when value.Length == 1 => style with { Thousands = value[0] },
        "prefix" when value.Length <= MostAffix => style with { Prefix = value },
        "suffix" when value.Length <= MostAffix => style with { Suffix = value },
        "width" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int width) && width <= MostWidth => style with { Width = width },
        _ => null,
    };

    private static (string Key, string Value) Split(string part) => part.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at
        ? (part[..at], part[(at + 1)..]) : (part, "");

    private static string Escaped(char c) => Uri.EscapeDataString(c.ToString());

    private static string Name<T>(T value) where T : struct, Enum => value switch
    {
        NumberRounding.Single => "float32",
        NumberRounding.Double => "float64",
        _ => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()),
    };

    private static bool Find<T>(string name, out T value) where T : struct, Enum
    {
        foreach (T known in Enum.GetValues<T>())
        {
            if (Name(known) != name) continue;
            value = known;
            return true;
        }
        value = default;
        return false;
    }
}
