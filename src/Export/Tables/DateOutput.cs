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
    public static GraphValue Add(ColumnGraph at)
    {
        var dates = at.Column.Dates!;
        var texts = DateTexts.Of(dates);
        var step = NumberOutput.Value(at);
        return texts.Whole ? Whole(at, dates, step) : Composed(at, dates, texts, step);
    }

    private static int Tables(DateScale dates, DateTexts texts) => texts.Whole ? 1 : texts.Parts.Count + Math.Sign(dates.Apart.Count);

    /// <summary>One table: of the steps, of the dates that stand apart, and the empty text.</summary>
    private static GraphValue Whole(ColumnGraph at, DateScale dates, GraphValue step)
    {
        var number = Ordinary(at, dates, step);
        if (dates.Apart.Count > 0)
        {
            number = Where(at, "number", Apart(at, dates, step), ApartNumber(at, step, dates.Count - dates.FirstApart), number);
        }

        var missing = dates.Count + dates.Apart.Count;
        number = at.Column.MissingSlot < 0 ? number : Where(at, "present", at.Missing(), Constant(at, "beyond", missing), number);
        return at.Graph.TextNode(at.Named("text"), [.. dates.Texts(), ""], number);
    }

    private static GraphValue Composed(ColumnGraph at, DateScale dates, DateTexts texts, GraphValue step)
    {
        var (missing, apart) = (at.Column.MissingSlot < 0 ? null : at.Missing(), dates.Apart.Count == 0 ? null : Apart(at, dates, step));
        var none = missing is null || apart is null ? missing ?? apart : at.Graph.NumbersNode(at.Named("none"), "Or", [missing, apart]);
        var sinceStart = Long(at, "since_start", "Mul", Ordinary(at, dates, step), dates.StepTicks);
        var ticks = Long(at, "ticks", "Add", sinceStart, dates.Start.TimeOfDay.Ticks);
        var pieces = texts.Parts.Select((part, i) => Piece(at, $"part.{i}", part, ticks, none)).ToList();
        if (apart is not null)
        {
            // A text of its own beside empty parts; the empty one beside the others.
            var number = Where(at, "apart_text", apart, ApartNumber(at, step, 1 - dates.FirstApart), Constant(at, "no_apart", 0));
            number = missing is null ? number : Where(at, "apart_present", missing, Constant(at, "apart_missing", 0), number);
            pieces.Add(at.Graph.TextNode(at.Named("apart.text"), ["", .. dates.Apart.Select(dates.Format.Text)], number));
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

    /// <summary>The truth that a date stands apart.</summary>
    private static string Apart(ColumnGraph at, DateScale dates, GraphValue step) =>
        at.Graph.NumbersNode(at.Named("apart"), "GreaterOrEqual", [step.Name, at.Number("first_apart", dates.FirstApart)]);

    /// <summary>Where a date stands apart, its number, raised by some.</summary>
    private static string ApartNumber(ColumnGraph at, GraphValue step, long by) =>
        Long(at, "apart_number", "Add", at.Graph.ToLong(at.Named("apart_step"), step).Name, by);

    /// <summary>The step of a date that does not stand apart: roundings do not reach beyond the last.</summary>
    /// <remarks>The smaller of two is taken in float64: of int64 that is beyond 32 bits ONNX Runtime 1.31 gives the wrong one.</remarks>
    private static string Ordinary(ColumnGraph at, DateScale dates, GraphValue step) => at.Graph.ToLong(at.Named("step"),
        dates.Apart.Count == 0 ? step : at.Double("ordinary", "Min", step.Name, at.Number("last_ordinary", dates.Count - 1))).Name;

    private static string Long(ColumnGraph at, string name, string operation, string value, long by) =>
        at.Graph.NumbersNode(at.Named(name), operation, [value, Constant(at, $"{name}.by", by)]);

    private static string Where(ColumnGraph at, string name, string condition, string then, string otherwise) =>
        at.Graph.NumbersNode(at.Named(name), "Where", [condition, then, otherwise]);

    private static string Constant(ColumnGraph at, string name, long number) => at.Graph.Constant(at.Named(name), [number], 1, 1);
}
