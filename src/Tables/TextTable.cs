using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>One column of a CSV file as text: its distinct values, and which of them each row has.</summary>
/// <param name="Name">Name in the header.</param>
/// <param name="Codes">[rows] index into <paramref name="Values"/>.</param>
/// <param name="Values">The distinct values, in order of appearance.</param>
internal sealed record TextColumn(string Name, int[] Codes, IReadOnlyList<string> Values)
{
    /// <summary>The text of a row (from 0).</summary>
    public string this[int row] => Values[Codes[row]];

    /// <summary>Rows that hold each distinct value.</summary>
    public int[] Counts()
    {
        int[] counts = new int[Values.Count];
        foreach (int code in Codes) counts[code]++;
        return counts;
    }

    /// <summary>The column with other texts.</summary>
    public TextColumn Map(Func<string, string> change)
    {
        string[] changed = [.. Values.Select(change)], values = [.. changed.Distinct()];
        Dictionary<string, int> place = values.Select((text, i) => (text, i)).ToDictionary(p => p.text, p => p.i, StringComparer.Ordinal);
        return new TextColumn(Name, Array.ConvertAll(Codes, code => place[changed[code]]), values);
    }

    /// <summary>The texts of some rows, in that order; a value that none of them has is no value any more.</summary>
    public TextColumn Pick(IReadOnlyList<int> rows)
    {
        var known = new Dictionary<int, int>();
        var values = new List<string>();
        int[] codes = [.. rows.Select(row =>
        {
            if (known.TryGetValue(Codes[row], out int code)) return code;
            values.Add(this[row]);
            return known[Codes[row]] = values.Count - 1;
        })];
        return new TextColumn(Name, codes, values);
    }
}

/// <summary>A CSV file as text, every row kept.</summary>
/// <param name="Path">The file, for messages.</param>
/// <param name="Sha256">SHA-256 (hex) of its bytes.</param>
/// <param name="Columns">The columns, in the header's order.</param>
/// <param name="Lines">[rows] the line of the file on which each row begins, from 1.</param>
internal sealed record TextTable(string Path, string Sha256, IReadOnlyList<TextColumn> Columns, int[] Lines)
{
    /// <summary>Number of rows.</summary>
    public int Count => Lines.Length;

    /// <summary>The column of that name, or null.</summary>
    public TextColumn? Find(string name) => Columns.FirstOrDefault(c => c.Name == name);

    /// <summary>The table of some of its rows (from 0), in that order; they keep the numbers of their lines.</summary>
    public TextTable Pick(IReadOnlyList<int> rows) => this with
    {
        Columns = [.. Columns.Select(c => c.Pick(rows))],
        Lines = [.. rows.Select(row => Lines[row])]
    };

    /// <summary>An error about one field: file, line, column.</summary>
    public UserErrorException Error(int row, TextColumn column, string what) => new($"{Path} line {Lines[row]}, column '{column.Name}': {what}");

    /// <summary>An error about a distinct value of a column, at the first row that has it.</summary>
    public UserErrorException ErrorAt(TextColumn column, int code, string what) => Error(Array.IndexOf(column.Codes, code), column, what);
}
