using GanPipeline.Primitives;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>
/// The rows that are added to a view. Their features are generated; every other column has the value of a real row of the same class, the donor, because a
/// default value would tell added rows from real ones. Donors' columns are read when a cursor first asks for them, so that columns nobody reads cost nothing.
/// </summary>
internal sealed class AddedRows
{
    private readonly TrainingRows _rows;
    private readonly float[][] _features;
    private readonly int[] _donors;
    private readonly int[] _firstDonor;
    private readonly (int Class, int Index)[] _order;
    private readonly DonorColumn?[] _columns;
    private readonly Lock _reading = new();

    internal AddedRows(TrainingRows rows, int[] additions, float[][] features)
    {
        (_rows, _features) = (rows, features);
        _columns = new DonorColumn?[rows.View.Schema.Count];
        _donors = [.. additions.Select((added, i) => Math.Min(added, rows.Classes[i].Count))];
        _firstDonor = [.. _donors.Select((_, i) => _donors.Take(i).Sum())];
        _order = Interleave(additions);
    }

    internal int Count => _order.Length;

    internal int SourceCount => _rows.ClassOfRow.Count;

    /// <summary>Reads what the wanted columns need of the donors, in one pass. A cursor asks before it is handed out.</summary>
    internal void Prepare(IEnumerable<DataViewSchema.Column> wanted)
    {
        lock (_reading)
        {
            DataViewSchema.Column[] missing = [.. wanted.Where(c => c.Index != _rows.Features.Index && _columns[c.Index] is null).DistinctBy(c => c.Index)];
            if (missing.Length == 0)
                return;
            using DataViewRowCursor cursor = _rows.View.GetRowCursor(missing);
            DonorColumn[] columns = [.. missing.Select(c => DonorColumn.Create(c.Type, _donors.Sum()))];
            Action<int>[] read = [.. columns.Zip(missing, (column, c) => column.Reader(cursor, c))];
            var seen = new int[_donors.Length];
            int row = 0;
            for (; cursor.MoveNext(); row++)
            {
                int c = row < SourceCount ? _rows.ClassOfRow[row] : -1;
                if (c < 0 || seen[c]++ >= _donors[c])
                    continue;
                foreach (Action<int> readDonor in read)
                    readDonor(_firstDonor[c] + seen[c] - 1);
            }
            if (row != SourceCount)
                throw new UserErrorException(
                    $"the training data had {SourceCount} rows when it was fitted and has {row} now; do not change it while it is in use");
            for (int i = 0; i < missing.Length; i++)
                _columns[missing[i].Index] = columns[i];
        }
    }

    /// <summary>A getter of the column in the added row that <paramref name="current"/> names when it is called.</summary>
    internal Delegate Getter(DataViewSchema.Column column, Func<int> current)
    {
        if (column.Index == _rows.Features.Index)
            return FeaturesGetter(current);
        return _columns[column.Index]!.Getter(() =>
        {
            (int c, int index) = _order[current()];
            return _firstDonor[c] + (index % _donors[c]);
        });
    }

    private ValueGetter<VBuffer<float>> FeaturesGetter(Func<int> current) => (ref VBuffer<float> value) =>
    {
        (int c, int index) = _order[current()];
        VBufferEditor<float> editor = VBufferEditor.Create(ref value, _rows.FeatureCount);
        _features[c].AsSpan(index * _rows.FeatureCount, _rows.FeatureCount).CopyTo(editor.Values);
        value = editor.Commit();
    };

    /// <summary>The classes take turns, so that a learner that reads the rows in order does not see long runs of one class.</summary>
    private static (int Class, int Index)[] Interleave(int[] additions) =>
        [.. Enumerable.Range(0, additions.Max()).SelectMany(i => Enumerable.Range(0, additions.Length).Where(c => i < additions[c]).Select(c => (c, i)))];
}
