namespace Microsoft.ML.Data;

public sealed class ColumnConcatenatingTransformer : RowToRowTransformerBase
{
    internal const string Signature = "Concatenate";

    private readonly string _output;
    private readonly string[] _inputs;

    internal ColumnConcatenatingTransformer(string output, string[] inputs) => (_output, _inputs) = (output, inputs);

    internal static ColumnConcatenatingTransformer Load(BinaryReader reader) => new(reader.ReadString(), ModelFormat.ReadArray(reader, r => r.ReadString()));

    private protected override void SaveModel(ModelSaveContext ctx) => ctx.Write(Signature, writer =>
    {
        writer.Write(_output);
        ModelFormat.WriteArray(writer, _inputs, (w, name) => w.Write(name));
    });

    private protected override RowMapping Map(DataViewSchema inputSchema)
    {
        DataViewSchema.Column[] sources = [.. _inputs.Select(name =>
            inputSchema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(inputSchema), $"Could not find input column '{name}'"))];
        PrimitiveDataViewType item = sources[0].Type.ItemType();
        if (sources.FirstOrDefault(s => !s.Type.ItemType().Equals(item)) is { Name: not null } other)
            throw new ArgumentOutOfRangeException(nameof(inputSchema), $"Schema mismatch for input column '{other.Name}': expected {item}, got {other.Type}");
        var parts = (Parts)Activator.CreateInstance(typeof(Parts<>).MakeGenericType(item.RawType), [sources]);
        int size = parts.Sizes.Contains(0) ? 0 : parts.Sizes.Sum();
        var added = sources is [{ Type: VectorDataViewType } only]
            ? new DataViewSchema.DetachedColumn(_output, only.Type, only.Annotations)
            : new(_output, new VectorDataViewType(item, size), SlotNames(sources, size));
        return new(inputSchema, new(added, [.. sources.Select(s => s.Index)], parts.Getter));
    }

    /// <summary>A scalar's slot has the column's name, a named vector's slot "column.slot", an unnamed vector's none; without names, no annotation.</summary>
    private static DataViewSchema.Annotations SlotNames(DataViewSchema.Column[] sources, int size)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        if (size == 0 || !sources.Any(s => s.Type is not VectorDataViewType || s.HasSlotNames()))
            return annotations.ToAnnotations();
        ReadOnlyMemory<char>[] names = [.. sources.SelectMany(NamesOf)];
        AnnotationGetters.AddVector(annotations, SchemaAnnotationsExtensions.SlotNames, new VectorDataViewType(TextDataViewType.Instance, size), names);
        return annotations.ToAnnotations();
    }

    private static IEnumerable<ReadOnlyMemory<char>> NamesOf(DataViewSchema.Column source)
    {
        if (source.Type is not VectorDataViewType vector)
            return [source.Name.AsMemory()];
        if (!source.HasSlotNames())
            return Enumerable.Repeat(ReadOnlyMemory<char>.Empty, vector.Size);
        VBuffer<ReadOnlyMemory<char>> names = default;
        source.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.IsEmpty ? name : $"{source.Name}.{name}".AsMemory())];
    }

    private abstract class Parts(DataViewSchema.Column[] sources)
    {
        internal int[] Sizes { get; } = [.. sources.Select(s => s.Type is VectorDataViewType vector ? vector.Size : 1)];

        internal abstract Delegate Getter(DataViewRow row);
    }

    private sealed class Parts<T>(DataViewSchema.Column[] sources) : Parts(sources)
    {
        private readonly DataViewSchema.Column[] _sources = sources;

        internal override Delegate Getter(DataViewRow row)
        {
            ValueGetter<VBuffer<T>>[] parts = [.. _sources.Select(source => Part(row, source))];
            var values = new VBuffer<T>[parts.Length];
            return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> destination) =>
            {
                for (int i = 0; i < parts.Length; i++)
                {
                    parts[i](ref values[i]);
                    if (Sizes[i] != 0 && values[i].Length != Sizes[i])
                        throw new InvalidOperationException($"Column '{_sources[i].Name}': expected {Sizes[i]} slots, but got {values[i].Length}");
                }
                var editor = VBufferEditor.Create(ref destination, values.Sum(value => value.Length));
                int start = 0;
                foreach (VBuffer<T> value in values)
                {
                    value.CopyTo(editor.Values, start);
                    start += value.Length;
                }
                destination = editor.Commit();
            });
        }

        private static ValueGetter<VBuffer<T>> Part(DataViewRow row, DataViewSchema.Column source)
        {
            if (source.Type is VectorDataViewType)
                return row.GetGetter<VBuffer<T>>(source);
            ValueGetter<T> scalar = row.GetGetter<T>(source);
            return (ref VBuffer<T> destination) =>
            {
                var editor = VBufferEditor.Create(ref destination, 1);
                scalar(ref editor.Values[0]);
                destination = editor.Commit();
            };
        }
    }
}
