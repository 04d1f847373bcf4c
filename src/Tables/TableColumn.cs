using System.Globalization;

namespace GanPipeline.Tables;

/// <summary>
/// One column of a table: of texts, as a file has them, or of numbers; either with missing values. It has its texts as distinct values and which of them each
/// row has; those of a column of numbers that was read are the file's own.
/// </summary>
internal sealed class TableColumn
{
    private const double LargestExact = 1L << 53;

    private readonly Lazy<(int[] Codes, IReadOnlyList<string> Values)> _texts;
    private readonly Lazy<string?[]?> _words;

    /// <summary>A column of texts, of which the empty one says that a value is missing.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="codes">[rows] index into <paramref name="values"/>.</param>
    /// <param name="values">The distinct values, in order of appearance.</param>
    public TableColumn(string name, int[] codes, IReadOnlyList<string> values) : this(name, new Lazy<(int[], IReadOnlyList<string>)>((codes, values)), null)
    {
        _ = _texts.Value;
        _words = new(() =>
        {
            string?[] byCode = [.. values.Select(value => value.Length == 0 ? null : value)];
            return Array.ConvertAll(codes, code => byCode[code]);
        });
    }

    /// <summary>A column of categories.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="words">[rows]; null where a value is missing.</param>
    public TableColumn(string name, string?[] words) : this(name, new Lazy<(int[], IReadOnlyList<string>)>(() => Distinct(words, word => word ?? "")), null) =>
        _words = new(words);

    /// <summary>A column of numbers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="numbers">[rows]; NaN where a value is missing.</param>
    public TableColumn(string name, double[] numbers) : this(name, new Lazy<(int[], IReadOnlyList<string>)>(() => Distinct(numbers, number =>
        double.IsNaN(number) ? "" : number.ToString("R", CultureInfo.InvariantCulture))), numbers)
    {
    }

    private TableColumn(string name, Lazy<(int[] Codes, IReadOnlyList<string> Values)> texts, double[]? numbers) =>
        (Name, _texts, Numbers, _words) = (name, texts, numbers, new((string?[]?)null));

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Why it has no texts although its file has values, as the middle of a sentence ("it is a list"); null for all other columns.</summary>
    public string? Unreadable { get; init; }

    /// <summary>[rows] NaN where a value is missing; null for a column of texts.</summary>
    public double[]? Numbers { get; }

    /// <summary>[rows] null where a value is missing; null for a column of numbers.</summary>
    public string?[]? Words => _words.Value;

    /// <summary>Whether it holds numbers.</summary>
    public bool IsNumeric => Numbers is not null;

    /// <summary>[rows] index into <see cref="Values"/>.</summary>
    public int[] Codes => _texts.Value.Codes;

    /// <summary>The distinct texts, in order of appearance.</summary>
    public IReadOnlyList<string> Values => _texts.Value.Values;

    /// <summary>Number of values.</summary>
    public int Rows => Numbers?.Length ?? (_words.IsValueCreated ? Words!.Length : Codes.Length);

    /// <summary>The text of a row (from 0); empty where a value is missing, but for files that say it otherwise.</summary>
    public string this[int row] => Values[Codes[row]];

    /// <summary>Whether a row (from 0) has no value.</summary>
    public bool IsMissing(int row) => Numbers is null ? Words![row] is null : double.IsNaN(Numbers[row]);

    /// <summary>Share of the rows without a value.</summary>
    public double MissingShare => (double)(Numbers?.Count(double.IsNaN) ?? Words!.Count(w => w is null)) / Rows;

    /// <summary>Rows that hold each distinct value.</summary>
    public int[] Counts()
    {
        int[] counts = new int[Values.Count];
        foreach (int code in Codes) counts[code]++;
        return counts;
    }

    /// <summary>The column as numbers, with the texts that it has.</summary>
    /// <param name="byCode">The number of each of <see cref="Values"/>; NaN for one that says that a value is missing.</param>
    public TableColumn AsNumbers(double[] byCode) => new(Name, _texts, Array.ConvertAll(Codes, code => byCode[code]));

    /// <summary>The column with other texts.</summary>
    public TableColumn Map(Func<string, string> change)
    {
        string[] changed = [.. Values.Select(change)], values = [.. changed.Distinct()];
        Dictionary<string, int> place = values.Select((text, i) => (text, i)).ToDictionary(p => p.text, p => p.i, StringComparer.Ordinal);
        return new TableColumn(Name, Array.ConvertAll(Codes, code => place[changed[code]]), values);
    }

    /// <summary>The values of some rows, in that order; one that none of them has is no value any more.</summary>
    public TableColumn Pick(IReadOnlyList<int> rows)
    {
        if (Unreadable is not null) return new TableColumn(Name, new int[rows.Count], [""]) { Unreadable = Unreadable };
        if (Numbers is null && !_texts.IsValueCreated) return new TableColumn(Name, [.. rows.Select(row => Words![row])]);
        var texts = new Lazy<(int[] Codes, IReadOnlyList<string> Values)>(() =>
        {
            (int[] codes, IReadOnlyList<int> picked) = Distinct([.. rows.Select(row => Codes[row])], code => code);
            return (codes, [.. picked.Select(code => Values[code])]);
        });
        return Numbers is null ? new TableColumn(Name, texts.Value.Codes, texts.Value.Values)
            : new TableColumn(Name, texts, [.. rows.Select(row => Numbers[row])]);
    }

    /// <summary>A value as a text that equals another's where the values are one; null where it is missing.</summary>
    internal string? Text(int row) => Numbers is null ? Words![row] : double.IsNaN(Numbers[row]) ? null
        : Math.Abs(Numbers[row]) < LargestExact ? Numbers[row].ToString("R", CultureInfo.InvariantCulture) : LongNumber(this[row], Numbers[row]);

    /// <summary>A number that float64 need not tell from its neighbours, by its own text.</summary>
    private static string LongNumber(string text, double number) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact)
        ? exact.ToString("G29", CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture);

    private static (int[] Codes, IReadOnlyList<TValue> Values) Distinct<T, TValue>(T[] rows, Func<T, TValue> valueOf) where TValue : notnull
    {
        var known = new Dictionary<TValue, int>();
        var values = new List<TValue>();
        int[] codes = Array.ConvertAll(rows, row =>
        {
            TValue value = valueOf(row);
            if (!known.TryGetValue(value, out int code))
            {
                known[value] = code = values.Count;
                values.Add(value);
            }
            return code;
        });
        return (codes, values);
    }
}
