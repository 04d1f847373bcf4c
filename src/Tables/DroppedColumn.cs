namespace GanPipeline.Tables;

/// <summary>Why a column of a table is not trained on.</summary>
internal enum DropReason
{
    /// <summary>It names or numbers the single row.</summary>
    Id,

    /// <summary>It holds free text.</summary>
    Text,

    /// <summary>It numbers the rows, as pandas and R write it before the columns proper.</summary>
    Index,

    /// <summary>The user said so.</summary>
    User,
}

/// <summary>A column that is not trained on and that no generated row has.</summary>
/// <param name="Name">Its name in the header; empty for an index without one.</param>
/// <param name="Reason">Why.</param>
internal sealed record DroppedColumn(string Name, DropReason Reason);
