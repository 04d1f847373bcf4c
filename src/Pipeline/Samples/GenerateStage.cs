using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.Stages;

/// <summary>Generator file in, samples out.</summary>
internal static class GenerateStage
{
    public static GenerateResult Run(GenerateOptions options, StageContext context)
    {
        using Prepared prepared = Prepared.Of(options, context);
        (ISampleWriter writer, ClassPlan plan, Shard shard) = (prepared.Writer, prepared.Plan, prepared.Shard);
        var job = new SampleJob(prepared.Session, plan, options.Seed, shard, Key(options, shard), options.Resume, options.Force, context);
        writer.Prepare();
        using OutputFiles claimed = OutputFiles.Claim(options.Force || options.Resume, prepared.Files);
        if (writer is not PictureWriter) context.Host.Remedy = "The same command with --resume goes on.";
        if (options.Interpolate is { } steps) Walk(writer, job, steps);
        else writer.Write(job);
        return new GenerateResult(prepared.Named, job.Count, plan.Count, shard.Index, shard.Count);
    }

    /// <summary>Checks what generating would check first, and says what it would do; writes nothing.</summary>
    public static GeneratePlan Plan(GenerateOptions options, StageContext context)
    {
        using Prepared prepared = Prepared.Of(options, context);
        return new GeneratePlan(prepared.Session.Info.System, prepared.Session.Info.SampleShape, prepared.Plan.Count, prepared.Named);
    }

    /// <summary>Writes samples of all classes in turn.</summary>
    public static GenerateResult Generate(GeneratorSession session, string path, int count, ulong seed, StageContext context)
    {
        ISampleWriter writer = SampleWriters.For(path, null, session.Info);
        writer.Write(new SampleJob(session, ClassPlan.Turns([.. Enumerable.Range(0, session.Info.ClassNames.Count).Select(i => (long)i)], (ulong)count), seed,
            new Shard(0, 1), "", Resume: false, Force: true, context));
        return new GenerateResult([path], (ulong)count, (ulong)count, 0, 1);
    }

    /// <summary>Generates samples of all classes in turn, to see how long that takes.</summary>
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

    /// <summary>Says which bytes are written: a part of a file that was generated with another key cannot be gone on with.</summary>
    private static string Key(GenerateOptions options, Shard shard)
    {
        using FileStream file = File.OpenRead(options.Generator);
        string listed = options.ClassList is null ? "" : Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(options.ClassList)));
        string[] parts =
        [
            Convert.ToHexString(SHA256.HashData(file)), options.Seed.ToString(CultureInfo.InvariantCulture), $"{shard.Index}/{shard.Count}",
            options.Format ?? "", $"{options.Count}", string.Join('\n', options.Classes),
            string.Join(',', options.Counts.Select(c => FormattableString.Invariant($"{c.Class}={c.Count}"))),
            string.Join(',', options.Ratio.Select(r => FormattableString.Invariant($"{r.Class}={r.Share}"))), listed, $"{options.SafeCsv}",
        ];
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));
    }

    /// <summary>Everything that is known before the first sample.</summary>
    private sealed record Prepared(GeneratorSession Session, ClassPlan Plan, Shard Shard, ISampleWriter Writer, IReadOnlyList<string> Files, string Out)
        : IDisposable
    {
        public IReadOnlyList<string> Named => Files.Count == 0 ? [Out] : Files;

        public static Prepared Of(GenerateOptions options, StageContext context)
        {
            if (options.Batch is < 1 or > 65536) throw UserErrorException.Usage($"--batch {options.Batch}: it must be between 1 and 65536.");
            Shard shard = Shard.From(options.Shard, Environment.GetEnvironmentVariable);
            GeneratorSession session = GeneratorSession.Open(options.Generator,
                GeneratorSessionOptions.ForStreams with { Device = options.Device, BatchSize = options.Batch });
            try
            {
                if (options.Device == "auto") context.Note($"computing on {session.Device}");
                ClassPlan plan = ClassPlans.For(options, session.Info);
                ISampleWriter writer = SampleWriters.For(options.Out, options.Format, session.Info, options.SafeCsv);
                writer.Check(plan, shard, options.Resume, options.Force);
                IReadOnlyList<string> files = writer.Files(shard);
                foreach (string file in files) OutputFiles.RefuseInput("--out", file, options.Generator, options.ClassList);
                OutputFiles.Check(options.Force || options.Resume, files);
                return new Prepared(session, plan, shard, writer, files, options.Out);
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }

        public void Dispose() => Session.Dispose();
    }
}
