namespace GanPipeline.Training.Data;

/// <summary>
/// The view of ML.NET that a generator was trained on inside Fit. The file that it leaves says so; the rows themselves were the program's, and no file.
/// </summary>
[Kind("view")]
internal sealed record ViewDataOptions : DataOptions
{
    /// <inheritdoc/>
    public override bool NeedsPath => false;

    /// <inheritdoc/>
    public override void Validate() { }

    /// <inheritdoc/>
    public override Dataset Load(string? path, DataSplit split, ulong seed) => throw new UserErrorException(
        "the data are a view of ML.NET that a generator was trained on inside Fit, and not in a file: name a CSV file of the rows with --data, and with " +
        "--preset a preset that says how it is read ('data: { kind: csv, label: COLUMN }').");
}
