using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

public sealed class KeyToValueMappingEstimator : TrivialEstimator<KeyToValueMappingTransformer>
{
    private readonly string _output;
    private readonly string _input;

    internal KeyToValueMappingEstimator(string output, string input) : base(new(output, input)) => (_output, _input) = (output, input);

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column input = inputSchema.Input(_input);
        SchemaShape.Column values = input.Annotations.FirstOrDefault(a => a.Name == SchemaAnnotationsExtensions.KeyValues);
        if (!input.IsKey || values.Name is null)
            throw new ArgumentOutOfRangeException(nameof(inputSchema),
                $"Schema mismatch for input column '{_input}': expected key type with KeyValues annotation");
        return inputSchema.With(SchemaShape.Column.Of(_output, values.ItemType, new([])));
    }
}

public sealed class KeyToValueMappingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "KeyToValue";

    private readonly string _output;
    private readonly string _input;

    internal KeyToValueMappingTransformer(string output, string input) => (_output, _input) = (output, input);

    internal static KeyToValueMappingTransformer Load(BinaryReader reader) => new(reader.ReadString(), reader.ReadString());

    private protected override void SaveModel(ModelSaveContext ctx) => ctx.Write(Signature, writer =>
    {
        writer.Write(_output);
        writer.Write(_input);
    });

    private protected override RowMapping Map(DataViewSchema inputSchema)
    {
        DataViewSchema.Column input = inputSchema.GetColumnOrNull(_input)
            ?? throw new ArgumentOutOfRangeException(nameof(inputSchema), $"Could not find input column '{_input}'");
        if (input.Type is not KeyDataViewType
            || input.Annotations.Schema.GetColumnOrNull(SchemaAnnotationsExtensions.KeyValues)?.Type is not VectorDataViewType { ItemType: var item })
            throw new ArgumentOutOfRangeException(nameof(inputSchema),
                $"Schema mismatch for input column '{_input}': expected key type with KeyValues annotation, got {input.Type}");
        MethodInfo getter = typeof(KeyToValueMappingTransformer).GetMethod(nameof(ValueOf), BindingFlags.NonPublic | BindingFlags.Static)
            .MakeGenericMethod(input.Type.RawType, item.RawType);
        return new(inputSchema, new(new(_output, item), [input.Index], row => (Delegate)getter.Invoke(null, [row, input])));
    }

    /// <summary>A missing key becomes the item type's missing value: NaN for reals, empty text, else the default.</summary>
    private static Delegate ValueOf<TKey, TValue>(DataViewRow row, DataViewSchema.Column column)
    {
        VBuffer<TValue> buffer = default;
        column.GetKeyValues(ref buffer);
        TValue[] values = [.. buffer.DenseValues()];
        TValue missing = typeof(TValue) == typeof(float) ? (TValue)(object)float.NaN : typeof(TValue) == typeof(double) ? (TValue)(object)double.NaN : default;
        Func<TKey> key = RowValues.Reader<TKey>(row, column);
        return (ValueGetter<TValue>)((ref TValue value) =>
        {
            ulong raw = Convert.ToUInt64(key(), null);
            value = raw == 0 || raw > (ulong)values.Length ? missing : values[raw - 1];
        });
    }
}
