using GanPipeline.Tables;

namespace GanPipeline.Export.Tables;

/// <summary>
/// A column of dates: the text of each step of its range, of each date that stands apart, and the empty one for a missing date. Where the steps are few, their
/// texts are one table; else a text is put together from one for the day, one for the minute of the day, and so on.
/// </summary>
internal static class DateOutput
{
    /// <summary>The first version of ONNX's operators that can put texts together.</summary>
    public const int OpsetOfConcatenation = 20;

    /// <summary>Whether the texts of a column are put together.</summary>
    public static bool Concatenates(ColumnCode column) => column.Dates is { } dates && DateTexts.Of(dates) is var texts && Tables(dates, texts) > 1;

    /// <summary>The texts [N, 1].</summary>
    /// <param name="at">The dates, or their days.</param>
    /// <param name="time">Their times of day, where these have a code of their own.</param>
    public static GraphValue Add(ColumnGraph at, ColumnGraph? time)
    {
        var dates = at.Column.Dates!;
        var texts = DateTexts.Of(dates);
        var value = NumberOutput.Value(at);
        var number = at.Graph.ToLong(at.Named("number"), Joined(at, time, dates, value)).Name;
        return texts.Whole ? Whole(at, dates, value, number) : Composed(at, dates, texts, value, number);
    }

    private static int Tables(DateScale dates, DateTexts texts) => texts.Whole ? 1 : texts.Parts.Count + Math.Sign(dates.Apart.Count);

    /// <summary>One table: of all dates, of those that stand apart, and the empty text.</summary>
    private static GraphValue Whole(ColumnGraph at, DateScale dates, GraphValue value, string number)
    {
        if (dates.Apart.Count > 0)
        {
            number = Where(at, "any_number", Apart(at, dates, value), ApartNumber(at, value, dates.Count - dates.FirstApart), number);
        }

        var missing = dates.Count + dates.Apart.Count;
        number = at.Column.MissingSlot < 0 ? number : Where(at, "present", at.Missing(), Constant(at, "beyond", missing), number);
        return at.Graph.TextNode(at.Named("text"), [.. dates.Texts(), ""], number);
    }

    private static GraphValue Composed(ColumnGraph at, DateScale dates, DateTexts texts, GraphValue value, string number)
    {
        var (missing, apart) = (at.Column.MissingSlot < 0 ? null : at.Missing(), dates.Apart.Count == 0 ? null : Apart(at, dates, value));
        var none = missing is null || apart is null ? missing ?? apart : at.Graph.NumbersNode(at.Named("none"), "Or", [missing, apart]);
        var ticks = Ticks(at, dates, number);
        var pieces = texts.Parts.Select((part, i) => Piece(at, $"part.{i}", part, ticks, none)).ToList();
        if (apart is not null)
        {
            // A text of its own beside empty parts; the empty one beside the others.
            var text = Where(at, "apart_text", apart, ApartNumber(at, value, 1 - dates.FirstApart), Constant(at, "no_apart", 0));
            text = missing is null ? text : Where(at, "apart_present", missing, Constant(at, "apart_missing", 0), text);
            pieces.Add(at.Graph.TextNode(at.Named("apart.text"), ["", .. dates.Apart.Select(dates.Format.Text)], text));
        }

        return pieces.Skip(1).Select((piece, i) => (piece, i)).Aggregate(pieces[0], (text, next) =>
            at.Graph.ConcatenatedNode(at.Named($"text.{next.i}"), text, next.piece));
    }

    /// <summary>A part of the text: the one of its number, or the empty one.</summary>
    private static GraphValue Piece(ColumnGraph at, string name, DatePart part, string ticks, string? none)
    {
        var units = part.Divisor == 1 ? ticks : Long(at, $"{name}.units", "Div", ticks, part.Divisor);
        var number = Long(at, $"{name}.number", "Mod", units, part.Count);
        if (part.LastDigit > 0)
        {
            var digits = part.LastDigit == 1 ? ticks : Long(at, $"{name}.digits", "Div", ticks, part.LastDigit);
            var below = Long(at, $"{name}.below", "Mod", digits, part.Divisor / part.LastDigit);
            var isLast = at.Graph.NumbersNode(at.Named($"{name}.is_last"), "Equal", [below, Constant(at, $"{name}.zero", 0)]);
            number = Where(at, $"{name}.of_digits", isLast, number, Long(at, $"{name}.not_last", "Add", number, part.Count));
        }

        string[] texts = [.. part.Texts(), ""];
        number = none is null ? number : Where(at, $"{name}.present", none, Constant(at, $"{name}.beyond", texts.Length - 1), number);
        return at.Graph.TextNode(at.Named($"{name}.text"), texts, number);
    }

    /// <summary>
    /// The number of the date, where it does not stand apart: of days and their times put together; roundings do not reach beyond the first and the last.
    /// </summary>
    /// <remarks>All in float64, which is exact here: of two int64 beyond 32 bits ONNX Runtime 1.31 does not always give the smaller.</remarks>
    private static GraphValue Joined(ColumnGraph at, ColumnGraph? time, DateScale dates, GraphValue value)
    {
        if (time is null)
        {
            return dates.Apart.Count == 0 ? value : at.Double("ordinary", "Min", value.Name, at.Number("last", dates.Count - 1));
        }

        var day = dates.Apart.Count == 0 ? value : at.Double("day", "Min", value.Name, at.Number("last_day", dates.Days - 1));
        var midnight = at.Double("midnight", "Mul", day.Name, at.Number("times_a_day", dates.TimesADay));
        var joined = at.Double("joined", "Add", midnight.Name, NumberOutput.Value(time).Name);
        var since = at.Double("since_first", "Sub", joined.Name, at.Number("before", dates.Before));
        return at.Double("in_dates", "Clip", since.Name, at.Number("first", 0), at.Number("last", dates.Count - 1));
    }

    /// <summary>The ticks of a number since the first day began.</summary>
    private static string Ticks(ColumnGraph at, DateScale dates, string number)
    {
        var all = dates.Before == 0 ? number : Long(at, "with_before", "Add", number, dates.Before);
        var days = Long(at, "days", "Mul", Long(at, "whole_days", "Div", all, dates.TimesADay), dates.DayTicks);
        var time = Long(at, "time_of_day", "Mul", Long(at, "times", "Mod", all, dates.TimesADay), dates.TimeTicks);
        return Long(at, "ticks", "Add", at.Graph.NumbersNode(at.Named("days_and_time"), "Add", [days, time]), dates.Start.TimeOfDay.Ticks);
    }

    /// <summary>The truth that a date stands apart.</summary>
    private static string Apart(ColumnGraph at, DateScale dates, GraphValue value) =>
        at.Graph.NumbersNode(at.Named("apart"), "GreaterOrEqual", [value.Name, at.Number("first_apart", dates.FirstApart)]);

    /// <summary>Where a date stands apart, its number, raised by some.</summary>
    private static string ApartNumber(ColumnGraph at, GraphValue value, long by) =>
        Long(at, "apart_number", "Add", at.Graph.ToLong(at.Named("apart_value"), value).Name, by);

    private static string Long(ColumnGraph at, string name, string operation, string value, long by) =>
        at.Graph.NumbersNode(at.Named(name), operation, [value, Constant(at, $"{name}.by", by)]);

    private static string Where(ColumnGraph at, string name, string condition, string then, string otherwise) =>
        at.Graph.NumbersNode(at.Named(name), "Where", [condition, then, otherwise]);

    private static string Constant(ColumnGraph at, string name, long number) => at.Graph.Constant(at.Named(name), [number], 1, 1);
}
