using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace GanPipeline.Resampling.Selection;

/// <summary>Independent pieces of work on all cores, the first ones first.</summary>
internal static class Cores
{
    /// <summary>Does the work; an error ends it and comes out as it is.</summary>
    /// <param name="tasks">What is to be done.</param>
    /// <param name="work">Does one of them.</param>
    /// <param name="stop">Ends the work.</param>
    /// <param name="most">Pieces that are worked on at once; 1 does them in their order.</param>
    public static void Each<T>(IReadOnlyList<T> tasks, Action<T> work, CancellationToken stop, int? most = null)
    {
        var options = new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = most ?? Environment.ProcessorCount };
        try { Parallel.ForEach(Partitioner.Create(tasks, EnumerablePartitionerOptions.NoBuffering), options, work); }
        catch (AggregateException e)
        {
            stop.ThrowIfCancellationRequested();
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
