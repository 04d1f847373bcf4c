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

    /// <summary>How its numbers are written; null for texts and dates.</summary>
    public NumberStyle? Style { get; init; }

    /// <summary>Which numbers of its style there are.</summary>
    public NumberGrid Grid { get; init; } = NumberGrid.Whole;

    /// <summary>Which of them are more frequent than those between; none where the last digits are as chance would have them.</summary>
    public IReadOnlyList<NumberHeap> Heaps { get; init; } = [];

    /// <summary>The only numbers that there are beside modes of a single value, or their steps; null where all of <see cref="Grid"/> may come.</summary>
    public ValueList? Listed { get; init; }

    /// <summary>How many numbers are listed, with those of <see cref="Time"/>.</summary>
    [JsonIgnore]
    public int StoredValues => (Listed?.Values.Count ?? 0) + (Time?.StoredValues ?? 0);

    /// <summary>The smallest number that is decoded: <see cref="Min"/>, or the first above it that the style writes.</summary>
    [JsonIgnore]
    public double Lowest => Rounded(Min) < Min ? Math.Ceiling(Min * Power) / Power : Rounded(Min);

    /// <summary>The largest number that is decoded: <see cref="Max"/>, or the last below it that the style writes.</summary>
    [JsonIgnore]
    public double Highest => Rounded(Max) > Max ? Math.Floor(Max * Power) / Power : Rounded(Max);

    /// <summary>The steps that dates are counted in; null for other types.</summary>
    public DateScale? Dates { get; init; }

    /// <summary>The steps that whole numbers are counted in of which some are beyond 2^53; null for other numbers.</summary>
    public WholeScale? Wholes { get; init; }

    /// <summary>Whether its numbers are int64, since some of them are beyond 2^53.</summary>
    [JsonIgnore]
    public bool IsInteger => !IsText && Style is { IsWhole: true } style
        && (Wholes is not null || Categories.Any(text => style.TryParse(text, out double number) && !style.Holds(number)));

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

    /// <summary>The slot that is 1 in an encoded row; 0 for a column without slots, -1 where none is.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">Place of the column's first slot.</param>
    public int ChosenSlot(ReadOnlySpan<float> row, int first) => Slots == 0 ? 0 : row.Slice(first, Slots).IndexOf(1f);

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
        if (IsText || IsInteger || !Style!.TryParse(text, out double number)) return -1;
        for (int slot = 0; slot < Categories.Count; slot++) if (NumberOf(slot) == number) return slot;
        return TakesNearest ? Enumerable.Range(0, Categories.Count).MinBy(slot => Math.Abs(NumberOf(slot) - number)) : -1;
    }

    /// <summary>The number of a category of numbers, or of a constant.</summary>
    public double NumberOf(int slot) => NumberOf(Categories[slot]);

    /// <summary>The number of a text of the column; NaN for the empty one, which says that it is missing.</summary>
    internal double NumberOf(string text) => text.Length == 0 ? double.NaN : Style!.Parse(text);

    /// <summary>The whole number of a category of numbers, or of a constant, where <see cref="IsInteger"/>.</summary>
    public long IntegerOf(int slot) => Style!.TryParse(Categories[slot], out long number) ? number
        : throw new FormatException($"'{Categories[slot]}' is no number");

    /// <summary>What a text is to the code: its number, or the step of its date or of its whole number.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public double Number(string text) => Dates is null && TryNumber(text, out double number) ? number
        : Dates?.Number(text) ?? throw new FormatException($"'{text}' is no number");

    /// <summary>Whether a text is one, and its number as <see cref="Number"/> gives it.</summary>
    public bool TryNumber(string text, out double number)
    {
        if (Wholes is null) return Style!.TryParse(text, out number);
        bool whole = Style!.TryParse(text, out long value);
        number = whole ? Wholes.StepOf(value) : 0;
        return whole;
    }

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

    /// <summary>
    /// The number of a code (of dates and of whole numbers beyond 2^53 its step), in its range, rounded to one that the style writes, or to one of
    /// <see cref="Listed"/>; NaN for a missing one.
    /// One-hot columns of numbers decode by their category.
    /// </summary>
    public double Decode(int slot, float scalar)
    {
        if (slot == MissingSlot) return double.NaN;
        double value = Plain(slot, scalar);
        value = Kind == CodeKind.OneHot ? value : IsListed(slot) ? Listed!.Nearest(value) : Math.Clamp(Rounded(value), Lowest, Highest);
        return Dates is null || IsTimeOfDay ? value : Time is null ? Dates.Nearest(value) : Dates.NearestDay(value);
    }

    /// <summary>The number that a generated row has: that of <see cref="Decode"/>, but rounded to <see cref="Heaps"/> as often as real ones are.</summary>
    public double Generate(int slot, float scalar)
    {
        if (!IsHeaped(slot)) return Decode(slot, scalar);
        double value = Plain(slot, scalar);
        return On(HeapAt(NumberHeap.Place(Turn(value))), value);
    }

    /// <summary>
    /// Whether a generated row may have a number where its scalar is known to within a tolerance: next to a tie the last bits of the scalar tip the
    /// rounding, and next to the end of a heap's turn which of them it is rounded to.
    /// </summary>
    public bool MayGenerate(double found, int slot, float scalar, float tolerance)
    {
        if (!IsHeaped(slot))
        {
            double expected = Decode(slot, scalar);
            return double.IsNaN(expected) ? double.IsNaN(found)
                : found >= Decode(slot, scalar - tolerance) && found <= Decode(slot, scalar + tolerance) && (!IsListed(slot) || Listed!.Has(found));
        }
        (double low, double high) = (Plain(slot, scalar - tolerance), Plain(slot, scalar + tolerance));
        (double first, double last) = (Math.Floor(Turn(low) * NumberHeap.Shares), Math.Floor(Turn(high) * NumberHeap.Shares));
        return Enumerable.Range(0, (int)Math.Min(last - first + 1, NumberHeap.Shares))
            .Select(i => HeapAt((int)(((first + i) % NumberHeap.Shares + NumberHeap.Shares) % NumberHeap.Shares)))
            .Any(grid => found >= On(grid, low) && found <= On(grid, high) && On(grid, found) == found);
    }

    /// <summary>The number that a generated row has wherever in a tolerance its scalar lies; null where there are several.</summary>
    public double? Sure(int slot, float scalar, float tolerance)
    {
        double least = Generate(slot, scalar - tolerance);
        return least == Generate(slot, scalar + tolerance) && (!IsHeaped(slot) || Place(scalar - tolerance) == Place(scalar + tolerance)) ? least : null;

        double Place(float at) => Math.Floor(Turn(Plain(slot, at)) * NumberHeap.Shares);
    }

    /// <summary>The grid of a place among the shares of <see cref="Heaps"/>; behind them that of all numbers.</summary>
    internal NumberGrid HeapAt(int place)
    {
        foreach (NumberHeap heap in Heaps) if ((place -= heap.Share) < 0) return heap.Grid;
        return Grid;
    }

    /// <summary>The multiples of a grid that are in the range.</summary>
    internal (double First, double Last) Within(NumberGrid grid) => grid.Within(Math.Round(Lowest * Power), Math.Round(Highest * Power));

    private double Turn(double value) => NumberHeap.Turn(value * Power / Grid.Step);

    private double On(NumberGrid grid, double value)
    {
        (double first, double last) = Within(grid);
        double number = Math.Min(Math.Max(Math.Round((value * Power - grid.Start) / grid.Step), first), last) * grid.Step + grid.Start;
        return Math.Clamp(Style!.Zero(number / Power), Lowest, Highest);
    }

    /// <summary>Whether the numbers of a slot are rounded to <see cref="Heaps"/>: a value that is a mode of its own stays what it is.</summary>
    private bool IsHeaped(int slot) => Heaps.Count > 0 && slot != MissingSlot && HalfWidths[slot] > 0;

    /// <summary>Whether the numbers of a slot are those of <see cref="Listed"/>: a value that is a mode of its own is none of them.</summary>
    private bool IsListed(int slot) => Listed is not null && slot != MissingSlot && (Kind == CodeKind.Quantile || HalfWidths[slot] > 0);

    private double Plain(int slot, float scalar) => Kind switch
    {
        CodeKind.OneHot => NumberOf(slot),
        CodeKind.Quantile => Quantile(scalar),
        _ => Centers[slot] + scalar * HalfWidths[slot],
    };

    /// <summary>Whether its numbers are steps, dates' or whole numbers'.</summary>
    [JsonIgnore]
    internal bool IsSteps => Dates is not null || Wholes is not null;

    /// <summary>Units of the last decimal in 1.</summary>
    [JsonIgnore]
    internal double Power => Style is { Rounding: NumberRounding.Decimals } && !IsSteps ? NumberStyle.Power(Style.Digits) : 1;

    /// <summary>The nearest number that the column can have, as a step where <see cref="IsSteps"/>; it may lie outside of its range.</summary>
    internal double Rounded(double value) => IsSteps ? Math.Round(value)
        : Style is not { } style ? value
        : style.Rounding == NumberRounding.Decimals ? style.Zero(Grid.Nearest(value * Power) / Power)
        : style.Round(value);

    /// <summary>From a number to the next that the column could have.</summary>
    internal double Spacing(double value) => IsSteps || Style is not { } style ? 1
        : style.Rounding == NumberRounding.Decimals ? Grid.Step / Power : style.Spacing(value);

    /// <summary>Digits after the decimal point; -1 for numbers of other styles.</summary>
    [JsonIgnore]
    internal int Decimals => Style is { Rounding: NumberRounding.Decimals } && !IsSteps ? Style.Digits : -1;

    /// <summary>Refuses a code that no column has, wherever it comes from.</summary>
    /// <exception cref="UserErrorException">Its parts do not go together; the message names the column.</exception>
    public void Check()
    {
        bool fits = Enum.IsDefined(Type) && !Categories.Any(c => c is null) && double.IsFinite(Min) && double.IsFinite(Max)
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
            && (IsText || Type == ColumnType.Date || Categories.Count == 0 && Kind == CodeKind.Constant || Style is { } style && Categories.All(c =>
                style.TryParse(c, out double _)))
            && Grid.IsSound
            && (Heaps.Count == 0 || (Kind == CodeKind.Mixture && Decimals >= 0 && Heaps.Sum(heap => (long)heap.Share) <= NumberHeap.Shares && Heaps.All(Fits)))
            && (Listed is null || (Kind is CodeKind.Mixture or CodeKind.Quantile && Heaps.Count == 0 && Listed.IsSound && Fits(Listed)))
            && (Wholes is null || (Kind is CodeKind.Mixture or CodeKind.Quantile && Min >= 0 && Max <= Wholes.Last && Wholes.Fits()))
            && (Dates is null || (Kind is CodeKind.Mixture or CodeKind.Quantile && Min >= 0 && Dates.Fits()
                && Max < (IsTimeOfDay ? Dates.TimesADay : Dates.FirstApart + Dates.Apart.Count)))
            && (IsTimeOfDay ? Dates is not null && !HasMissing && Time is null : Time is null || (Dates is not null && Time.IsTimeOfDay && Time.Name == Name));
        if (!fits) throw new UserErrorException($"the code of column '{Name}' does not fit together.");
        Time?.Check();
    }

    private bool Fits(NumberHeap heap) => heap.Share > 0 && heap.Grid.IsSound && Within(heap.Grid) is var (first, last) && first <= last;

    /// <summary>A step must be one: a half would be rounded by one program and cut off by another.</summary>
    private bool Fits(ValueList list) => list.Values[0] >= Min && list.Values[^1] <= Max && (!IsSteps || list.Values.All(value => Math.Round(value) == value));

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
