namespace GanPipeline.Tables;

/// <summary>
/// Encoded rows with the numbers of their computed columns behind the code, for those who judge rows by all columns. What follows from the class is left
/// out: it would give away what is asked for.
/// </summary>
internal sealed class ComputedNumbers
{
    private readonly TableCodec _codec;
    private readonly Dictionary<string, (ColumnCode Column, int Scalar, int Slot)> _places;
    private readonly DerivedColumn[] _columns;

    /// <summary>Prepares it.</summary>
    /// <param name="codec">The code of the rows.</param>
    public ComputedNumbers(TableCodec codec)
    {
        (_codec, _places) = (codec, codec.Layout().Where(place => !place.Column.IsTimeOfDay).ToDictionary(place => place.Column.Name));
        HashSet<string> known = [.. _places.Keys];
        _columns = [.. codec.Derived.Where(column => column.Recipe.Sources.All(known.Contains) && known.Add(column.Name)).Where(c => !c.Column.IsText)];
    }

    /// <summary>Numbers of a row with those that are computed.</summary>
    public int Width => _codec.Width + _columns.Length;

    /// <summary>[N, <see cref="Width"/>]: the rows, each with its computed numbers; 0 for one that is missing.</summary>
    /// <param name="rows">[N, width of the code], row-major.</param>
    public float[] Appended(ReadOnlyMemory<float> rows)
    {
        int narrow = _codec.Width, count = rows.Length / narrow;
        float[] wide = new float[(long)count * Width];
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<float> code = rows.Span.Slice(row * narrow, narrow);
            Span<float> target = wide.AsSpan(row * Width, Width);
            code.CopyTo(target);
            var numbers = new Dictionary<string, double>();
            for (int i = 0; i < _columns.Length; i++)
            {
                double number = numbers[_columns[i].Name] = Number(_columns[i], code, numbers);
                target[narrow + i] = double.IsNaN(number) ? 0 : (float)number;
            }
        }
        return wide;
    }

    private double Number(DerivedColumn column, ReadOnlySpan<float> code, Dictionary<string, double> computed)
    {
        if (column.Recipe is MapRecipe map) return column.Column.NumberOf(map.Values[_places[map.Source].Column.ChosenSlot(code, _places[map.Source].Slot)]);
        double[] sources = new double[column.Recipe.Sources.Count];
        foreach ((int i, string name) in column.Recipe.Sources.Index())
        {
            if (computed.TryGetValue(name, out sources[i])) continue;
            (ColumnCode source, int scalar, int slot) = _places[name];
            sources[i] = source.Decode(source.ChosenSlot(code, slot), source.Scalars == 0 ? 0 : code[scalar]);
        }
        return column.Recipe is CopyRecipe ? sources[0] : column.Compute(sources);
    }
}
