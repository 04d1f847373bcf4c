namespace GanPipeline.Evaluation.Tables;

/// <summary>Mean and standard deviation of numbers.</summary>
/// <param name="Mean">The mean; 0 of none.</param>
/// <param name="Deviation">The standard deviation (of the population); 0 where all are one number but for rounding.</param>
internal readonly record struct ColumnSpread(double Mean, double Deviation)
{
    /// <summary>Of numbers that are not missing.</summary>
    public static ColumnSpread Of(IReadOnlyCollection<double> numbers)
    {
        if (numbers.Count == 0) return default;
        // Around the first, so that large numbers that hardly differ, such as seconds of an epoch, keep their digits.
        double first = numbers.First(), shift = numbers.Average(v => v - first), mean = first + shift;
        double deviation = Math.Sqrt(numbers.Average(v => (v - first - shift) * (v - first - shift)));
        return new ColumnSpread(mean, deviation <= Math.Abs(mean) * SameNumber.Tolerance ? 0 : deviation);
    }
}
