namespace GanPipeline.Tables.Dependences;

/// <summary>A column as the search for dependences sees it.</summary>
internal sealed class CheckedColumn
{
    private const int MostChoices = 256, LeastRowsOfChoice = 5;

    private readonly int[] _values;

    private CheckedColumn(string name, int place, ColumnCode? code, int[] values, string[] texts, double[]? numbers)
    {
        (Name, Place, Code, _values, Texts, Numbers) = (name, place, code, values, texts, numbers);
        Counts = new int[texts.Length];
        foreach (int value in values) Counts[value]++;
        Bits = Chance.Bits(Counts);
        if (numbers is null) return;
        double[] present = [.. numbers.Where(double.IsFinite)];
        Range = present.Length == 0 ? 0 : present.Max() - present.Min();
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Where it stands in the table.</summary>
    public int Place { get; }

    /// <summary>Its code; null for the label.</summary>
    public ColumnCode? Code { get; }

    /// <summary>[rows] which of <see cref="Texts"/> each row has.</summary>
    public ReadOnlySpan<int> Values => _values;

    /// <summary>The text of each value; a missing value is one, too, of the empty text. Those of a one-hot code are in the order of its slots.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>Rows that have each value.</summary>
    public int[] Counts { get; }

    /// <summary>[rows] the numbers, NaN where one is missing; null for texts and dates.</summary>
    public double[]? Numbers { get; }

    /// <summary>The largest number less the smallest.</summary>
    public double Range { get; }

    /// <summary>What a guess of the whole column is worth; see <see cref="Chance"/>.</summary>
    public double Bits { get; }

    /// <summary>Whether the network chooses one of its values, by a slot or as the class.</summary>
    public bool IsChosen => Code is null or { Kind: CodeKind.OneHot };

    /// <summary>The code by which the network would choose one of its whole numbers, for the sake of columns that go with each; null where it would
    /// not.</summary>
    public ColumnCode? ChoiceCode { get; private init; }

    /// <summary>The step between its numbers as they are written: 0.01 for two digits; 0 where they are not rounded.</summary>
    public double Unit => Code is { Decimals: >= 0 and var decimals } ? Math.Pow(10, -decimals) : 0;

    /// <summary>Whether a computed number is written as the column's own.</summary>
    public bool IsSame(double computed, double own)
    {
        const double Last = 1e-12; // what sums in another order differ by
        if (double.IsNaN(own) || !double.IsFinite(computed)) return double.IsNaN(own) && double.IsNaN(computed);
        return Math.Abs(computed - own) <= Unit * 0.5 + Last * Math.Abs(own);
    }

    /// <summary>The columns of a table that may follow from others, or others from them, with the label.</summary>
    public static IReadOnlyList<CheckedColumn> Of(Table table, TableSchema schema, IReadOnlyList<ColumnCode> codes)
    {
        var columns = new List<CheckedColumn>();
        foreach ((int i, ColumnSchema column) in schema.Columns.Index())
            if (TakesPart(column, codes[i], schema.File)) columns.Add(Feature(table, codes[i], Choice(table, column, codes[i], schema.File), schema.File));
        if (schema.Label is { } label && !schema.File.IsPublic(label))
            columns.Add(new CheckedColumn(label, PlaceOf(table, label), null, [.. schema.Labels(table).Select(c => (int)c)], [.. schema.ClassNames], null));
        return columns;
    }

    /// <summary>Recipes compute in float64. Nothing is taken from the rows of a column that is declared, and where gaps are filled, the values that fill them
    /// agree with nothing.</summary>
    private static bool TakesPart(ColumnSchema column, ColumnCode code, SchemaFile file) =>
        code.Kind != CodeKind.Constant && !code.IsInteger && column.Declared is null && (column.Missing == 0 || file.KeepMissing);

    /// <summary>Whole numbers of which each comes often enough: an age that goes with its group, a postcode with its town.</summary>
    private static ColumnCode? Choice(Table table, ColumnSchema column, ColumnCode code, SchemaFile file)
    {
        if (code is not { Type: ColumnType.Integer, Kind: CodeKind.Mixture, IsText: false } || file.Columns.GetValueOrDefault(column.Name)?.Encoding is not null
            || table.Find(column.Name)!.Values.Count is var distinct && (distinct > MostChoices || distinct * LeastRowsOfChoice > table.Rows)) return null;
        return ColumnFit.Fit(table, table.Find(column.Name)!, column with { Encoding = NumberEncoding.OneHot }, file) with { TakesNearest = true };
    }

    private static CheckedColumn Feature(Table table, ColumnCode code, ColumnCode? choice, SchemaFile file)
    {
        TableColumn column = table.Find(code.Name)!;
        string[] texts = [.. column.Values.Select(text => file.Missing.Contains(text) ? "" : text)];
        double[]? numbers = code.IsText ? null : [.. texts.Select(code.NumberOf)];
        int[] byCode = new int[texts.Length];
        var distinct = new List<string>();
        if ((code.Kind == CodeKind.OneHot ? code : choice) is { } slots)
        {
            distinct = [.. slots.Categories, .. slots.HasMissing ? [""] : Array.Empty<string>()];
            for (int i = 0; i < texts.Length; i++) byCode[i] = texts[i].Length == 0 ? slots.MissingSlot : slots.SlotOf(texts[i]);
        }
        else
        {
            var known = new Dictionary<object, int>();
            for (int i = 0; i < texts.Length; i++)
            {
                object key = numbers is null ? texts[i] : numbers[i];
                if (!known.TryGetValue(key, out byCode[i]))
                {
                    known[key] = byCode[i] = distinct.Count;
                    distinct.Add(texts[i]);
                }
            }
        }
        return new CheckedColumn(code.Name, PlaceOf(table, code.Name), code, Array.ConvertAll(column.Codes, c => byCode[c]), [.. distinct],
            numbers is null ? null : Array.ConvertAll(column.Codes, c => numbers[c]))
        {
            ChoiceCode = choice,
        };
    }

    private static int PlaceOf(Table table, string name) => table.Columns.Index().First(c => c.Item.Name == name).Index;
}
