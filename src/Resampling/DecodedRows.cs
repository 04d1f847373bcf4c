using GanPipeline.Tables;

namespace GanPipeline.Resampling;

/// <summary>The columns of a class's encoded rows: numbers (NaN where one is missing) and categories.</summary>
internal sealed class DecodedRows
{
    private readonly float[] _rows;
    private readonly int _width, _count;
    private readonly List<(ColumnCode Column, int Scalar, int Slot, double[] Values)> _numbers = [];
    private readonly List<(ColumnCode Column, int Slot, int[] Values)> _categories = [];

    /// <summary>Decodes rows.</summary>
    /// <param name="codec">Their code.</param>
    /// <param name="rows">[N, width of the code], row-major.</param>
    public DecodedRows(TableCodec codec, float[] rows)
    {
        (_rows, _width, _count) = (rows, codec.Width, rows.Length / codec.Width);
        foreach ((ColumnCode column, int scalar, int slot) in codec.Layout())
        {
            if (column.Scalars > 0) _numbers.Add((column, scalar, slot, Numbers(rows, _width, column, scalar, slot)));
            else if (column.Slots > 0)
                _categories.Add((column, slot, [.. Enumerable.Range(0, _count).Select(row => column.ChosenSlot(rows.AsSpan(row * _width), slot))]));
        }
    }

    /// <summary>The standard deviation of each column of numbers, over all classes: distances are measured in it. 1 where there is none.</summary>
    public static double[] Scales(TableCodec codec, float[] rows) => [.. codec.Layout().Where(c => c.Column.Scalars > 0).Select(c =>
    {
        double[] present = [.. Numbers(rows, codec.Width, c.Column, c.Scalar, c.Slot).Where(number => !double.IsNaN(number))];
        double mean = present.DefaultIfEmpty(0).Average(), deviation = Math.Sqrt(present.Select(n => (n - mean) * (n - mean)).DefaultIfEmpty(0).Average());
        return deviation > 0 ? deviation : 1;
    })];

    /// <summary>The rows as resamplers see them.</summary>
    /// <param name="scales">What each column of numbers is divided by.</param>
    public MixedRows Mixed(double[] scales) => MixedRows.OfColumns(_count,
        [.. _numbers.Select((column, i) => Array.ConvertAll(column.Values, number => number / scales[i]))], [.. _categories.Select(column => column.Values)]);

    /// <summary>Encodes a new row.</summary>
    public void Write(NewRow row, Span<float> target)
    {
        _rows.AsSpan(row.Donor * _width, _width).CopyTo(target);
        if (row.IsRepeat) return;
        foreach ((ColumnCode column, int slot, int[] values) in _categories)
        {
            target.Slice(slot, column.Slots).Clear();
            target[slot + row.Category(place => values[place])] = 1;
        }
        foreach ((ColumnCode column, int scalar, int slot, double[] values) in _numbers)
        {
            double number = row.Number(place => values[place]);
            bool missing = double.IsNaN(number) || (column.HasMissing && row.Category(place => double.IsNaN(values[place])));
            (int chosen, target[scalar]) = missing ? (column.MissingSlot, 0) : column.Encode(number);
            target.Slice(slot, column.Slots).Clear();
            if (column.Slots > 0) target[slot + chosen] = 1;
        }
    }

    private static double[] Numbers(float[] rows, int width, ColumnCode column, int scalar, int slot) => [.. Enumerable.Range(0, rows.Length / width)
        .Select(row => column.Decode(column.ChosenSlot(rows.AsSpan(row * width), slot), rows[row * width + scalar]))];
}
