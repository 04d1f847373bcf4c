using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Text;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>The stand-in's model file: a zip archive with the input schema and one entry per transformer, each a signature and what its class wrote.</summary>
internal static class ModelFormat
{
    private const int MaximumItems = 1 << 24;

    internal static string PartName(int index) => string.Create(CultureInfo.InvariantCulture, $"Transform_{index:000}");

    internal static ITransformer Load(ZipArchive archive, string path)
    {
        ZipArchiveEntry entry = archive.GetEntry($"{path}/{ModelSaveContext.EntryName}") ?? throw new FormatException($"The model has no entry '{path}'.");
        using var reader = new BinaryReader(entry.Open(), Encoding.UTF8);
        return reader.ReadString() switch
        {
            TransformerChain<ITransformer>.Signature => Chain(archive, path, ReadArray(reader, r => (TransformerScope)r.ReadInt32())),
            ColumnConcatenatingTransformer.Signature => ColumnConcatenatingTransformer.Load(reader),
            ValueToKeyMappingTransformer.Signature => ValueToKeyMappingTransformer.Load(reader),
            KeyToValueMappingTransformer.Signature => KeyToValueMappingTransformer.Load(reader),
            var signature => throw new FormatException($"The model has a transformer '{signature}' that cannot be loaded."),
        };
    }

    private static TransformerChain<ITransformer> Chain(ZipArchive archive, string path, TransformerScope[] scopes) =>
        new(scopes.Select((_, i) => Load(archive, $"{path}/{PartName(i)}")), scopes);

    internal static void WriteArray<T>(BinaryWriter writer, T[] items, Action<BinaryWriter, T> write)
    {
        writer.Write(items.Length);
        foreach (T item in items)
            write(writer, item);
    }

    internal static T[] ReadArray<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        int count = reader.ReadInt32();
        if (count is < 0 or > MaximumItems)
            throw new FormatException($"The model is damaged: it claims a list of {count} items.");
        var items = new List<T>();
        for (int i = 0; i < count; i++)
            items.Add(read(reader));
        return [.. items];
    }

    /// <summary>A primitive value as invariant text, which every primitive type can be read back from exactly.</summary>
    internal static void WriteValue<T>(BinaryWriter writer, T value) =>
        writer.Write(value is ReadOnlyMemory<char> text ? text.ToString() : Convert.ToString(value, CultureInfo.InvariantCulture));

    internal static T ReadValue<T>(BinaryReader reader)
    {
        string text = reader.ReadString();
        return typeof(T) == typeof(ReadOnlyMemory<char>) ? (T)(object)text.AsMemory() : (T)Convert.ChangeType(text, typeof(T), CultureInfo.InvariantCulture);
    }

    internal static void WriteSchema(BinaryWriter writer, DataViewSchema schema) => WriteArray(writer, [.. schema], (w, column) =>
    {
        w.Write(column.Name);
        WriteType(w, column.Type);
        WriteArray(w, [.. column.Annotations.Schema.Where(a => Writable(a.Type))], (inner, annotation) =>
        {
            inner.Write(annotation.Name);
            WriteType(inner, annotation.Type);
            Call(nameof(WriteItems), annotation.Type, [inner, column.Annotations.GetterOf(annotation), annotation.Type]);
        });
    });

    internal static DataViewSchema ReadSchema(BinaryReader reader)
    {
        var schema = new DataViewSchema.Builder();
        foreach (DataViewSchema.DetachedColumn column in ReadArray(reader, ReadColumn))
            schema.AddColumn(column.Name, column.Type, column.Annotations);
        return schema.ToSchema();
    }

    private static DataViewSchema.DetachedColumn ReadColumn(BinaryReader reader)
    {
        string name = reader.ReadString();
        DataViewType type = ReadType(reader);
        var annotations = new DataViewSchema.Annotations.Builder();
        ReadArray(reader, r =>
        {
            string kind = r.ReadString();
            DataViewType annotationType = ReadType(r);
            Call(nameof(ReadItems), annotationType, [r, annotations, kind, annotationType]);
            return kind;
        });
        return new(name, type, annotations.ToAnnotations());
    }

    private static bool Writable(DataViewType type) => type.ItemType() is { } item and not KeyDataViewType && PrimitiveTypes.Code(item) >= 0;

    private static void Call(string method, DataViewType type, object[] arguments) =>
        typeof(ModelFormat).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static).MakeGenericMethod(type.ItemType().RawType).Invoke(null, arguments);

    private static void WriteItems<T>(BinaryWriter writer, Delegate getter, DataViewType type)
    {
        if (type is VectorDataViewType)
        {
            VBuffer<T> values = default;
            ((ValueGetter<VBuffer<T>>)getter)(ref values);
            WriteArray(writer, [.. values.DenseValues()], WriteValue);
            return;
        }
        T value = default;
        ((ValueGetter<T>)getter)(ref value);
        WriteArray(writer, [value], WriteValue);
    }

    private static void ReadItems<T>(BinaryReader reader, DataViewSchema.Annotations.Builder annotations, string kind, DataViewType type)
    {
        T[] items = ReadArray(reader, ReadValue<T>);
        if (type is VectorDataViewType)
            AnnotationGetters.AddVector(annotations, kind, type, items);
        else
            annotations.Add(kind, type, (ref T value) => value = items[0]);
    }

    private static void WriteType(BinaryWriter writer, DataViewType type)
    {
        PrimitiveDataViewType item = type.ItemType();
        writer.Write((byte)PrimitiveTypes.Code(item));
        writer.Write((item as KeyDataViewType)?.Count ?? 0);
        int[] dimensions = type is VectorDataViewType vector ? [.. vector.Dimensions] : [];
        WriteArray(writer, dimensions, (w, dimension) => w.Write(dimension));
    }

    private static DataViewType ReadType(BinaryReader reader)
    {
        PrimitiveDataViewType item = PrimitiveTypes.FromCode(reader.ReadByte());
        if (reader.ReadUInt64() is > 0 and var count)
            item = new KeyDataViewType(item.RawType, count);
        return ReadArray(reader, r => r.ReadInt32()) is { Length: > 0 } dimensions ? new VectorDataViewType(item, dimensions) : item;
    }
}
