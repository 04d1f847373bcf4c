using System.Globalization;
using System.Text.Json;

namespace GanPipeline.Tables.Tests;

public class NumberStyleTests
{
    private static readonly NumberHints Commas = new(',', '.'), Points = new('.', ',');

    /// <summary>A style is found in the first half of what a program writes, and writes the other half as the program does.</summary>
    public static TheoryData<string> Writers => [.. Programs.Keys];

    [Theory]
    [MemberData(nameof(Writers))]
    public void Numbers_that_were_not_there_are_written_as_the_program_would(string program)
    {
        (Func<Random, double> draw, Func<double, string> write) = Programs[program];
        var random = new Random(5);
        double[] numbers = [.. Enumerable.Range(0, 400).Select(_ => draw(random))];
        string[] texts = [.. numbers.Select(write)];
        NumberStyle style = NumberStyle.Of([.. texts.Take(200).Distinct()], NumberHints.Invariant)!;
        Assert.NotNull(style);
        Assert.All(texts, text => Assert.Equal(text, style.Format(style.Parse(text))));
        Assert.All(numbers.Zip(texts), pair => Assert.Equal(pair.Second, style.Format(style.Round(pair.First))));
        Assert.All(texts, text => Assert.Equal(style.Parse(text), style.Round(style.Parse(text))));
        Assert.Equal(style, NumberStyleText.Parse(NumberStyleText.Of(style)));
    }

    private static readonly Dictionary<string, (Func<Random, double> Draw, Func<double, string> Write)> Programs = new()
    {
        ["whole numbers"] = (r => r.Next(-5000, 5000), n => N(n, "F0")),
        ["cents, trimmed"] = (r => Math.Round(r.NextDouble() * 1e7, 2), n => N(n, "0.##")),
        ["cents, padded"] = (r => Math.Round(r.NextDouble() * 1e3, 2), n => N(n, "F2")),
        ["eight significant digits"] = (r => Normal(r) * Math.Pow(10, r.Next(-2, 1)), n => Percent(n, 8)),
        ["significant digits with exponents"] = (r => Math.Exp(Normal(r) * 8), n => Percent(n, 6)),
        ["Python, rounded"] = (r => Math.Round(Normal(r), 2) + 0.0, n => Python(n)),
        ["Python, rounded to small numbers"] = (r => Math.Round(r.NextDouble() * 1e-3, 6), n => Python(n)),
        ["Python"] = (r => Normal(r) * Math.Pow(10, r.Next(-8, 22)), n => Python(n)),
        ["JavaScript"] = (r => Normal(r) * Math.Pow(10, r.Next(-10, 25)), n => JavaScript(n)),
        [".NET"] = (r => Normal(r) * Math.Pow(10, r.Next(-8, 22)), n => N(n, "R")),
        ["Java"] = (r => Normal(r) * Math.Pow(10, r.Next(-8, 22)), n => Java(n)),
        ["R"] = (r => Math.Round(Normal(r), 4) * Math.Pow(10, r.Next(-3, 7)), n => R(n)),
        ["C, scientific"] = (r => Normal(r) * 1e5, n => Scientific(n, 6)),
        ["NumPy's savetxt"] = (r => Normal(r), n => Scientific(n, 18)),
        ["float32"] = (r => (float)Normal(r), n => ((float)n).ToString("R", CultureInfo.InvariantCulture)),
        ["float32 of .NET with exponents"] = (r => (float)(Normal(r) * Math.Pow(10, r.Next(-8, 12))), n => ((float)n).ToString("R",
            CultureInfo.InvariantCulture)),
        ["a plus sign"] = (r => r.Next(-500, 500) / 10.0, n => N(n, "+0.0;-0.0;0.0")),
        ["U+2212"] = (r => r.Next(-500, 500), n => N(n, "0;\u22120;0")),
        ["a leading blank"] = (r => r.Next(17, 90), n => " " + N(n, "0")),
        ["a blank and a sign"] = (r => r.Next(-90, 90), n => " " + N(n, "0")),
        ["dollars, the sign first"] = (r => r.Next(-9000, 9000) / 100.0, n => N(n, "$0.00;-$0.00")),
        ["dollars, the sign last"] = (r => r.Next(-9000, 9000) / 100.0, n => "$" + N(n, "0.00;-0.00")),
        ["euros"] = (r => r.Next(1, 9000) / 100.0, n => N(n, "0.00") + " \u20AC"),
        ["per cent"] = (r => r.Next(0, 1000) / 10.0, n => N(n, "0.0") + "%"),
        ["kilograms"] = (r => r.Next(40, 120), n => N(n, "0") + " kg"),
        ["no zero before the point"] = (r => r.Next(-2000, 2000) / 1000.0, n => N(n, ".###;-.###;0")),
        ["right-aligned"] = (r => r.Next(0, 5000), n => N(n, "0").PadLeft(6)),
    };

    [Fact]
    public void Separators_are_the_hints()
    {
        Holds(["1.234,5", "12,75", "1.234.567", "-3"], Commas, 98765.25, "98.765,25");
        Holds(["1,234.50", "12.75", "1,234,567.00"], Points, 98765.25, "98,765.25");
        Holds(["1234,5", "12,75"], Commas, 98765.25, "98765,25");
        Assert.Null(NumberStyle.Of(["1,5", "2"], NumberHints.Invariant));
        Assert.Null(NumberStyle.Of(["1234", "1.235"], Commas)); // one of a thousand has groups, the other has none
        Assert.Null(NumberStyle.Of(["12.34", "1"], Commas));
    }

    [Theory]
    [InlineData("02134", "10001")]
    [InlineData("1.5", "1.50")]
    [InlineData("5", "05")]
    [InlineData("5", "+5")]
    [InlineData("5", " 5", "7")]
    [InlineData("1.0", "1")]
    [InlineData("1e3", "1000")]
    [InlineData("12345678901234567890", "1")]
    [InlineData("0.123456789012345678", "0.5")]
    [InlineData("0.1", "$0.2")]
    [InlineData("1e-5", "1e-05")]
    [InlineData("nan", "1")]
    [InlineData("1e999", "1")]
    [InlineData("5b", "7b")]
    [InlineData("1-2", "3-4")]
    [InlineData("--1", "1")]
    [InlineData("", "1")]
    [InlineData("0x10", "1")]
    public void Texts_that_do_not_come_back_are_no_numbers(params string[] texts) => Assert.Null(NumberStyle.Of(texts, NumberHints.Invariant));

    [Fact]
    public void The_narrowest_style_that_explains_the_texts_is_taken()
    {
        Assert.Equal((NumberRounding.Decimals, 2), Kind("0.12", "0.5", "12.25", "113.37", "7"));
        Assert.Equal((NumberRounding.Significant, 8), Kind("0.23001961", "5.0725783", "-0.095734317", "-0.85955255", "0.4803223"));
        Assert.Equal((NumberRounding.Double, 0), Kind("0.30000000000000004"));
        Assert.Equal((NumberRounding.Double, 0), Kind("1000000000.9356748", "1000000000.892839"));
        Assert.Equal((NumberRounding.Decimals, 0), Kind("1735692987", "1735691005"));
        Assert.Equal((NumberRounding.Single, 0), Kind("0.67188686", "-0.21936196", "1.3427892", "0.008839893", "0.57241017"));

        static (NumberRounding, int) Kind(params string[] texts) => NumberStyle.Of(texts, NumberHints.Invariant)! is var style ? (style.Rounding,
            style.Digits) : default;
    }

    /// <summary>Python rounds -0.001 to -0.0, and so does a style whose column has one; others have none.</summary>
    [Fact]
    public void A_negative_zero_is_kept_where_the_column_has_one()
    {
        NumberStyle with = NumberStyle.Of(["-0.0", "0.25", "0.0", "-1.5", "110.75"], NumberHints.Invariant)!,
            without = NumberStyle.Of(["0.0", "0.25", "-1.5", "110.75"], NumberHints.Invariant)!;
        Assert.Equal(("-0.0", "0.0"), (with.Format(with.Round(-0.001)), with.Format(with.Round(0.001))));
        Assert.Equal("0.0", without.Format(without.Round(-0.001)));
        Assert.False(double.IsNegative(without.Round(-0.001)));
    }

    [Fact]
    public void Whole_numbers_beyond_two_to_the_fifty_third_are_exact()
    {
        string[] texts = ["1735692987123456789", "9007199254740993", "-9223372036854775807", "5"];
        NumberStyle style = NumberStyle.Of(texts, NumberHints.Invariant)!;
        Assert.All(texts, text => Assert.Equal(text, style.TryParse(text, out long whole) ? style.Format(whole) : ""));
        Assert.True(style.IsWhole);
    }

    [Fact]
    public void A_style_is_kept_as_text_that_is_not_trusted()
    {
        foreach (string text in new[] { "", "decimals", "decimals=x", "decimals=99", "significant=0", "float64=3", "decimals=2 zeros=no", "decimals=2 nothing",
            "decimals=2 width=1000", "decimals=2 minus=ab", "decimals=2 prefix=" + new string('x', 100), "decimals=-1" })
            Assert.Null(NumberStyleText.Parse(text));
        NumberStyle style = new(NumberRounding.Decimals, 2) { Zeros = NumberZeros.Padded, Prefix = "= $", Thousands = ' ', Suffix = "%" };
        Assert.Equal(style, JsonSerializer.Deserialize<NumberStyle>(JsonSerializer.Serialize(style)));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<NumberStyle>("\"decimals=99\""));
    }

    private static void Holds(string[] texts, NumberHints hints, double number, string written)
    {
        NumberStyle style = NumberStyle.Of(texts, hints)!;
        Assert.NotNull(style);
        Assert.All(texts, text => Assert.Equal(text, style.Format(style.Parse(text))));
        Assert.Equal(written, style.Format(number));
    }

    private static string N(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Digits without zeros at the end, and the power of ten of the first.</summary>
    private static (string Digits, int Power) Parts(string scientific)
    {
        string[] parts = scientific.Split('E');
        string digits = parts[0].Replace(".", "", StringComparison.Ordinal).TrimEnd('0');
        return (digits.Length == 0 ? "0" : digits, int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static (string Digits, int Power) ShortestParts(double size) =>
        Enumerable.Range(0, 17).Select(places => N(size, $"E{places}")).First(text => double.Parse(text, CultureInfo.InvariantCulture) == size) is var text
            ? Parts(text) : default;

    private static string Plain(string digits, int power) => power < 0 ? "0." + new string('0', -power - 1) + digits
        : digits.Length <= power + 1 ? digits.PadRight(power + 1, '0') : digits[..(power + 1)] + "." + digits[(power + 1)..];

    private static string Mantissa(string digits) => digits.Length == 1 ? digits : digits[..1] + "." + digits[1..];

    private static string Written(double number, (string Digits, int Power) parts, Func<string, int, string> write) =>
        (double.IsNegative(number) ? "-" : "") + write(parts.Digits, parts.Power);

    private static string Percent(double number, int digits) => Written(number, Parts(N(Math.Abs(number), $"E{digits - 1}")), (d, p) => p < -4 || p >= digits
        ? $"{Mantissa(d)}e{(p < 0 ? '-' : '+')}{Math.Abs(p):D2}" : Plain(d, p));

    private static string Python(double number) => Written(number, ShortestParts(Math.Abs(number)), (d, p) => p < -4 || p >= 16
        ? $"{Mantissa(d)}e{(p < 0 ? '-' : '+')}{Math.Abs(p):D2}" : Plain(d, p) is var plain && plain.Contains('.', StringComparison.Ordinal) ? plain : plain
            + ".0");

    private static string JavaScript(double number) => Written(number, ShortestParts(Math.Abs(number)), (d, p) => p < -6 || p >= 21
        ? $"{Mantissa(d)}e{(p < 0 ? '-' : '+')}{Math.Abs(p)}" : Plain(d, p));

    private static string Java(double number) => Written(number, ShortestParts(Math.Abs(number)), (d, p) => p < -3 || p >= 7
        ? $"{(d.Length == 1 ? d + ".0" : Mantissa(d))}E{p}" : Plain(d, p) is var plain && plain.Contains('.', StringComparison.Ordinal) ? plain : plain + ".0");

    private static string R(double number) => Written(number, Parts(N(Math.Abs(number), "E14")), (d, p) =>
        $"{Mantissa(d)}e{(p < 0 ? '-' : '+')}{Math.Abs(p):D2}" is var scientific && Plain(d, p).Length > scientific.Length ? scientific : Plain(d, p));

    private static string Scientific(double number, int places)
    {
        string[] parts = N(number, $"E{places}").Split('E');
        int power = int.Parse(parts[1], CultureInfo.InvariantCulture);
        return $"{parts[0]}e{(power < 0 ? '-' : '+')}{Math.Abs(power):D2}";
    }
}
