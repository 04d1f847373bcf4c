namespace GanPipeline;

/// <summary>A stage was ended by its token. The message says what goes on with its work, where something does.</summary>
public sealed class StageStoppedException : OperationCanceledException
{
    internal StageStoppedException(string remedy, OperationCanceledException inner)
        : base($"stopped on request. {remedy}".TrimEnd(), inner, inner.CancellationToken) => Remedy = remedy;

    /// <summary>What goes on with the work, as a sentence; empty where nothing does.</summary>
    public string Remedy { get; }
}
