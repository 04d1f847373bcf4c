using GanPipeline.Tables;

namespace GanPipeline.Resampling;

/// <summary>
/// A classifier that sees encoded rows of a table as those do who train on the table: every number as it is, a missing one as the middle of its range with a
/// column that says so, categories as a column each, and numbers of columns that are computed from others, which are no part of the code.
/// </summary>
internal sealed class PlainColumns : IClassifierTrainer
{
    private readonly IClassifierTrainer _trainer;
    private readonly TableCodec _codec;
    private readonly ComputedNumbers _computed;
    private readonly (ColumnCode Column, int Scalar, int Slot)[] _layout;
    private readonly int _width;

    private PlainColumns(IClassifierTrainer trainer, TableCodec codec)
    {
        (_trainer, _codec, _computed, _layout) = (trainer, codec, new ComputedNumbers(codec), [.. codec.Layout()]);
        _width = _layout.Sum(place => Width(place.Column)) + _computed.Width - codec.Width;
    }

    /// <inheritdoc/>
    public string Name => _trainer.Name;

    /// <summary>The classifier for rows of a code; the same where the rows are no table's.</summary>
    public static IClassifierTrainer Of(IClassifierTrainer trainer, TableCodec? codec) => codec is null ? trainer : new PlainColumns(trainer, codec);

    /// <inheritdoc/>
    public IFittedClassifier Fit(LabelledRows rows, float[]? weights, ulong seed, CancellationToken stop) =>
        new Fitted(_trainer.Fit(rows with { Values = Plain(rows.Values), Columns = _width }, weights, seed, stop), this);

    private static int Width(ColumnCode column) => column.Scalars == 0 ? column.Slots : column.HasMissing ? 2 : 1;

    /// <summary>[N, plain columns] of [N, width of the code].</summary>
    private float[] Plain(ReadOnlyMemory<float> rows)
    {
        (int narrow, int computed) = (_codec.Width, _computed.Width);
        float[] all = _computed.Appended(rows), plain = new float[LabelledRows.Length(rows.Length / narrow, _width, "the rows of the table")];
        for (int row = 0; row < rows.Length / narrow; row++)
        {
            ReadOnlySpan<float> code = all.AsSpan(row * computed, computed);
            Span<float> target = plain.AsSpan(row * _width, _width);
            int at = 0;
            foreach ((ColumnCode column, int scalar, int slot) in _layout)
            {
                if (column.Scalars == 0) code.Slice(slot, column.Slots).CopyTo(target[at..]);
                else
                {
                    double number = column.Decode(column.ChosenSlot(code, slot), code[scalar]);
                    bool missing = double.IsNaN(number);
                    target[at] = (float)(missing ? (column.Lowest + column.Highest) / 2 : number);
                    if (column.HasMissing) target[at + 1] = missing ? 1 : 0;
                }
                at += Width(column);
            }
            code[narrow..].CopyTo(target[at..]);
        }
        return plain;
    }

    private sealed class Fitted(IFittedClassifier classifier, PlainColumns columns) : IFittedClassifier
    {
        public float[] Probabilities(ReadOnlyMemory<float> rows) => classifier.Probabilities(columns.Plain(rows));

        public void Dispose() => classifier.Dispose();
    }
}
