using System.Globalization;
using System.Text.Json.Serialization;
using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>How a column stands in an encoded row.</summary>
internal enum CodeKind
{
    /// <summary>Not at all: it is the same everywhere.</summary>
    Constant,

    /// <summary>One slot a value.</summary>
    OneHot,

    /// <summary>One slot a mode, and a scalar: where in the mode the value lies.</summary>
    Mixture,

    /// <summary>A scalar: the value's rank, from -1 to 1.</summary>
    Quantile,
}

/// <summary>
/// The code of one column: everything that is needed to encode its values and to decode them again. An encoded column has <see cref="Scalars"/> numbers in [-1,
/// 1] and <see cref="Slots"/> entries of which exactly one is 1; where values may be missing, the last slot says so.
/// </summary>
/// <param name="Name">The column.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Kind">How it is encoded.</param>
internal sealed record ColumnCode(string Name, ColumnType Type, CodeKind Kind)
{
    /// <summary>Texts of the values in slot order (one-hot), or the one text of a constant; without the missing value.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Whether the decoded values are text; else they are numbers.</summary>
    public bool IsText { get; init; }

    /// <summary>Whether a value may be missing: decoded as an empty text or as NaN.</summary>
    public bool HasMissing { get; init; }

    /// <summary>The value that stands for a missing one where missing values are filled before training; null where they are not.</summary>
    public string? Fill { get; init; }

    /// <summary>Middle of each mode (mixture); a mode of half-width 0 is one single value that is frequent.</summary>
    public IReadOnlyList<double> Centers { get; init; } = [];

    /// <summary>Half the width of each mode (mixture): value = center + scalar · half-width.</summary>
    public IReadOnlyList<double> HalfWidths { get; init; } = [];

    /// <summary>The values at equally spaced ranks (quantile), from the smallest to the largest.</summary>
    public IReadOnlyList<double> Quantiles { get; init; } = [];

    /// <summary>Smallest value of the data (numbers).</summary>
    public double Min { get; init; }

    /// <summary>Largest value of the data (numbers).</summary>
    public double Max { get; init; }

    /// <summary>Digits after the decimal point to round to; -1 for no rounding.</summary>
    public int Decimals { get; init; } = -1;

    /// <summary>The smallest number that is decoded: <see cref="Min"/>, or the first above it that has no more digits than <see cref="Decimals"/>.</summary>
    [JsonIgnore]
    public double Lowest => Rounded(Min) < Min ? Math.Ceiling(Min * Power) / Power : Rounded(Min);

    /// <summary>The largest number that is decoded: <see cref="Max"/>, or the last below it that has no more digits than <see cref="Decimals"/>.</summary>
    [JsonIgnore]
    public double Highest => Rounded(Max) > Max ? Math.Floor(Max * Power) / Power : Rounded(Max);

    /// <summary>The steps that dates are counted in; null for other types.</summary>
    public DateScale? Dates { get; init; }

    /// <summary>
    /// The code of the times of day of dates whose days and times are learned apart, so that both keep their distribution: this one is then that of the days.
    /// </summary>
    public ColumnCode? Time { get; init; }

    /// <summary>Whether it is the <see cref="Time"/> of another code.</summary>
    public bool IsTimeOfDay { get; init; }

    /// <summary>Scalars of the encoded column, without its <see cref="Time"/>.</summary>
    [JsonIgnore]
    public int Scalars => Kind is CodeKind.Mixture or CodeKind.Quantile ? 1 : 0;

    /// <summary>Slots of the encoded column; a column that would have one slot has none, since it could never be anything but 1.</summary>
    [JsonIgnore]
    public int Slots => Kind == CodeKind.Constant ? 0 : Values + (HasMissing ? 1 : 0) is var n && n == 1 ? 0 : n;

    private int Values => Kind switch { CodeKind.OneHot => Categories.Count, CodeKind.Mixture => Centers.Count, _ => 1 };

    /// <summary>The slot that means that the value is missing; -1 for a column that always has one.</summary>
    [JsonIgnore]
    public int MissingSlot => HasMissing && Kind != CodeKind.Constant ? Values : -1;

    /// <summary>
    /// Whether a number that is none of the categories has the slot of the nearest: where numbers that are no categories by themselves are chosen among, since
    /// another column goes with each.
    /// </summary>
    public bool TakesNearest { get; init; }

    /// <summary>The slot of a category, or -1; numbers are compared by value ("1" and "1.0" are the same).</summary>
    public int SlotOf(string text)
    {
        for (int slot = 0; slot < Categories.Count; slot++) if (Categories[slot] == text) return slot;
        if (IsText || !ColumnInference.TryParse(text, out double number)) return -1;
        for (int slot = 0; slot < Categories.Count; slot++) if (ColumnInference.TryParse(Categories[slot], out double known) && known == number) return slot;
        return TakesNearest ? Enumerable.Range(0, Categories.Count).MinBy(slot => Math.Abs(NumberOf(slot) - number)) : -1;
    }

    /// <summary>The number of a category of numbers, or of a constant.</summary>
    public double NumberOf(int slot) => NumberOf(Categories[slot]);

    /// <summary>The number of a text of the column; NaN for the empty one, which says that it is missing.</summary>
    internal static double NumberOf(string text) => text.Length == 0 ? double.NaN : ColumnInference.Parse(text);

    /// <summary>The code of a number: its slot and its scalar. Numbers beyond the known range get the code of its end.</summary>
    public (int Slot, float Scalar) Encode(double value)
    {
        value = Math.Clamp(value, Min, Max);
        if (Kind == CodeKind.Quantile) return (0, (float)(2 * Rank(value) - 1));
        // Of the modes that hold the value, the narrowest tells most; modes are as wide as their values are apart, so there is one for each value of the data.
        int best = 0;
        for (int k = 1; k < Centers.Count; k++) if (Distance(k) is var d && (d, HalfWidths[k]).CompareTo((Distance(best), HalfWidths[best])) < 0) best = k;
        return (best, HalfWidths[best] > 0 ? (float)Math.Clamp((value - Centers[best]) / HalfWidths[best], -1, 1) : 0);

        double Distance(int k) => Math.Max(0, Math.Abs(value - Centers[k]) - HalfWidths[k] * (1 + 1e-9));
    }

    /// <summary>The part of a number of <see cref="Dates"/> that this code is of: all of it, its day, or its time of day.</summary>
    public double PartOf(double date) => IsTimeOfDay ? Dates!.Parted(date).Time : Time is null ? date : Dates!.Parted(date).Day;

    /// <summary>The number of a code, in its range, rounded; NaN for a missing one. One-hot columns of numbers decode by their category.</summary>
    public double Decode(int slot, float scalar)
    {
        if (slot == MissingSlot) return double.NaN;
        double value = Kind switch
        {
            CodeKind.OneHot => NumberOf(slot),
            CodeKind.Quantile => Quantile(scalar),
            _ => Centers[slot] + scalar * HalfWidths[slot],
        };
        value = Kind == CodeKind.OneHot ? value : Math.Clamp(Rounded(value), Lowest, Highest);
        return Dates is null || IsTimeOfDay ? value : Time is null ? Dates.Nearest(value) : Dates.NearestDay(value);
    }

    /// <summary>10 to the power of <see cref="Decimals"/>.</summary>
    [JsonIgnore]
    internal double Power => Math.Pow(10, Decimals);

    /// <summary>A number with as many digits as the column's have.</summary>
    internal double Rounded(double value) => Decimals < 0 ? value : Math.Round(value * Power) / Power;

    /// <summary>Refuses a code that no column has, wherever it comes from.</summary>
    /// <exception cref="UserErrorException">Its parts do not go together; the message names the column.</exception>
    public void Check()
    {
        bool fits = Enum.IsDefined(Type) && !Categories.Any(c => c is null) && Decimals is >= -1 and <= 15 && double.IsFinite(Min) && double.IsFinite(Max)
            && Min <= Max && Lowest <= Highest && Centers.Count == HalfWidths.Count && Centers.All(double.IsFinite)
            && HalfWidths.All(h => h >= 0 && double.IsFinite(h))
            && Quantiles.All(double.IsFinite) && Quantiles.Zip(Quantiles.Skip(1)).All(pair => pair.First <= pair.Second)
            && Kind switch
            {
                CodeKind.Constant => Categories.Count <= 1,
                CodeKind.OneHot => Categories.Count + (HasMissing ? 1 : 0) >= 1,
                CodeKind.Mixture => Centers.Count >= 1,
                CodeKind.Quantile => Quantiles.Count >= 2,
                _ => false,
            }
            && (Kind is CodeKind.Mixture or CodeKind.Quantile || IsText || Categories.All(c => ColumnInference.TryParse(c, out _)))
            && (Dates is null || (Kind is CodeKind.Mixture or CodeKind.Quantile && Min >= 0 && Dates.Fits()
                && Max < (IsTimeOfDay ? Dates.TimesADay : Dates.FirstApart + Dates.Apart.Count)))
            && (IsTimeOfDay ? Dates is not null && !HasMissing && Time is null : Time is null || (Dates is not null && Time.IsTimeOfDay && Time.Name == Name));
        if (!fits) throw new UserErrorException($"the code of column '{Name}' does not fit together.");
        Time?.Check();
    }

    private double Rank(double value)
    {
        int above = 0;
        while (above < Quantiles.Count && Quantiles[above] < value) above++;
        if (above == 0) return 0;
        // A value that many ranks share gets the middle of them.
        int last = above;
        while (last + 1 < Quantiles.Count && Quantiles[last + 1] == value) last++;
        double low = Quantiles[above - 1], high = Quantiles[above];
        return (high == value ? (above + last) / 2.0 : above - 1 + (value - low) / (high - low)) / (Quantiles.Count - 1);
    }

    private double Quantile(float scalar)
    {
        double half = (Quantiles.Count - 1) / 2.0, at = scalar * half + half;
        int low = Math.Clamp((int)Math.Floor(at), 0, Quantiles.Count - 2);
        return Quantiles[low] + (at - low) * (Quantiles[low + 1] - Quantiles[low]);
    }
}
