namespace GanPipeline.Tables;

/// <summary>
/// A part of the text of a date, and the number of its text: that of the ticks since the first day began, divided by <paramref name="Divisor"/>, modulo
/// <paramref name="Count"/>.
/// </summary>
/// <param name="Divisor">Ticks for which the part stays the same.</param>
/// <param name="Count">Number of different ones; then they begin again.</param>
/// <param name="Text">The text of a number, and whether what is left of the ticks is 0 down to the last digit that is written.</param>
internal sealed record DatePart(long Divisor, long Count, Func<long, bool, string> Text)
{
    /// <summary>Where the text depends on whether smaller digits follow: the ticks of the last digit that is written; else 0.</summary>
    public long LastDigit { get; init; }

    /// <summary>All texts; where they depend on smaller digits, first those that none follow.</summary>
    public IEnumerable<string> Texts() => (LastDigit > 0 ? new[] { true, false } : [true]).SelectMany(last => Numbers().Select(number => Text(number, last)));

    private IEnumerable<long> Numbers()
    {
        for (long number = 0; number < Count; number++) yield return number;
    }
}

/// <summary>
/// How the texts of a column's dates are put together from few: a part that depends on the day, one that depends on the minute of the day, on the second, and
/// on its fraction. Where there are few dates, their texts are one part.
/// </summary>
/// <param name="Parts">The parts, in the text's order; of the ticks since the first day began.</param>
/// <param name="Whole">Whether there is one part, of the number of the step itself.</param>
internal sealed record DateTexts(IReadOnlyList<DatePart> Parts, bool Whole)
{
    private const int MostWhole = 1 << 17, MostTexts = 1 << 20, Chunk = 3;

    /// <summary>Whether a file can hold them.</summary>
    public bool Fit => Parts.Sum(part => (double)part.Count) <= MostTexts;

    /// <summary>The texts of a column.</summary>
    public static DateTexts Of(DateScale scale)
    {
        if (scale.Count <= MostWhole) return new DateTexts([new DatePart(1, scale.Count, (number, _) => scale.Text(number))], true);
        return new DateTexts([.. Split(scale)], false);
    }

    /// <summary>The text of ticks since the first day began: what a generator's graph computes.</summary>
    public string Text(long ticks) => string.Concat(Parts.Select(part =>
        part.Text(ticks / part.Divisor % part.Count, part.LastDigit == 0 || ticks % part.Divisor / part.LastDigit == 0)));

    private static IEnumerable<DatePart> Split(DateScale scale)
    {
        DateFormat format = scale.Format;
        DateTime firstDay = scale.Start.Date;
        long days = (scale.Date(scale.Count - 1).Date - firstDay).Days + 1;
        foreach ((Kind kind, string pattern) in Merged(format))
        {
            switch (kind)
            {
                case Kind.Day:
                    yield return new DatePart(TimeSpan.TicksPerDay, days, (number, _) => format.Text(firstDay.AddDays(number), pattern));
                    break;
                case Kind.Minute:
                    yield return new DatePart(TimeSpan.TicksPerMinute, TimeSpan.MinutesPerDay,
                        (number, _) => format.Text(firstDay.AddMinutes(number), pattern));
                    break;
                case Kind.Second:
                    yield return new DatePart(TimeSpan.TicksPerSecond, 60, (number, _) => format.Text(firstDay.AddSeconds(number), pattern));
                    break;
                default:
                    foreach (DatePart part in Fraction(format, pattern)) yield return part;
                    break;
            }
        }
    }

    private enum Kind
    {
        Literal,
        Day,
        Minute,
        Second,
        Fraction,
    }

    /// <summary>Neighbours that depend on the same are one, with the literals around them.</summary>
    private static List<(Kind Kind, string Pattern)> Merged(DateFormat format)
    {
        var merged = new List<(Kind Kind, string Pattern)>();
        IReadOnlyList<DateToken> tokens = DateToken.Of(format.Pattern);
        for (int i = 0; i < tokens.Count; i++)
        {
            Kind kind = Of(tokens[i]), before = merged.Count > 0 ? merged[^1].Kind : Kind.Literal;
            // Without its decimal point a fraction of a second could not leave it out where it is 0.
            bool point = kind == Kind.Literal && i + 1 < tokens.Count && Of(tokens[i + 1]) == Kind.Fraction;
            if (merged.Count > 0 && !point && (before == Kind.Literal || kind == Kind.Literal || (kind == before && kind != Kind.Fraction)))
                merged[^1] = (before == Kind.Literal ? kind : before, merged[^1].Pattern + tokens[i].Pattern);
            else
                merged.Add((kind, tokens[i].Pattern));
        }
        return merged;

        static Kind Of(DateToken token) => token.Kind switch
        {
            'H' or 'h' or 'm' or 't' => Kind.Minute,
            's' => Kind.Second,
            'f' or 'F' => Kind.Fraction,
            '\0' => Kind.Literal,
            _ => Kind.Day,
        };
    }

    /// <summary>Three digits a part: all of them are ten million.</summary>
    private static IEnumerable<DatePart> Fraction(DateFormat format, string pattern)
    {
        IReadOnlyList<DateToken> tokens = DateToken.Of(pattern);
        int at = tokens.ToList().FindIndex(token => token.Kind is 'f' or 'F'), digits = tokens[at].Pattern.Length;
        bool trims = tokens[at].Kind == 'F';
        string before = Literals(tokens.Take(at)), after = Literals(tokens.Skip(at + 1));
        for (int first = 0; first < digits; first += Chunk)
        {
            int length = Math.Min(Chunk, digits - first), start = first;
            bool last = first + length == digits;
            yield return new DatePart(Power(7 - first - length), Power(length), (number, none) =>
            {
                string text = number.ToString($"D{length}", System.Globalization.CultureInfo.InvariantCulture);
                if (trims && none) text = text.TrimEnd('0');
                string prefix = start > 0 ? "" : trims && none && number == 0 && before.EndsWith('.') ? before[..^1] : before;
                return prefix + text + (last ? after : "");
            })
            { LastDigit = trims && !last ? Power(7 - digits) : 0 };
        }

        string Literals(IEnumerable<DateToken> literals) =>
            string.Concat(literals.Select(token => token.Pattern)) is { Length: > 0 } text ? format.Text(DateTime.MinValue, text) : "";
    }

    private static long Power(int digits) => digits == 0 ? 1 : 10 * Power(digits - 1);
}
