using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using GanPipeline.Primitives;

namespace GanPipeline.Fuzz.Tests;

/// <summary>What became of the inputs of one reader.</summary>
internal sealed record Tally(string Reader, long Accepted, long Refused, double Seconds);

/// <summary>
/// Gives readers mutated inputs, on all cores. An input may be accepted or refused by <see cref="UserErrorException"/>; another exception, more than
/// <see cref="MostTime"/> of time or more than <see cref="MostMemory"/> of memory fails the campaign, and the input is kept. It is also kept when the process
/// dies of it: each thread's current input lies in the folder until it has been read.
/// </summary>
/// <param name="readers">The readers.</param>
/// <param name="folder">Where inputs lie while they are read, and where those that fail stay.</param>
internal sealed partial class Campaign(IReadOnlyList<Reader> readers, string folder)
{
    /// <summary>Bytes that a reader may take for one input: what the largest picture takes that is read (2^26 pixels of 4 bytes, and 3 planes).</summary>
    public const long MostMemory = 512 << 20;

    private const int LongestMessage = 2_100; // what fits on a screen
    private const int Stack = 512 << 10; // bytes, a sixteenth of a program's: what goes deeper with its input runs out of it on small inputs
    private const int MostFailures = 3; // that are kept of a reader

    private readonly Lock _gate = new();
    private readonly List<(Reader Reader, string What)> _failures = [];

    /// <summary>Processor time that one input may take; most take less than a millisecond.</summary>
    public TimeSpan MostTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After what time by the clock an input counts as without end: long, since other programs and the disk must not fail it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Runs inputs 0 to <paramref name="inputs"/> - 1 of a seed. The first of each reader are its corpus as it is.</summary>
    /// <returns>What became of them, by reader.</returns>
    /// <exception cref="InvalidOperationException">Some failed; the message names reader, seed, input and the file that holds it.</exception>
    public IReadOnlyList<Tally> Run(long inputs, ulong seed, int threads)
    {
        var workers = new Worker[threads];
        for (int i = 0; i < threads; i++) workers[i] = new Worker(this, new Place(Path.Combine(folder, $"thread-{i}")));
        // In the background, since one that hangs must not keep the process.
        Thread[] running = [.. workers.Select((worker, i) => new Thread(() => worker.Run(i, threads, inputs, seed), Stack) { IsBackground = true })];
        foreach (Thread thread in running) thread.Start();
        while (!Array.TrueForAll(running, thread => thread.Join(50)))
            if (Array.Find(workers, worker => worker.HangsFor > Patience) is { } hanging)
            {
                Fail(hanging.Current, $"no end after {Patience.TotalSeconds} s");
                break;
            }
        lock (_gate)
        {
            if (_failures.Count > 0) throw new InvalidOperationException(string.Join('\n', _failures.Select(f => f.What)));
            return [.. readers.Select((reader, i) => new Tally(reader.Name, workers.Sum(w => w.Accepted[i]), workers.Sum(w => w.Refused[i]),
                Stopwatch.GetElapsedTime(0, workers.Sum(w => w.Ticks[i])).TotalSeconds))];
        }
    }

    private void Fail((Reader Reader, ulong Seed, long Input, byte[] Bytes) current, string why)
    {
        string kept = Path.Combine(folder, $"{current.Reader.Name}-{current.Seed}-{current.Input}");
        lock (_gate)
        {
            if (_failures.Count(f => f.Reader == current.Reader) == MostFailures) return;
            File.WriteAllBytes(kept, current.Bytes);
            _failures.Add((current.Reader, $"reader '{current.Reader.Name}', seed {current.Seed}, input {current.Input} ({kept}): {why}"));
        }
    }

    private sealed class Worker(Campaign campaign, Place place)
    {
        private readonly double[] _ends = Ends(campaign.Readers);
        private long _began;

        public long[] Accepted { get; } = new long[campaign.Readers.Count];

        public long[] Refused { get; } = new long[campaign.Readers.Count];

        public long[] Ticks { get; } = new long[campaign.Readers.Count];

        public (Reader Reader, ulong Seed, long Input, byte[] Bytes) Current { get; private set; }

        public TimeSpan HangsFor => Interlocked.Read(ref _began) is var began and > 0 ? Stopwatch.GetElapsedTime(began) : TimeSpan.Zero;

        public void Run(int first, int step, long inputs, ulong seed)
        {
            (int Reader, byte[] Bytes)[] corpus = [.. campaign.Readers.SelectMany((r, i) => r.Corpus.Select(bytes => (i, bytes)))];
            for (long input = first; input < inputs; input += step)
            {
                var random = new FuzzRandom(seed, (ulong)input);
                if (input < corpus.Length)
                {
                    Give(corpus[input].Reader, corpus[input].Bytes, seed, input);
                    continue;
                }
                double at = random.Below(int.MaxValue) / (double)int.MaxValue;
                int reader = Array.FindIndex(_ends, end => at < end);
                Reader chosen = campaign.Readers[reader];
                Give(reader, chosen.Mutate(random, random.Of(chosen.Corpus), chosen.Corpus), seed, input);
            }
        }

        private void Give(int index, byte[] bytes, ulong seed, long input)
        {
            Reader reader = campaign.Readers[index];
            Current = (reader, seed, input, bytes);
            place.File("current", [.. Encoding.UTF8.GetBytes($"{reader.Name} {seed} {input}\n"), .. bytes]);
            (long memory, TimeSpan time) = (GC.GetAllocatedBytesForCurrentThread(), ProcessorTime());
            Interlocked.Exchange(ref _began, Stopwatch.GetTimestamp());
            try
            {
                reader.Read(bytes, place);
                Accepted[index]++;
            }
            catch (UserErrorException e) when (e.Message.Length is > 0 and <= LongestMessage) { Refused[index]++; }
            catch (Exception e) { campaign.Fail(Current, e is UserErrorException ? $"a message of {e.Message.Length} characters" : e.ToString()); }
            Ticks[index] += Stopwatch.GetTimestamp() - Interlocked.Exchange(ref _began, 0);
            long taken = GC.GetAllocatedBytesForCurrentThread() - memory;
            time = ProcessorTime() - time;
            if (time > campaign.MostTime)
                campaign.Fail(Current, string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s of processor time were taken"));
            if (taken > MostMemory) campaign.Fail(Current, string.Create(CultureInfo.InvariantCulture, $"{taken >> 20} MiB of memory were taken"));
        }

        private static double[] Ends(IReadOnlyList<Reader> readers)
        {
            double sum = 0, all = readers.Sum(r => r.Share);
            return [.. readers.Select(r => (sum += r.Share) / all)];
        }
    }

    private IReadOnlyList<Reader> Readers => readers;

    /// <summary>What this thread has computed so far; outside Linux, time by the clock.</summary>
    private static TimeSpan ProcessorTime()
    {
        const int OfThread = 3;
        if (!OperatingSystem.IsLinux()) return Stopwatch.GetElapsedTime(0);
        Span<long> time = stackalloc long[2]; // seconds and nanoseconds
        _ = ClockGetTime(OfThread, ref time[0]);
        return TimeSpan.FromSeconds(time[0]) + TimeSpan.FromMicroseconds(time[1] / 1000);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, ref long time);
}
