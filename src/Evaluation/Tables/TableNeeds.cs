namespace GanPipeline.Evaluation.Tables;

/// <summary>What metrics over tables need.</summary>
internal static class TableNeeds
{
    public static Requirement<TableComparison> Numbers { get; } = That("numeric columns", c => c.Real.Columns.Any(column => column.IsNumeric),
        "there is no numeric column");

    public static Requirement<TableComparison> Words { get; } = That("columns of categories", c => c.Real.Columns.Any(column => !column.IsNumeric),
        "there is no column of categories");

    public static Requirement<TableComparison> Training { get; } = That("training rows", c => c.Training is not null, "the training table is not known");

    public static Requirement<TableComparison> TrainingAndHeldOut { get; } = That("training and held-out rows",
        c => c.Training is not null && c.HeldOut is not null, "the training table or held-out rows are not known");

    /// <summary>A requirement that is met or not.</summary>
    public static Requirement<TableComparison> That(string name, Func<TableComparison, bool> met, string reason) =>
        Requirement<TableComparison>.That(name, met, reason);
}
