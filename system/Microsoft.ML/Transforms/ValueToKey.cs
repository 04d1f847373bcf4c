using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    private readonly string _output;
    private readonly string _input;
    private readonly int _maximum;
    private readonly KeyOrdinality _order;
    private readonly bool _asText;
    private readonly IDataView _keyData;

    internal ValueToKeyMappingEstimator(string output, string input, int maximum, KeyOrdinality order, bool asText, IDataView keyData)
    {
        if (keyData is not null && keyData.Schema.Count != 1)
            throw new ArgumentException($"The terms to map must be a single column, but this view has {keyData.Schema.Count}.", nameof(keyData));
        (_output, _input, _maximum, _order, _asText, _keyData) = (output, input, maximum, order, asText, keyData);
    }

    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        DataViewSchema.Column column = input.Schema.GetColumnOrNull(_input)
            ?? throw new ArgumentOutOfRangeException("inputSchema", $"Could not find input column '{_input}'");
        if (_keyData is not null && !_keyData.Schema[0].Type.Equals(column.Type))
            throw new ArgumentException($"The terms to map are {_keyData.Schema[0].Type}, the column '{_input}' is {column.Type}.");
        KeyMap map = KeyMap.Build(_keyData ?? input, _keyData?.Schema[0] ?? column, _maximum, _order == KeyOrdinality.ByValue);
        return new(_output, _input, map, _asText);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column input = inputSchema.Input(_input);
        var item = _asText ? TextDataViewType.Instance : (PrimitiveDataViewType)input.ItemType;
        var values = SchemaShape.Column.Of(SchemaAnnotationsExtensions.KeyValues, new VectorDataViewType(item, 1), new([]));
        return inputSchema.With(SchemaShape.Column.Of(_output, new KeyDataViewType(typeof(uint), 1), new([values])));
    }

    public enum KeyOrdinality : byte
    {
        ByOccurrence = 0,
        ByValue = 1,
    }
}

public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "ValueToKey";

    private readonly string _output;
    private readonly string _input;
    private readonly KeyMap _map;
    private readonly bool _asText;

    internal ValueToKeyMappingTransformer(string output, string input, KeyMap map, bool asText) =>
        (_output, _input, _map, _asText) = (output, input, map, asText);

    internal static ValueToKeyMappingTransformer Load(BinaryReader reader) =>
        new(reader.ReadString(), reader.ReadString(), KeyMap.Read(reader), reader.ReadBoolean());

    private protected override void SaveModel(ModelSaveContext ctx) => ctx.Write(Signature, writer =>
    {
        writer.Write(_output);
        writer.Write(_input);
        _map.Write(writer);
        writer.Write(_asText);
    });

    private protected override RowMapping Map(DataViewSchema inputSchema)
    {
        DataViewSchema.Column input = inputSchema.GetColumnOrNull(_input)
            ?? throw new ArgumentOutOfRangeException(nameof(inputSchema), $"Could not find input column '{_input}'");
        if (!input.Type.Equals(_map.Type))
            throw new ArgumentOutOfRangeException(nameof(inputSchema), $"Schema mismatch for input column '{_input}': expected {_map.Type}, got {input.Type}");
        var annotations = new DataViewSchema.Annotations.Builder();
        _map.Annotate(annotations, _asText);
        var column = new DataViewSchema.DetachedColumn(_output, new KeyDataViewType(typeof(uint), Math.Max(1, _map.Count)), annotations.ToAnnotations());
        return new(inputSchema, new(column, [input.Index], row => _map.KeyOf(row, input)));
    }
}

/// <summary>The values of a key: value i is key i + 1. Empty text and NaN are missing, which is key 0.</summary>
internal abstract class KeyMap
{
    internal abstract PrimitiveDataViewType Type { get; }

    internal abstract int Count { get; }

    internal static KeyMap Build(IDataView view, DataViewSchema.Column column, int maximum, bool sorted)
    {
        if (column.Type is not PrimitiveDataViewType type || PrimitiveTypes.Code(type) < 0 || type is KeyDataViewType)
            throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' of type {column.Type} cannot be mapped to keys.");
        return Of(type, map => map.Fill(view, column, maximum, sorted));
    }

    internal static KeyMap Read(BinaryReader reader) => Of(PrimitiveTypes.FromCode(reader.ReadByte()), map => map.ReadValues(reader));

    internal abstract void Write(BinaryWriter writer);

    internal abstract void Annotate(DataViewSchema.Annotations.Builder annotations, bool asText);

    internal abstract Delegate KeyOf(DataViewRow row, DataViewSchema.Column column);

    protected abstract void Fill(IDataView view, DataViewSchema.Column column, int maximum, bool sorted);

    protected abstract void ReadValues(BinaryReader reader);

    private static KeyMap Of(PrimitiveDataViewType type, Action<KeyMap> fill)
    {
        var map = (KeyMap)(type is TextDataViewType
            ? new TextMap()
            : Activator.CreateInstance(typeof(ValueMap<>).MakeGenericType(type.RawType), nonPublic: true));
        fill(map);
        return map;
    }

    private abstract class Mapped<T, TValue> : KeyMap
        where TValue : IComparable<TValue>
    {
        private readonly Dictionary<TValue, uint> _keys = [];

        internal sealed override int Count => _keys.Count;

        internal sealed override PrimitiveDataViewType Type { get; } = PrimitiveTypes.FromRaw(typeof(T));

        internal sealed override void Write(BinaryWriter writer)
        {
            writer.Write((byte)PrimitiveTypes.Code(Type));
            ModelFormat.WriteArray(writer, [.. _keys.Keys], (w, value) => ModelFormat.WriteValue(w, value));
        }

        internal sealed override void Annotate(DataViewSchema.Annotations.Builder annotations, bool asText)
        {
            PrimitiveDataViewType item = asText ? TextDataViewType.Instance : Type;
            var type = new VectorDataViewType(item, Math.Max(1, Count));
            if (item is TextDataViewType)
                AnnotationGetters.AddVector(annotations, SchemaAnnotationsExtensions.KeyValues, type,
                    [.. _keys.Keys.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture).AsMemory())]);
            else
                AnnotationGetters.AddVector(annotations, SchemaAnnotationsExtensions.KeyValues, type, [.. _keys.Keys]);
        }

        internal sealed override Delegate KeyOf(DataViewRow row, DataViewSchema.Column column)
        {
            Func<TValue> value = Values(row, column);
            return (ValueGetter<uint>)((ref uint key) => key = _keys.GetValueOrDefault(value()));
        }

        protected abstract Func<TValue> Values(DataViewRow row, DataViewSchema.Column column);

        protected abstract bool IsMissing(TValue value);

        protected sealed override void Fill(IDataView view, DataViewSchema.Column column, int maximum, bool sorted)
        {
            using DataViewRowCursor cursor = view.GetRowCursor([column]);
            Func<TValue> read = Values(cursor, column);
            var seen = new List<TValue>();
            var known = new HashSet<TValue>();
            while (cursor.MoveNext() && seen.Count < maximum)
            {
                if (read() is var value && !IsMissing(value) && known.Add(value))
                    seen.Add(value);
            }
            if (sorted)
                seen.Sort((a, b) => a is string text ? string.CompareOrdinal(text, b as string) : a.CompareTo(b));
            foreach (TValue value in seen)
                _keys.Add(value, (uint)_keys.Count + 1);
        }

        protected sealed override void ReadValues(BinaryReader reader)
        {
            foreach (TValue value in ModelFormat.ReadArray(reader, ModelFormat.ReadValue<TValue>))
                _keys.Add(value, (uint)_keys.Count + 1);
        }
    }

    private sealed class TextMap : Mapped<ReadOnlyMemory<char>, string>
    {
        protected override Func<string> Values(DataViewRow row, DataViewSchema.Column column) => RowValues.Reader<string>(row, column);

        protected override bool IsMissing(string value) => value.Length == 0;
    }

    private sealed class ValueMap<T> : Mapped<T, T>
        where T : IComparable<T>
    {
        protected override Func<T> Values(DataViewRow row, DataViewSchema.Column column) => RowValues.Reader<T>(row, column);

        protected override bool IsMissing(T value) => value is float.NaN or double.NaN;
    }
}
