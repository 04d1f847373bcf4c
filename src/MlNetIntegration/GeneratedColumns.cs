using Microsoft.ML;

namespace GanPipeline.MlNet;

/// <summary>The columns of added rows that were generated; rows are counted over all classes, those of one class after those of the other.</summary>
internal abstract class GeneratedColumns : IDisposable
{
    /// <summary>Whether the column is one of them.</summary>
    internal abstract bool Has(DataViewSchema.Column column);

    /// <summary>A getter of one of them, in the row that <paramref name="current"/> names when it is called.</summary>
    internal abstract Delegate Getter(DataViewSchema.Column column, Func<long> current);

    public virtual void Dispose()
    {
    }
}

/// <summary>Added rows.</summary>
/// <param name="Columns">What was generated of them.</param>
/// <param name="Donors">By class, the real rows that the other columns come from.</param>
/// <param name="Description">What generated them.</param>
internal sealed record GeneratedRows(GeneratedColumns Columns, Donors[] Donors, string Description)
{
    /// <summary>Columns of which they have no value.</summary>
    public IReadOnlyList<string> Empty { get; init; } = [];
}
