using GanPipeline.Cli.Commands;
using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.Cli.Stages;

/// <summary>Generator file in, samples out.</summary>
internal static class GenerateStage
{
    public static void Run(GenerateArguments arguments, CancellationToken stop)
    {
        if (arguments.Count is < 1 or > 100_000_000) throw new UserErrorException($"--count {arguments.Count}: it must be between 1 and 100000000.");
        using GeneratorSession session = GeneratorSession.Open(arguments.Generator, new GeneratorSessionOptions { Device = arguments.Device });
        long[] classes = Classes(session.Info, arguments.Classes);
        ISampleWriter writer = SampleWriters.For(arguments.Out, session.Info);
        if (arguments.DryRun)
        {
            Screen.Say($"{arguments.Count} samples of {session.Info.System} [{string.Join(", ", session.Info.SampleShape)}]; nothing was written, without --dry-run they go to {arguments.Out}.");
            return;
        }
        Write(writer, Batches(session, classes, arguments.Seed, arguments.Count, stop), arguments.Count, arguments.Out);
    }

    /// <summary>Writes samples of all classes in turn.</summary>
    public static void Generate(GeneratorSession session, string path, int count, ulong seed, CancellationToken stop) =>
        Write(SampleWriters.For(path, session.Info), Batches(session, Classes(session.Info, []), seed, count, stop), count, path);

    private static void Write(ISampleWriter writer, IEnumerable<SampleBatch> batches, int count, string path)
    {
        writer.Write(count, batches);
        Screen.Say($"generated {count} samples: {path}");
    }

    private static IEnumerable<SampleBatch> Batches(GeneratorSession session, long[] classes, ulong seed, int count, CancellationToken stop)
    {
        foreach (SampleBatch batch in session.Stream(seed, 0, (ulong)count, classes.Length == 0 ? null : i => classes[i % (ulong)classes.Length]))
        {
            stop.ThrowIfCancellationRequested();
            yield return batch;
        }
    }

    private static long[] Classes(GeneratorInfo info, IReadOnlyList<string> names)
    {
        if (names.Count == 0) return [.. Enumerable.Range(0, info.ClassNames.Count).Select(i => (long)i)];
        return [.. names.Select(name => info.ClassNames.ToList().IndexOf(name) is >= 0 and var index ? (long)index : throw new UserErrorException(info.ClassNames.Count == 0
            ? $"--class {name}: the generator has no classes; leave --class out."
            : $"--class {name}: the generator does not know this class; it knows {string.Join(", ", info.ClassNames)}."))];
    }
}
