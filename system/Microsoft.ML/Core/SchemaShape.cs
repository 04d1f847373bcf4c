using System.Collections;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>What an estimator may know of a schema before any data is there: names, item types, and whether a column is a vector.</summary>
public sealed class SchemaShape : IReadOnlyList<SchemaShape.Column>
{
    private readonly Column[] _columns;

    public SchemaShape(IEnumerable<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        _columns = [.. columns];
        if (_columns.Any(column => column.Name is null))
            throw new ArgumentOutOfRangeException(nameof(columns), "Some items are not initialized properly.");
    }

    public int Count => _columns.Length;

    public Column this[int index] => _columns[index];

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static SchemaShape Create(DataViewSchema schema) =>
        new(schema.Where(c => !c.IsHidden).Select(c => Column.Of(c.Name, c.Type, new(c.Annotations.Schema.Select(a => Column.Of(a.Name, a.Type, new([])))))));

    internal Column Input(string name)
    {
        Column column = _columns.FirstOrDefault(c => c.Name == name);
        return column.Name is null ? throw new ArgumentOutOfRangeException("inputSchema", $"Could not find input column '{name}'") : column;
    }

    internal SchemaShape With(Column added) => new(_columns.Where(c => c.Name != added.Name).Append(added));

    public struct Column
    {
        public readonly string Name;
        public readonly VectorKind Kind;
        public readonly DataViewType ItemType;
        public readonly bool IsKey;
        public readonly SchemaShape Annotations;

        internal Column(string name, VectorKind kind, DataViewType itemType, bool isKey, SchemaShape annotations) =>
            (Name, Kind, ItemType, IsKey, Annotations) = (name, kind, itemType, isKey, annotations);

        internal static Column Of(string name, DataViewType type, SchemaShape annotations)
        {
            VectorKind kind = type is not VectorDataViewType vector ? VectorKind.Scalar : vector.IsKnownSize ? VectorKind.Vector : VectorKind.VariableVector;
            PrimitiveDataViewType item = type.ItemType();
            return item is KeyDataViewType
                ? new(name, kind, PrimitiveTypes.FromRaw(item.RawType), true, annotations)
                : new(name, kind, item, false, annotations);
        }

        public enum VectorKind
        {
            Scalar,
            Vector,
            VariableVector,
        }
    }
}
