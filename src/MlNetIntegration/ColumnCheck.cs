using GanPipeline.Primitives;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>
/// Whether the label and features columns are there and of types that can be up-sampled. A chain asks with the shape of a schema, before it fits anything; a
/// single estimator with the schema itself.
/// </summary>
internal sealed class ColumnCheck(string labelColumn, string featuresColumn)
{
    private readonly record struct Found(string Name, DataViewType Item, SchemaShape.Column.VectorKind Kind, bool IsKey);

    internal void Check(SchemaShape shape) => Check([.. shape.Select(c => new Found(c.Name, c.ItemType, c.Kind, c.IsKey))]);

    internal void Check(DataViewSchema schema) => Check([.. schema.Where(c => !c.IsHidden).Select(c => c.Type is VectorDataViewType vector
        ? new Found(c.Name, vector.ItemType, vector.IsKnownSize ? SchemaShape.Column.VectorKind.Vector : SchemaShape.Column.VectorKind.VariableVector, false)
        : new Found(c.Name, c.Type, SchemaShape.Column.VectorKind.Scalar, c.Type is KeyDataViewType))]);

    private void Check(Found[] columns)
    {
        Found label = Find(columns, labelColumn, "label"), features = Find(columns, featuresColumn, "features");
        if (label.Kind != SchemaShape.Column.VectorKind.Scalar || !(label.IsKey || label.Item is TextDataViewType or BooleanDataViewType or NumberDataViewType))
            throw new UserErrorException(
                $"label column '{labelColumn}' is {Type(label)}; up-sampling expects one class a row: a key, text, a Boolean or a number");
        if (features.Kind != SchemaShape.Column.VectorKind.Vector || !features.Item.Equals(NumberDataViewType.Single))
            throw new UserErrorException(
                $"features column '{featuresColumn}' is {Type(features)}; up-sampling expects a vector of Single of known size, such as Concatenate makes");
    }

    private static Found Find(Found[] columns, string name, string role) => Array.Find(columns, c => c.Name == name) is { Name: not null } found
        ? found
        : throw new UserErrorException($"the data has no {role} column '{name}'; its columns are {ClassNames.List(columns.Select(c => c.Name))}");

    private static string Type(Found column) => column.Kind switch
    {
        SchemaShape.Column.VectorKind.Scalar => $"{column.Item}",
        SchemaShape.Column.VectorKind.Vector => $"a vector of {column.Item}",
        _ => $"a vector of {column.Item} of unknown size",
    };
}
