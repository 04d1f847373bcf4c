using System.Text.Json.Serialization;

namespace GanPipeline.Tables;

/// <summary>Numbers of so many decimals that are all a first one and multiples of a step: 5, 10, 15; 0.25, 0.5.</summary>
/// <param name="Start">The first, in units of the last decimal; below the step.</param>
/// <param name="Step">The step, in the same units.</param>
internal readonly record struct NumberGrid(double Start, double Step)
{
    private const double Doubt = 1e-3;

    /// <summary>All numbers of the style.</summary>
    public static NumberGrid Whole { get; } = new(0, 1);

    /// <summary>The grid of a column; <see cref="Whole"/> for styles that have none, and where so few numbers would be multiples by chance.</summary>
    /// <param name="style">How the numbers are written.</param>
    /// <param name="values">The distinct numbers.</param>
    public static NumberGrid Of(NumberStyle style, IReadOnlyList<double> values)
    {
        if (style.Rounding != NumberRounding.Decimals || values.Count < 2) return Whole;
        long[] units = [.. values.Select(value => (long)Math.Round(value * NumberStyle.Power(style.Digits)))];
        long step = 0;
        foreach (long unit in units)
        {
            step = CommonDivisor.Of(step, Math.Abs(unit - units[0]));
            if (step == 1) return Whole;
        }
        long start = ((units[0] % step) + step) % step;
        return step > 0 && Math.Pow(step, 1 - units.Length) < Doubt ? new NumberGrid(start, step) : Whole;
    }

    /// <summary>The nearest number of the grid.</summary>
    /// <param name="units">A number in units of the last decimal.</param>
    public double Nearest(double units) => Step == 1 ? Math.Round(units) : Math.Round((units - Start) / Step) * Step + Start;

    /// <summary>Whether there is such a grid.</summary>
    [JsonIgnore]
    public bool IsSound => Step >= 1 && Start >= 0 && Start < Step && Step < NumberStyle.WholeLimit;

    /// <summary>Whether a number is on the grid.</summary>
    /// <param name="units">A whole number in units of the last decimal.</param>
    public bool Has(double units) => (units - Start) % Step == 0;

    /// <summary>The first and the last multiple of the step, counted from the start, of which the number is within a range.</summary>
    /// <param name="least">The range's least number, in units of the last decimal.</param>
    /// <param name="most">Its largest.</param>
    public (double First, double Last) Within(double least, double most) => (Math.Ceiling((least - Start) / Step), Math.Floor((most - Start) / Step));
}
