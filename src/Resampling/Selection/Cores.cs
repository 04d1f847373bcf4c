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
    /// <param name="alone">
    /// Pieces of which only one can be worked on at once: one core does them before it helps with the others, since several cores would wait for each other.
    /// </param>
    public static void Each<T>(IReadOnlyList<T> tasks, Action<T> work, CancellationToken stop, int? most = null, Func<T, bool>? alone = null)
    {
        int cores = Math.Min(most ?? Environment.ProcessorCount, Math.Max(1, tasks.Count));
        bool apart = cores > 1 && alone is not null;
        var inTurn = new ConcurrentQueue<T>(apart ? tasks.Where(alone!) : []);
        var atOnce = new ConcurrentQueue<T>(apart ? tasks.Where(task => !alone!(task)) : tasks);
        ConcurrentQueue<T>[][] queues = [.. Enumerable.Range(0, cores).Select(core => core == 0 ? new[] { inTurn, atOnce } : [atOnce])];
        var options = new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = cores };
        try
        {
            Parallel.ForEach(Partitioner.Create(queues, EnumerablePartitionerOptions.NoBuffering), options, (own, state) =>
            {
                foreach (ConcurrentQueue<T> queue in own)
                    while (!state.IsExceptional && !stop.IsCancellationRequested && queue.TryDequeue(out T? task)) work(task);
            });
            stop.ThrowIfCancellationRequested();
        }
        catch (AggregateException e)
        {
            stop.ThrowIfCancellationRequested();
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
