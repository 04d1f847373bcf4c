using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.Stages;

/// <summary>Generator file in, samples out.</summary>
internal static class GenerateStage
{
    public static void Run(GenerateArguments arguments, CancellationToken stop)
    {
        if (arguments.BatchSize is < 1 or > 65536) throw UserErrorException.Usage($"--batch {arguments.BatchSize}: it must be between 1 and 65536.");
        Shard shard = Shard.From(arguments.Shard, Environment.GetEnvironmentVariable);
        using GeneratorSession session = GeneratorSession.Open(arguments.Generator,
            GeneratorSessionOptions.ForStreams with { Device = arguments.Device, BatchSize = arguments.BatchSize });
        if (arguments.Device == "auto") Screen.Note($"computing on {session.Device}");
        ClassPlan plan = ClassPlans.For(arguments.Classes, session.Info);
        ISampleWriter writer = SampleWriters.For(arguments.Out, arguments.Format, session.Info, arguments.SafeCsv);
        writer.Check(plan, shard, arguments.Resume, arguments.Force);
        IReadOnlyList<string> files = writer.Files(shard);
        foreach (string file in files) OutputFiles.RefuseInput("--out", file, arguments.Generator, arguments.Classes.ListFile);
        OutputFiles.Check(arguments.Force || arguments.Resume, files);
        if (arguments.DryRun)
        {
            Screen.Say($"{plan.Count} samples of {session.Info.System} [{string.Join(", ", session.Info.SampleShape)}]; nothing was written, without " +
                $"--dry-run they go to {Named(arguments, files)}.");
            return;
        }
        var job = new SampleJob(session, plan, arguments.Seed, shard, Key(arguments, shard), arguments.Resume, arguments.Force, stop);
        writer.Prepare();
        using OutputFiles claimed = OutputFiles.Claim(arguments.Force || arguments.Resume, files);
        if (writer is not PictureWriter) Stopping.Remedy = "The same command with --resume goes on.";
        if (arguments.Steps is { } steps) Walk(writer, job, steps);
        else writer.Write(job);
        Screen.Say(shard.IsWhole ? $"generated {plan.Count} samples: {Named(arguments, files)}"
            : $"generated {job.Count} of {plan.Count} samples, part {shard.Index} of {shard.Count}: {Named(arguments, files)}");
    }

    private static string Named(GenerateArguments arguments, IReadOnlyList<string> files) => files.Count == 0 ? arguments.Out : string.Join(", ", files);

    /// <summary>Writes samples of all classes in turn.</summary>
    public static void Generate(GeneratorSession session, string path, int count, ulong seed, CancellationToken stop)
    {
        ISampleWriter writer = SampleWriters.For(path, null, session.Info);
        writer.Write(new SampleJob(session, ClassPlan.Turns([.. Enumerable.Range(0, session.Info.ClassNames.Count).Select(i => (long)i)], (ulong)count), seed,
            new Shard(0, 1), "", Resume: false, Force: true, stop));
        Screen.Say($"generated {count} samples: {path}");
    }

    /// <summary>Makes samples of all classes in turn, to see how long that takes.</summary>
    /// <returns>How many.</returns>
    public static long Time(GeneratorSession session, int count, ulong seed)
    {
        ulong classes = (ulong)session.Info.ClassNames.Count;
        return session.Stream(seed, 0, (ulong)count, classes == 0 ? null : i => (long)(i % classes)).Sum(batch => (long)batch.Count);
    }

    private static void Walk(ISampleWriter writer, SampleJob job, int steps)
    {
        if (writer is not PictureWriter picture)
            throw UserErrorException.Usage("--interpolate: walks through the latent space are drawn; name a .png file with --out.");
        if (steps < 2 || (UInt128)steps * job.Plan.Count > 10_000)
            throw UserErrorException.Usage($"--interpolate {steps}: it must be at least 2, and with --count rows make at most 10000 samples.");
        picture.WriteWalks(job, steps);
    }

    /// <summary>Says which bytes are written: a part of a file that was made with another key cannot be gone on with.</summary>
    private static string Key(GenerateArguments arguments, Shard shard)
    {
        using FileStream file = File.OpenRead(arguments.Generator);
        ClassChoice classes = arguments.Classes;
        string listed = classes.ListFile is null ? "" : Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(classes.ListFile)));
        string[] parts =
        [
            Convert.ToHexString(SHA256.HashData(file)), arguments.Seed.ToString(CultureInfo.InvariantCulture), $"{shard.Index}/{shard.Count}", arguments.Format
                ?? "",
            $"{classes.Count}", string.Join('\n', classes.Names), classes.Counts ?? "", classes.Ratio ?? "", listed, $"{arguments.SafeCsv}",
        ];
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));
    }
}
