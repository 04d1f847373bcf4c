using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
{
    private readonly string _output;
    private readonly string[] _inputs;

    internal ColumnConcatenatingEstimator(string output, string[] inputs)
    {
        ArgumentException.ThrowIfNullOrEmpty(output);
        if (inputs.Length == 0 || inputs.Any(string.IsNullOrEmpty))
            throw new ArgumentOutOfRangeException(nameof(inputs), "Input columns not specified, or one of them is empty");
        (_output, _inputs) = (output, inputs);
    }

    public ColumnConcatenatingTransformer Fit(IDataView input)
    {
        var transformer = new ColumnConcatenatingTransformer(_output, _inputs);
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column[] columns = [.. _inputs.Select(inputSchema.Input)];
        if (columns.FirstOrDefault(c => c.IsKey).Name is { } key)
            throw new InvalidOperationException($"Column '{key}' is key. Concatenation of keys is unsupported.");
        if (columns.FirstOrDefault(c => !c.ItemType.Equals(columns[0].ItemType)) is { Name: not null } other)
        {
            throw new InvalidOperationException($"Concatenated columns should have the same type. Column '{other.Name}' has type of {other.ItemType}, "
                + $"but expected column type is {columns[0].ItemType}.");
        }
        bool variable = columns.Any(c => c.Kind == SchemaShape.Column.VectorKind.VariableVector);
        bool named = columns.Any(c => c.Kind == SchemaShape.Column.VectorKind.Scalar
            || c.Annotations.Any(a => a.Name == SchemaAnnotationsExtensions.SlotNames));
        var names = SchemaShape.Column.Of(SchemaAnnotationsExtensions.SlotNames, new VectorDataViewType(TextDataViewType.Instance, 1), new([]));
        var type = new VectorDataViewType((PrimitiveDataViewType)columns[0].ItemType, variable ? 0 : 1);
        return inputSchema.With(SchemaShape.Column.Of(_output, type, new(named ? [names] : [])));
    }
}
