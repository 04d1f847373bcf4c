using System.Text.Json.Serialization;

namespace GanPipeline.Tables;

/// <summary>
/// What the dates of a column are counted in: days that are equally far apart, each with the same times of day, which are equally far apart, too. The first
/// date is number 0; dates that stand apart have numbers of their own.
/// </summary>
/// <param name="Start">The first time of the first day.</param>
/// <param name="DayTicks">From a day to the next, in ticks of 100 ns.</param>
/// <param name="TimeTicks">From a time to the next.</param>
/// <param name="TimesADay">Number of times of a day.</param>
/// <param name="Count">Number of dates from the first to the last, both included.</param>
/// <param name="Format">How dates are written.</param>
internal sealed record DateScale(DateTime Start, long DayTicks, long TimeTicks, long TimesADay, long Count, DateFormat Format)
{
    private const long MostDates = 1L << 51; // so that their numbers are exact as doubles

    /// <summary>Times of the first day that are earlier than the first date.</summary>
    public long Before { get; init; }

    /// <summary>Dates far from all others, such as 9999-12-31: each has a number of its own, from <see cref="FirstApart"/> on.</summary>
    public IReadOnlyList<DateTime> Apart { get; init; } = [];

    /// <summary>Number of days from the first to the last, both included.</summary>
    [JsonIgnore]
    public long Days => (Before + Count - 1) / TimesADay + 1;

    /// <summary>The shortest time between two dates.</summary>
    [JsonIgnore]
    public long StepTicks => TimesADay == 1 ? DayTicks : TimeTicks;

    /// <summary>The number of the first date that stands apart: far above the others', so that no rounding of one of those reaches it.</summary>
    [JsonIgnore]
    public long FirstApart => 2 * Count;

    /// <summary>The date of a whole number.</summary>
    public DateTime Date(long number)
    {
        if (number >= FirstApart) return Apart[(int)(number - FirstApart)];
        (long day, long time) = Math.DivRem(number + Before, TimesADay);
        return Start.AddTicks(day * DayTicks + time * TimeTicks);
    }

    /// <summary>The text of a whole number.</summary>
    public string Text(long number) => Format.Text(Date(number));

    /// <summary>The texts of all numbers, and of the dates that stand apart.</summary>
    public IEnumerable<string> Texts()
    {
        for (long number = 0; number < Count; number++) yield return Text(number);
        foreach (DateTime date in Apart) yield return Format.Text(date);
    }

    /// <summary>The whole number of a date that is nearest to a number; of those that stand apart none is near to anything else.</summary>
    public double Nearest(double number) => Nearest(number, Count);

    /// <summary>The day of a column whose days and times have codes of their own, or the number of a date that stands apart.</summary>
    public double NearestDay(double number) => Nearest(number, Days);

    /// <summary>The number of a text: of the last date that is not later, so that none is beyond the last; null where it is no date.</summary>
    public double? Number(string text)
    {
        if (!Format.TryParse(text, out DateTime date)) return null;
        for (int i = 0; i < Apart.Count; i++) if (Apart[i] == date) return FirstApart + i;
        long ticks = (date - Start).Ticks, day = ticks / DayTicks - (ticks % DayTicks < 0 ? 1 : 0);
        return day * TimesADay + Math.Min((ticks - day * DayTicks) / TimeTicks, TimesADay - 1) - Before;
    }

    /// <summary>The day of a number, and which of its times; a date that stands apart keeps its number.</summary>
    public (double Day, double Time) Parted(double number)
    {
        if (number >= FirstApart) return (number, 0);
        (long day, long time) = Math.DivRem((long)Math.Clamp(number, 0, Count - 1) + Before, TimesADay);
        return (day, time);
    }

    /// <summary>The number of a time of a day; the first or the last date instead of one before or after it.</summary>
    public double Joined(double day, double time) => day >= FirstApart ? day : Math.Clamp(day * TimesADay + time - Before, 0, Count - 1);

    /// <summary>Whether there are dates of all its numbers, and its format writes them.</summary>
    internal bool Fits() => Count is >= 1 and <= MostDates && TimesADay >= 1 && Before >= 0 && Before < TimesADay
        && DayTicks >= TimeSpan.TicksPerDay && DayTicks % TimeSpan.TicksPerDay == 0
        && TimeTicks >= 1 && Start.TimeOfDay.Ticks + (Int128)(TimesADay - 1) * TimeTicks < TimeSpan.TicksPerDay
        && Start.Date.Ticks + (Int128)(Days - 1) * DayTicks <= DateTime.MaxValue.Date.Ticks
        && Format is not null && Format.IsPossible() && Apart is not null && Apart.Count <= DateFit.MostApart && DateTexts.Of(this).Fit;

    private double Nearest(double number, long count) =>
        number >= FirstApart ? Math.Min(Math.Round(number), FirstApart + Apart.Count - 1) : Math.Clamp(Math.Round(number), 0, count - 1);
}
