using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>
/// The rows that are added to a view. Their features, a vector or columns, are generated, their label is that of their class; every other column has the value
/// of a real row of the same class, the donor, because a default value would tell added rows from real ones. Donors' columns are read when a cursor first asks
/// for them, so that columns nobody reads cost nothing.
/// </summary>
internal sealed class AddedRows : IDisposable
{
    private readonly FittedRows _rows;
    private readonly GeneratedColumns _generated;
    private readonly Donors[] _donors;
    private readonly int[] _firstDonor;
    private readonly long[] _firstRow;
    private readonly Interleaving _order;
    private readonly ColumnBuffer?[] _columns;
    private readonly Lock _reading = new();

    /// <param name="rows">The real rows.</param>
    /// <param name="additions">Rows added, by class.</param>
    /// <param name="generated">What was generated for the added rows, those of one class after those of the other; owned from now on.</param>
    /// <param name="donors">By class, the donors of the added rows.</param>
    internal AddedRows(FittedRows rows, int[] additions, GeneratedColumns generated, Donors[] donors)
    {
        (_rows, _generated, _donors) = (rows, generated, donors);
        _columns = new ColumnBuffer?[rows.View.Schema.Count];
        _firstDonor = [.. donors.Select((_, i) => donors.Take(i).Sum(d => d.Count))];
        _firstRow = [.. additions.Select((_, i) => additions.Take(i).Sum(a => (long)a))];
        _order = new(additions);
    }

    internal int Count => (int)_order.Count;

    internal int SourceCount => _rows.RowCount;

    /// <summary>Reads what the wanted columns need of the donors, in one pass. A cursor asks before it is handed out.</summary>
    internal void Prepare(IEnumerable<DataViewSchema.Column> wanted)
    {
        lock (_reading)
        {
            // They may be those of another view with the same columns: of an enclosing chain.
            DataViewSchema.Column[] missing = [.. wanted.Where(NeedsDonors).DistinctBy(c => c.Index).Select(c => _rows.View.Schema[c.Index])];
            if (missing.Length == 0)
                return;
            using DataViewRowCursor cursor = _rows.View.GetRowCursor(missing.Append(_rows.Label));
            Func<int> classOf = _rows.ClassOf(cursor);
            ColumnBuffer[] columns = [.. missing.Select(c => ColumnBuffer.Create(c.Type, _donors.Sum(d => d.Count)))];
            Action<int>[] read = [.. columns.Zip(missing, (column, c) => column.Reader(cursor, c))];
            int[] seen = new int[_donors.Length], slot = new int[_donors.Length];
            int row = 0;
            for (; cursor.MoveNext(); row++)
            {
                int c = classOf();
                if (c < 0 || !_donors[c].Is(slot[c], seen[c]++))
                    continue;
                foreach (Action<int> readDonor in read)
                    readDonor(_firstDonor[c] + slot[c]);
                slot[c]++;
            }
            _rows.CheckUnchanged(row);
            for (int i = 0; i < missing.Length; i++)
                _columns[missing[i].Index] = columns[i];
        }
    }

    /// <summary>A getter of the column in the added row that <paramref name="current"/> names when it is called.</summary>
    internal Delegate Getter(DataViewSchema.Column column, Func<int> current)
    {
        if (_generated.Has(column))
        {
            return _generated.Getter(column, () =>
            {
                (int c, int index) = _order[current()];
                return _firstRow[c] + index;
            });
        }
        if (column.Index == _rows.Label.Index)
            return _rows.Labels.Getter(() => _order[current()].Class);
        return _columns[column.Index]!.Getter(() =>
        {
            (int c, int index) = _order[current()];
            return _firstDonor[c] + _donors[c].Slot(index);
        });
    }

    public void Dispose() => _generated.Dispose();

    private bool NeedsDonors(DataViewSchema.Column column) => !_generated.Has(column) && column.Index != _rows.Label.Index && _columns[column.Index] is null;
}
