using GanPipeline.Primitives;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>Whether the columns that a generator file is applied to are there, and of the types that it needs.</summary>
internal sealed class ApplyCheck(string path, GeneratorInfo info, ApplyColumns columns)
{
    internal void Check(SchemaShape shape)
    {
        CheckLabel(ColumnCheck.Columns(shape));
        CheckNoise(ColumnCheck.Columns(shape));
    }

    /// <summary>As for a shape; the schema also knows the size of the latent vectors.</summary>
    internal void Check(DataViewSchema schema)
    {
        CheckLabel(ColumnCheck.Columns(schema));
        CheckNoise(ColumnCheck.Columns(schema));
        if (columns.Noise is { } noise && ((VectorDataViewType)schema[noise].Type).Size is var size && size != info.LatentSize)
            throw new UserErrorException($"noise column '{noise}' has {size} numbers a row, and generator {path} takes {info.LatentSize}");
    }

    private void CheckLabel(ColumnCheck.Found[] found)
    {
        if (info.ClassNames.Count == 0 != columns.Label is null)
        {
            throw new UserErrorException(columns.Label is null
                ? $"generator {path} has classes ({ClassMatch.List(info.ClassNames)}); name the label column"
                : $"generator {path} has no classes; leave the label column '{columns.Label}' out");
        }
        if (columns.Label is { } label)
            ColumnCheck.CheckLabel(found, label);
    }

    private void CheckNoise(ColumnCheck.Found[] found)
    {
        if (columns.Noise is { } noise)
            ColumnCheck.CheckVector(found, noise, "noise", $"generator {path} takes a vector of Single of {info.LatentSize} numbers");
    }
}
