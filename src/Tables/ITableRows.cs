namespace GanPipeline.Tables;

/// <summary>A table that is read a row at a time, whatever kind of file it is in, so that it may be larger than memory.</summary>
internal interface ITableRows : IDisposable
{
    /// <summary>The columns' names, in the file's order.</summary>
    IReadOnlyList<string> Header { get; }

    /// <summary>The line of a text file on which the current row begins, from 1; of other files the row's number.</summary>
    long Line { get; }

    /// <summary>How a text file is written; null for other files, whose numbers are written as programs do.</summary>
    Dialect? Dialect { get; }

    /// <summary>The text of a field of the current row; null or empty where a value is missing.</summary>
    string? this[int column] { get; }

    /// <summary>Goes to the next row; false behind the last.</summary>
    /// <exception cref="Primitives.UserErrorException">The row cannot be read.</exception>
    bool Read();

    /// <summary>Why a column has no texts, as the middle of a sentence; null where it has.</summary>
    string? Unreadable(int column);
}
