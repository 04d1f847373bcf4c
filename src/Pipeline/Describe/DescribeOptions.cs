namespace GanPipeline;

/// <summary>The table to describe, and how a generator would be trained on it; the preset for tables, unless another is set.</summary>
/// <param name="Table">The table.</param>
public sealed record DescribeOptions(string Table) : PresetOptions;

/// <summary>What the columns of a table are, what a generator would make of them, and all that keeps one from being trained.</summary>
/// <param name="Table">The table.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Columns">Its columns, in its own order.</param>
/// <param name="Classes">The classes and their rows; none without a class column, or where it cannot be used.</param>
/// <param name="Notes">Sentences about what was noticed and how it is handled.</param>
/// <param name="Problems">Why it cannot be trained on, a sentence each; none where it can.</param>
public sealed record DescribeResult(string Table, long Rows, IReadOnlyList<DescribedColumn> Columns, IReadOnlyList<ClassSize> Classes,
    IReadOnlyList<string> Notes, IReadOnlyList<string> Problems)
{
    /// <summary>Numbers that an encoded row has; 0 where the table cannot be trained on.</summary>
    public int Width { get; init; }

    /// <summary>Rows of a step of training.</summary>
    public int Batch { get; init; }

    /// <summary>Steps of training; 0 where the table cannot be trained on.</summary>
    public long Steps { get; init; }

    /// <summary>How long they take, by a few steps that were timed on this machine as it is now.</summary>
    public TimeSpan TrainingTime { get; init; }

    /// <summary>That it cannot be trained on, in a sentence; null where it can.</summary>
    internal string? Refusal => Problems.Count == 0 ? null
        : $"{Table}: it cannot be trained on as it is; {(Problems.Count == 1 ? "the reason stands" : $"{Problems.Count} reasons stand")} above.";
}

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name; empty for an index without one.</param>
/// <param name="Type">
/// What its values are: <c>numeric</c>, <c>integer</c>, <c>boolean</c>, <c>categorical</c>, <c>date</c>, <c>constant</c>, <c>class</c>, or of those that are
/// dropped <c>id</c>, <c>text</c>, <c>index</c> and <c>drop</c>; empty where it cannot be used.
/// </param>
/// <param name="Values">From which number or date to which, or the most frequent levels.</param>
/// <param name="MissingShare">Share of the rows without a value, 0 to 1.</param>
/// <param name="Noticed">What is to be known of it, in a few words; empty for nothing.</param>
public sealed record DescribedColumn(string Name, string Type, string Values, double MissingShare, string Noticed);
