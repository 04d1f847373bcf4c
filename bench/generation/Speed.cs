using System.Diagnostics;
using System.Globalization;
using GanPipeline.Inference;

namespace GanPipeline.Bench.Generation;

/// <summary>
/// Rows a second of <see cref="GeneratorSession"/> and of others that do the same work, in turns, so that a busy machine slows all of them alike; of each the
/// fastest round counts. On several threads the session computes a batch on each, and the bare loop each batch on all of them. With one thread a second is one
/// of processor time, which other programs take little from; with more it is the clock's.
/// </summary>
internal static class Speed
{
    private const int Rounds = 9;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(120);

    public static void Table(IReadOnlyList<string> files)
    {
        Console.WriteLine($"{Environment.ProcessorCount} processors, ONNX Runtime {Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetVersionString()}, " +
            $"{DateTime.UtcNow:yyyy-MM-dd}");
        Console.WriteLine("| network | threads | batch | rows/s | of a bare loop | of a bare loop that draws no noise | times one row a run | times Node | " +
            "bytes allocated a batch |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var path in files)
        {
            foreach (var threads in new[] { 1, Environment.ProcessorCount }.Distinct())
            {
                foreach (var batch in new[] { 1, 8, 64, 256, 1024 })
                {
                    Console.WriteLine(Line(path, threads, batch));
                }
            }
        }
    }

    private static string Line(string path, int threads, int batch)
    {
        using var session = GeneratorSession.Open(path, new GeneratorSessionOptions { Threads = 1, Batches = threads, BatchSize = batch });
        using var bare = new BareLoop(path, session.Info, threads, batch);
        using var single = new OneRowLoop(path, session.Info, threads);
        using var node = NodeLoop.Start(path, threads, batch);
        var classes = (ulong)session.Info.ClassNames.Count;
        using var stream = session.Stream(1, 0, ulong.MaxValue / 1000, classes == 0 ? null : i => (long)(i % classes)).GetEnumerator();
        int Ours() => stream.MoveNext() ? batch : 0;

        var results = Enumerable.Range(0, Rounds + 1).Select(_ =>
            (Ours: Rate(Ours, threads), Bare: Rate(bare.Run, threads), Still: Rate(bare.RunWithoutNoise, threads), Single: Rate(single.Run, threads),
            Node: node?.Rate()))
            .Skip(1).ToList();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Ours();
        }

        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / 1000.0;
        string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
        var ours = results.Max(r => r.Ours);
        string[] cells =
        [
            session.Info.System, $"{threads}", $"{batch}", Text(ours, "N0"), Text(ours / results.Max(r => r.Bare), "F2"),
                Text(ours / results.Max(r => r.Still), "F2"),
            Text(ours / results.Max(r => r.Single), "F1"), node is null ? "-" : Text(ours / results.Max(r => r.Node!.Value), "F2"), Text(bytes, "F0"),
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    private static double Rate(Func<int> run, int threads)
    {
        var rows = 0L;
        var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        do
        {
            rows += run();
        }
        while (clock.Elapsed < Turn);

        return rows / (threads == 1 ? Environment.CpuUsage.TotalTime - processor : clock.Elapsed).TotalSeconds;
    }
}
