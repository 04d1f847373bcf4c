using GanPipeline.Primitives;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>
/// Whether the label and features columns are there and of types that can be up-sampled. A chain asks with the shape of a schema, before it fits anything; a
/// single estimator with the schema itself.
/// </summary>
internal static class ColumnCheck
{
    /// <summary>What is known of a column in a schema or in its shape.</summary>
    internal readonly record struct Found(string Name, DataViewType Item, SchemaShape.Column.VectorKind Kind, bool IsKey);

    internal static Found[] Columns(SchemaShape shape) => [.. shape.Select(c => new Found(c.Name, c.ItemType, c.Kind, c.IsKey))];

    internal static Found[] Columns(DataViewSchema schema) => [.. schema.Where(c => !c.IsHidden).Select(c => c.Type is VectorDataViewType vector
        ? new Found(c.Name, vector.ItemType, vector.IsKnownSize ? SchemaShape.Column.VectorKind.Vector : SchemaShape.Column.VectorKind.VariableVector, false)
        : new Found(c.Name, c.Type, SchemaShape.Column.VectorKind.Scalar, c.Type is KeyDataViewType))];

    internal static void CheckLabel(Found[] columns, string name)
    {
        Found label = Find(columns, name, "label");
        if (label.Kind != SchemaShape.Column.VectorKind.Scalar || !(label.IsKey || label.Item is TextDataViewType or BooleanDataViewType or NumberDataViewType))
            throw new UserErrorException($"label column '{name}' is {TypeOf(label)}; expected is one class a row: a key, text, a Boolean or a number");
    }

    internal static void CheckVector(Found[] columns, string name, string role, string expected)
    {
        Found vector = Find(columns, name, role);
        if (vector.Kind != SchemaShape.Column.VectorKind.Vector || !vector.Item.Equals(NumberDataViewType.Single))
            throw new UserErrorException($"{role} column '{name}' is {TypeOf(vector)}; {expected}");
    }

    /// <summary>A column of which each row has one number, Boolean or text.</summary>
    internal static void CheckValue(Found[] columns, string name)
    {
        Found value = Find(columns, name, "table");
        if (value.Kind != SchemaShape.Column.VectorKind.Scalar || value.IsKey
            || value.Item is not (TextDataViewType or BooleanDataViewType or NumberDataViewType))
            throw new UserErrorException($"column '{name}' is {(value.IsKey ? "a key" : TypeOf(value))}; generated can be numbers, Booleans and text: "
                + "put the up-sampling before the step that makes it something else");
    }

    /// <summary>A label, and features that are generated.</summary>
    internal static void CheckFeatures(Found[] columns, string labelColumn, string featuresColumn)
    {
        Find(columns, labelColumn, "label");
        Find(columns, featuresColumn, "features");
        CheckLabel(columns, labelColumn);
        CheckVector(columns, featuresColumn, "features", "up-sampling expects a vector of Single of known size, such as Concatenate makes");
    }

    internal static Found Find(Found[] columns, string name, string role) => Array.Find(columns, c => c.Name == name) is { Name: not null } found
        ? found
        : throw new UserErrorException($"the data has no {role} column '{name}'; its columns are {ClassMatch.List(columns.Select(c => c.Name))}");

    internal static string TypeOf(Found column) => column.Kind switch
    {
        SchemaShape.Column.VectorKind.Scalar => $"{column.Item}",
        SchemaShape.Column.VectorKind.Vector => $"a vector of {column.Item}",
        _ => $"a vector of {column.Item} of unknown size",
    };
}
