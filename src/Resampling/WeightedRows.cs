namespace GanPipeline.Resampling;

/// <summary>What a method for rare classes made of the real rows.</summary>
/// <param name="Rows">The rows that a classifier is trained on.</param>
/// <param name="Weights">[rows] what each counts; null where all count the same.</param>
internal sealed record WeightedRows(LabelledRows Rows, float[]? Weights = null)
{
    /// <summary>Rows that all count the same.</summary>
    public static implicit operator WeightedRows(LabelledRows rows) => new(rows);
}
