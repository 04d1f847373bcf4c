using System.Diagnostics;
using System.Globalization;
using GanPipeline.Primitives;

namespace GanPipeline.Fuzz.Tests;

/// <summary>
/// Every reader of files accepts or refuses what it gets. GAN_FUZZ_INPUTS and GAN_FUZZ_SEED choose how much and what (<c>scripts/bench.sh fuzz</c>), and
/// GAN_FUZZ_REPORT names a file for what became of it; GAN_FUZZ_READERS, if some readers alone are to be tried, names them.
/// </summary>
public sealed class FuzzTests
{
    private const long InputsInATest = 100_000;

    [Fact]
    public void Mutated_files_are_accepted_or_refused_and_nothing_else()
    {
        long inputs = long.Parse(Environment.GetEnvironmentVariable("GAN_FUZZ_INPUTS") ?? $"{InputsInATest}", CultureInfo.InvariantCulture);
        ulong seed = ulong.Parse(Environment.GetEnvironmentVariable("GAN_FUZZ_SEED") ?? "1", CultureInfo.InvariantCulture);
        string folder = Directory.CreateTempSubdirectory("gan-fuzz-").FullName; // it stays where an input fails
        long began = Stopwatch.GetTimestamp();
        using Readers readers = Readers.Make(folder);
        double making = Stopwatch.GetElapsedTime(began).TotalSeconds;
        string[]? names = Environment.GetEnvironmentVariable("GAN_FUZZ_READERS")?.Split(',');
        Reader[] tried = [.. readers.All.Where(r => names is null || names.Contains(r.Name))];
        IReadOnlyList<Tally> tallies = new Campaign(tried, folder).Run(inputs, seed, Environment.ProcessorCount);
        string[] lines =
        [
            "reader                inputs   accepted    refused   seconds",
            .. tallies.Select(t => string.Create(CultureInfo.InvariantCulture,
                $"{t.Reader,-18}{t.Accepted + t.Refused,10}{t.Accepted,11}{t.Refused,11}{t.Seconds,10:F1}")),
            string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {inputs} inputs, none failed; {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s on ") +
                $"{Environment.ProcessorCount} cores, {making:F0} of them to make a corpus",
        ];
        foreach (string line in lines) TestContext.Current.SendDiagnosticMessage(line);
        if (Environment.GetEnvironmentVariable("GAN_FUZZ_REPORT") is { Length: > 0 } report) File.WriteAllLines(report, lines);
        Directory.Delete(folder, recursive: true);
        // A reader that refuses all, or nothing, was not tested behind its first lines.
        foreach ((Reader reader, Tally tally) in tried.Zip(tallies))
            Assert.True(tally.Accepted > 0 && tally.Refused > 0, $"{tally}");
    }

    [Theory]
    [InlineData("exception", "System.InvalidOperationException: oh")]
    [InlineData("memory", "MiB of memory were taken")]
    [InlineData("time", "s of processor time were taken")]
    [InlineData("hang", "no end after 2 s")]
    public void What_is_neither_accepted_nor_refused_fails_and_is_kept(string kind, string why)
    {
        using var folder = new TemporaryFolder();
        byte[] bad = [1, 2, 3];
        var reader = new Reader("bad", 1, [[9, 9], bad], (bytes, _) =>
        {
            if (!bytes.AsSpan().SequenceEqual(bad)) throw new UserErrorException("refused");
            if (kind == "memory") GC.KeepAlive(new byte[Campaign.MostMemory + 1]);
            else if (kind == "hang") Thread.Sleep(Timeout.Infinite);
            else if (kind == "time") Compute();
            else throw new InvalidOperationException("oh");
        });
        var campaign = new Campaign([reader], folder.Name) { MostTime = TimeSpan.FromSeconds(0.1), Patience = TimeSpan.FromSeconds(kind == "hang" ? 2 : 600) };
        string message = Assert.Throws<InvalidOperationException>(() => campaign.Run(2, 7, 1)).Message;
        Assert.StartsWith($"reader 'bad', seed 7, input 1 ({folder["bad-7-1"]}): ", message);
        Assert.Contains(why, message);
        Assert.Equal(bad, File.ReadAllBytes(folder["bad-7-1"]));
    }

    /// <summary>Some tenths of a second of work.</summary>
    private static void Compute()
    {
        byte[] block = new byte[1 << 20];
        for (int i = 0; i < 1000; i++) System.Security.Cryptography.SHA256.HashData(block);
    }

    [Fact]
    public void The_same_seed_gives_the_same_inputs()
    {
        List<string> Inputs(ulong seed)
        {
            using var folder = new TemporaryFolder();
            var seen = new List<string>();
            var reader = new Reader("any", 1, ["a: [1, 2]\n"u8.ToArray(), "b: x\n"u8.ToArray()], (bytes, _) => seen.Add(Convert.ToHexString(bytes)));
            new Campaign([reader], folder.Name).Run(300, seed, 1);
            return seen;
        }
        Assert.Equal(Inputs(3), Inputs(3));
        Assert.NotEqual(Inputs(3), Inputs(4));
    }
}
