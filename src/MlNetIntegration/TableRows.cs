using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using GanPipeline.Primitives;
using GanPipeline.Tables;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>The rows of a view in which columns of numbers, Booleans and text are generated.</summary>
internal sealed class TableRows : FittedRows
{
    private TableRows(IDataView view, DataViewSchema.Column label, DataViewSchema.Column[] columns) : base(view, label) => Columns = columns;

    /// <summary>The columns that are generated, each of one value a row.</summary>
    internal IReadOnlyList<DataViewSchema.Column> Columns { get; }

    internal static TableRows Read(IDataView view, string label, IReadOnlyList<string> columns)
    {
        var rows = new TableRows(view, view.Schema[label], [.. columns.Select(name => view.Schema[name])]);
        rows.Scan([], _ => _ => { });
        return rows;
    }

    /// <summary>The rows with a label as text, to be learnt from: what is missing is empty, and the class column comes last.</summary>
    internal Table ToText()
    {
        var builders = Columns.Append(Label).Select(c => (c.Name, Codes: new List<int>(), Known: new Dictionary<string, int>(StringComparer.Ordinal))).ToList();
        using DataViewRowCursor cursor = View.GetRowCursor(Columns.Append(Label));
        Func<int> classOf = ClassOf(cursor);
        Func<string>[] read = [.. Columns.Select(c => (Func<string>)Invoke(nameof(Reader), c.Type.RawType, cursor, c))];
        var numbers = new List<int>();
        int row = 0;
        for (; cursor.MoveNext(); row++)
        {
            int c = classOf();
            if (c < 0)
                continue;
            for (int k = 0; k < read.Length; k++)
                Add(builders[k], read[k]());
            Add(builders[^1], Classes[c].Name);
            numbers.Add(row + 1);
        }
        CheckUnchanged(row);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, codes, known) in builders)
            hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\0', known.Keys) + string.Join(',', codes)));
        return new Table("the fitted view", Convert.ToHexStringLower(hash.GetHashAndReset()),
            [.. builders.Select(b => new TableColumn(b.Name, [.. b.Codes], [.. b.Known.Keys]))], [.. numbers]);

        static void Add((string Name, List<int> Codes, Dictionary<string, int> Known) column, string text)
        {
            if (!column.Known.TryGetValue(text, out int code))
                column.Known.Add(text, code = column.Known.Count);
            column.Codes.Add(code);
        }
    }

    /// <summary>What the columns' types say of them: nothing is guessed from texts that look like numbers.</summary>
    internal SchemaFile Schema() => new()
    {
        Columns = Columns.ToDictionary(c => c.Name, c => new ColumnOverride(c.Type switch
        {
            TextDataViewType => ColumnType.Categorical,
            BooleanDataViewType => ColumnType.Boolean,
            _ => c.Type.RawType == typeof(float) || c.Type.RawType == typeof(double) ? ColumnType.Numeric : ColumnType.Integer,
        }), StringComparer.Ordinal),
    };

    private static Func<string> Reader<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return value switch
            {
                ReadOnlyMemory<char> text => text.ToString(),
                float.NaN or double.NaN => "",
                _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
            };
        };
    }

    private static object Invoke(string method, Type type, params object[] arguments) =>
        typeof(TableRows).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
}
