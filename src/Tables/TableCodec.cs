using System.Globalization;
using System.Text.Json.Serialization;
using GanPipeline.Primitives;
using GanPipeline.Tables.Dependences;

namespace GanPipeline.Tables;

/// <summary>
/// The code of a table: rows of text in, vectors for the networks out. An encoded row holds first the scalars of all columns and then their slots, both in
/// column order, so that each can be worked on as one matrix.
/// </summary>
/// <param name="Columns">The features' codes, in the file's order.</param>
/// <param name="Header">All column names of a generated row, in the file's order: features, columns that are computed from others, and label.</param>
/// <param name="Label">The class column's name, or null.</param>
internal sealed record TableCodec(IReadOnlyList<ColumnCode> Columns, IReadOnlyList<string> Header, string? Label)
{
    /// <summary>Columns of the table that are not trained on, and that generated rows lack.</summary>
    public IReadOnlyList<DroppedColumn> Dropped { get; init; } = [];

    /// <summary>The columns that follow from others, each after those that it is computed from; they are no part of an encoded row.</summary>
    public IReadOnlyList<DerivedColumn> Derived { get; init; } = [];

    /// <summary>The codes that an encoded row is made of: those of the columns, each followed by that of its times of day where there is one.</summary>
    [JsonIgnore]
    public IEnumerable<ColumnCode> Parts => Columns.SelectMany(column => column.Time is null ? [column] : new[] { column, column.Time });

    /// <summary>Scalars of an encoded row.</summary>
    [JsonIgnore]
    public int Scalars => Parts.Sum(c => c.Scalars);

    /// <summary>Slots of an encoded row.</summary>
    [JsonIgnore]
    public int Slots => Parts.Sum(c => c.Slots);

    /// <summary>Numbers of an encoded row.</summary>
    [JsonIgnore]
    public int Width => Scalars + Slots;

    /// <summary>Where each of the <see cref="Parts"/> stands: the place of its scalar and of its first slot in an encoded row (of no meaning for those that it
    /// lacks).</summary>
    public IEnumerable<(ColumnCode Column, int Scalar, int Slot)> Layout()
    {
        (int scalar, int slot) = (0, Scalars);
        foreach (ColumnCode column in Parts)
        {
            yield return (column, scalar, slot);
            (scalar, slot) = (scalar + column.Scalars, slot + column.Slots);
        }
    }

    /// <summary>Refuses a code that no table has, wherever it comes from.</summary>
    /// <param name="classes">Number of the table's classes.</param>
    /// <exception cref="UserErrorException">Its parts do not go together.</exception>
    public void Check(int classes)
    {
        foreach (ColumnCode column in Columns) (column ?? throw new UserErrorException("a column is null.")).Check();
        DerivedCheck.Check(this, classes);
        string[] names = [.. Columns.Select(c => c.Name), .. Derived.Select(c => c.Name), .. Label is null ? Array.Empty<string>() : [Label]];
        if (Header.Count != names.Length || names.Distinct().Count() != names.Length || !names.All(Header.Contains))
            throw new UserErrorException($"its header of {Header.Count} names is not that of its {names.Length} columns, classes included.");
        if (Dropped is null || Dropped.Any(d => d is not { Name: not null } || !Enum.IsDefined(d.Reason) || names.Contains(d.Name)))
            throw new UserErrorException("the columns that it dropped are damaged, or among those that it has.");
        if (Parts.Sum(c => (long)c.Scalars + c.Slots) > Array.MaxLength) throw new UserErrorException("its rows are too wide.");
        CheckChoices(Parts);
    }

    /// <summary>Learns the codes of a table's columns.</summary>
    /// <exception cref="UserErrorException">Encoded rows would be too wide; the message says how wide, and because of which column.</exception>
    public static TableCodec Fit(Table table, TableSchema schema)
    {
        CheckWidth(table, schema);
        ColumnCode[] codes = WithFewLists([.. schema.Columns.Select(c => ColumnFit.Fit(table, table.Find(c.Name)!, c, schema.File))]);
        CheckTexts(table, codes);
        HashSet<string> names = [.. codes.Select(c => c.Name)];
        string[] header = [.. table.Columns.Select(c => c.Name).Where(name => names.Contains(name) || name == schema.Label)];
        var whole = new TableCodec(codes, header, schema.Label) { Dropped = schema.Dropped };
        TableCodec codec = schema.File.Dependences ? whole.Without(DependenceSearch.Find(table, schema, codes)) : whole;
        if (codec.Width == 0) codec = whole; // all follows from the classes, and there would be nothing to train
        CheckChoices(codec.Parts);
        return codec;
    }

    private TableCodec Without((IReadOnlyList<DerivedColumn> Derived, IReadOnlyDictionary<string, ColumnCode> Choices) found) => this with
    {
        Columns = [.. Columns.ExceptBy(found.Derived.Select(c => c.Name), c => c.Name).Select(c => found.Choices.GetValueOrDefault(c.Name, c))],
        Derived = found.Derived,
    };

    /// <summary>[rows, <see cref="Width"/>]: the encoded rows, row-major.</summary>
    /// <param name="table">A table with these columns, in any order.</param>
    /// <param name="file">What the user declared when the code was fitted.</param>
    /// <exception cref="UserErrorException">A column is missing, or a value has no code.</exception>
    public float[] Encode(Table table, SchemaFile file)
    {
        int width = Width;
        float[] rows = new float[ArrayLimit.Check((Int128)table.Rows * width, $"{table.Path}, {table.Rows} rows, {width} numbers wide when encoded",
            "take a part of the rows, or leave columns out (type: drop in the schema file)")];
        foreach ((ColumnCode column, int scalarAt, int slotAt) in Layout())
        {
            if (column.Kind == CodeKind.Constant) continue;
            TableColumn text = table.Find(column.Name) ?? throw new UserErrorException(
                $"{table.Path}: no column '{column.Name}', which the generator's table has.");
            (int Slot, float Scalar)[] byCode = [.. Enumerable.Range(0, text.Values.Count).Select(code => EncodeValue(table, text, code, column, file))];
            for (int row = 0; row < table.Rows; row++)
            {
                (int slot, float scalar) = byCode[text.Codes[row]];
                if (column.Scalars > 0) rows[row * width + scalarAt] = scalar;
                if (column.Slots > 0) rows[row * width + slotAt + slot] = 1;
            }
        }
        return rows;
    }

    private static (int Slot, float Scalar) EncodeValue(Table table, TableColumn text, int code, ColumnCode column, SchemaFile file)
    {
        string value = text.Values[code];
        if (file.Missing.Contains(value))
        {
            if (column.MissingSlot >= 0) return (column.MissingSlot, 0);
            if (column is { IsTimeOfDay: true, Fill: null }) return (0, 0); // of a date that is missing, which says nothing
            value = column.Fill ?? throw table.ErrorAt(text, code, "the value is missing, and no row that the generator was trained on lacks it; fill it.");
        }
        if (column.Kind == CodeKind.OneHot)
        {
            int slot = column.SlotOf(value);
            return slot >= 0 ? (slot, 0f) : throw table.ErrorAt(text, code,
                $"'{value}' is a value that the generator was not trained on; it knows {string.Join(", ", column.Categories.Take(20))}.");
        }
        if (column.Dates is { } dates)
            return column.Encode(column.PartOf(dates.Number(value) ?? throw table.ErrorAt(text, code,
                $"'{value}' is no date in the format {dates.Format.Pattern}, " +
                "which the generator's table has.")));
        return column.TryNumber(value, out double number) ? column.Encode(number) : throw table.ErrorAt(text, code, $"'{value}' is no finite number.");
    }

    /// <summary>A checkpoint holds the lists in its header, which may have 16 MiB; of more columns than go into it the shortest keep theirs.</summary>
    private static ColumnCode[] WithFewLists(ColumnCode[] codes)
    {
        const int Most = 1 << 17;
        int left = Most;
        foreach (int i in Enumerable.Range(0, codes.Length).OrderBy(i => codes[i].StoredValues))
        {
            left -= codes[i].StoredValues;
            if (left < 0) codes[i] = codes[i] with { Listed = null, Time = codes[i].Time is { } time ? time with { Listed = null } : null };
        }
        return codes;
    }

    /// <summary>The networks choose each column's slot in a matrix of all columns, each as wide as the widest.</summary>
    private static void CheckChoices(IEnumerable<ColumnCode> columns)
    {
        const long Most = 1 << 24;
        long blocks = columns.Count(c => c.Slots > 0), widest = columns.Select(c => (long)c.Slots).DefaultIfEmpty(0).Max();
        if (blocks * widest > Most)
            throw new UserErrorException(string.Create(CultureInfo.InvariantCulture, $"{blocks} columns, of which the widest has {widest} values, take ") +
                string.Create(CultureInfo.InvariantCulture, $"{blocks * widest} numbers a row, and {Most} are possible; join that column's rare values, ") +
                "or leave columns out.");
    }

    /// <summary>A generator file holds the text of each category.</summary>
    private static void CheckTexts(Table table, IReadOnlyList<ColumnCode> columns)
    {
        const long Most = 1 << 27;
        long[] texts = [.. columns.Select(c => c.Categories.Sum(text => (long)text.Length))];
        if (texts.Sum() > Most)
            throw new UserErrorException($"{table.Path}: the different texts of its columns are {texts.Sum()} characters long, and {Most} are possible; " +
                $"column '{columns[Array.IndexOf(texts, texts.Max())].Name}' has the longest: shorten them, or leave it out (type: drop).");
    }

    private static void CheckWidth(Table table, TableSchema schema)
    {
        long[] widths = [.. schema.Columns.Select(c => ColumnFit.Width(table.Find(c.Name)!, c))];
        long width = widths.Sum();
        if (width <= schema.File.MaxWidth) return;
        int worst = Array.IndexOf(widths, widths.Max());
        throw new UserErrorException(string.Create(CultureInfo.InvariantCulture, $"{table.Path}: encoded rows would be {width} numbers wide " +
            $"({width * (double)table.Rows * 4 / (1 << 20):F0} MiB for {table.Rows} rows), and {schema.File.MaxWidth} are allowed; ") +
            string.Create(CultureInfo.InvariantCulture, $"column '{schema.Columns[worst].Name}' alone takes {widths[worst]}: join its rare values, leave it " +
                $"out (type: drop), or raise max_width in the schema file."));
    }
}
