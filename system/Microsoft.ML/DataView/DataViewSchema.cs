using System.Collections;
using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class DataViewSchema : IReadOnlyList<DataViewSchema.Column>
{
    private readonly Column[] _columns;
    private readonly Dictionary<string, int> _indexOfName = [];

    private DataViewSchema(IReadOnlyList<DetachedColumn> columns)
    {
        // A later column hides an earlier one of its name.
        for (int i = 0; i < columns.Count; i++)
            _indexOfName[columns[i].Name] = i;
        _columns = [.. columns.Select((c, i) => new Column(c.Name, i, _indexOfName[c.Name] != i, c.Type, c.Annotations))];
    }

    public int Count => _columns.Length;

    public Column this[int columnIndex] => _columns[columnIndex];

    public Column this[string name]
    {
        get
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            return GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(name), $"Column '{name}' not found");
        }
    }

    public Column? GetColumnOrNull(string name) => _indexOfName.TryGetValue(name, out int index) ? _columns[index] : null;

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"{Count} columns {{{string.Join(", ", _columns)}}}";

    public readonly struct Column
    {
        internal Column(string name, int index, bool isHidden, DataViewType type, Annotations annotations) =>
            (Name, Index, IsHidden, Type, Annotations) = (name, index, isHidden, type, annotations);

        public string Name { get; }

        public int Index { get; }

        public bool IsHidden { get; }

        public DataViewType Type { get; }

        public Annotations Annotations { get; }

        public override string ToString() => $"{Name}: {Type}{(Annotations.Schema.Count == 0 ? "" : $" {Annotations}")}";
    }

    public struct DetachedColumn
    {
        public DetachedColumn(string name, DataViewType type, Annotations annotations = null)
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            ArgumentNullException.ThrowIfNull(type);
            (Name, Type, Annotations) = (name, type, annotations ?? Annotations.Empty);
        }

        public DetachedColumn(Column column) : this(column.Name, column.Type, column.Annotations)
        {
        }

        public string Name { get; }

        public DataViewType Type { get; }

        public Annotations Annotations { get; }
    }

    public sealed class Builder
    {
        private readonly List<DetachedColumn> _items = [];

        public void AddColumn(string name, DataViewType type, Annotations annotations = null) => _items.Add(new(name, type, annotations));

        public void AddColumns(IEnumerable<Column> source) => _items.AddRange(source.Select(column => new DetachedColumn(column)));

        public void AddColumns(IEnumerable<DetachedColumn> source) => _items.AddRange(source);

        public DataViewSchema ToSchema() => new(_items);
    }
}
