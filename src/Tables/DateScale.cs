namespace GanPipeline.Tables;

/// <summary>The equally long steps that the dates of a column are counted in, and the dates that stand apart from them.</summary>
/// <param name="Start">The first date.</param>
/// <param name="StepTicks">Length of a step, in ticks of 100 ns.</param>
/// <param name="Count">Number of steps from the first date to the last, both included.</param>
/// <param name="Format">How dates are written.</param>
internal sealed record DateScale(DateTime Start, long StepTicks, long Count, DateFormat Format)
{
    /// <summary>Steps at most: their numbers are exact as doubles.</summary>
    public const long MostSteps = 1L << 51;

    /// <summary>Dates far from all others, such as 9999-12-31: each has a number of its own, from <see cref="FirstApart"/> on.</summary>
    public IReadOnlyList<DateTime> Apart { get; init; } = [];

    /// <summary>The number of the first date that stands apart: far above the others', so that no rounding of one of those reaches it.</summary>
    internal long FirstApart => 2 * Count;

    /// <summary>The date of a number; numbers between two dates are those of <see cref="Nearest"/>.</summary>
    public DateTime Date(long number) => number >= FirstApart ? Apart[(int)(number - FirstApart)] : Start.AddTicks(number * StepTicks);

    /// <summary>The text of a number.</summary>
    public string Text(long number) => Format.Text(Date(number));

    /// <summary>The texts of all steps, and of the dates that stand apart.</summary>
    public IEnumerable<string> Texts()
    {
        for (long number = 0; number < Count; number++) yield return Text(number);
        foreach (DateTime date in Apart) yield return Format.Text(date);
    }

    /// <summary>The whole number of a date that is nearest to a number; of those that stand apart none is near to anything else.</summary>
    public double Nearest(double number) =>
        number >= FirstApart ? Math.Min(Math.Round(number), FirstApart + Apart.Count - 1) : Math.Clamp(Math.Round(number), 0, Count - 1);

    /// <summary>The number of a text: of the last step that is not later, so that none is beyond the last date; null where it is no date.</summary>
    public double? Number(string text)
    {
        if (!Format.TryParse(text, out DateTime date)) return null;
        for (int i = 0; i < Apart.Count; i++) if (Apart[i] == date) return FirstApart + i;
        long ticks = (date - Start).Ticks;
        return ticks / StepTicks - (ticks % StepTicks < 0 ? 1 : 0);
    }

    /// <summary>Whether there are dates of all its steps, and its format writes them.</summary>
    internal bool Fits() => StepTicks >= 1 && Count is >= 1 and <= MostSteps && (Int128)(Count - 1) * StepTicks <= (DateTime.MaxValue - Start).Ticks
        && Format is not null && Format.IsPossible() && Apart is not null && Apart.Count <= DateFit.MostApart && DateTexts.Of(this).Fit;
}
