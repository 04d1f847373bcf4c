using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>The equally long steps that whole numbers are counted in of which some are beyond 2^53, where float64 no longer tells them apart.</summary>
/// <param name="Start">The smallest number.</param>
/// <param name="Step">What all differences are multiples of.</param>
/// <param name="Last">Steps from the smallest to the largest number.</param>
internal sealed record WholeScale(long Start, long Step, long Last)
{
    /// <summary>The number of a step.</summary>
    public long Number(double step) => Start + (long)step * Step;

    /// <summary>The step of a number: the nearest one.</summary>
    public double StepOf(long number) => (double)(((Int128)number - Start + Step / 2) / Step);

    /// <summary>The scale of a column's numbers; null where float64 tells them apart.</summary>
    /// <exception cref="UserErrorException">It does not tell their steps apart either, or one is beyond int64.</exception>
    public static WholeScale? Of(Table table, TableColumn column, IReadOnlyList<string> texts, NumberStyle style)
    {
        if (!style.IsWhole || texts.All(text => style.TryParse(text, out double number) && style.Holds(number))) return null;
        long[] numbers = [.. texts.Select(text => style.TryParse(text, out long number) ? number : throw Beyond(text))];
        long least = numbers.Min();
        Int128 step = 0, range = (Int128)numbers.Max() - least;
        foreach (long number in numbers)
        {
            step = CommonDivisor.Of(step, (Int128)number - least);
            if (step == 1) break;
        }
        if (step == 0) step = 1;
        return range / step < (Int128)NumberStyle.WholeLimit && step <= long.MaxValue ? new WholeScale(least, (long)step, (long)(range / step))
            : throw new UserErrorException($"{table.Path}, column '{column.Name}': its whole numbers, from {least} to {numbers.Max()}, are more than 2^53 " +
                "steps apart, and a generator does not tell so many apart; leave the column out (--drop), take it as categories (type: categorical) where it " +
                "has few values, or divide it by a power of ten.");

        UserErrorException Beyond(string text) => new(
            $"{table.Path}, column '{column.Name}': '{text}' is beyond 2^63, where a generator's whole numbers end; " +
            "leave the column out (--drop), take it as categories (type: categorical) where it has few values, or divide it by a power of ten.");
    }

    /// <summary>Whether its numbers are int64.</summary>
    internal bool Fits() => Step >= 1 && Last >= 0 && Last < NumberStyle.WholeLimit && (Int128)Start + (Int128)Last * Step <= long.MaxValue;
}
