using System.Diagnostics;
using System.Text.Json.Nodes;
using GanPipeline.Report.TensorBoard;

namespace GanPipeline.Report.Tests;

/// <summary>TensorBoard's file, read back by a reader that is not ours.</summary>
public sealed class EventFileTests
{
    private const string Name = "events.out.tfevents.0.gan";

    [Fact]
    public void AnIndependentReaderFindsEveryScalarAndPicture()
    {
        using var run = new SampleRun();
        new EventFile(run.Folder, () => 1700000000.5).Update(finished: true);
        JsonNode[] events = Read(run.In(Name));
        Assert.Equal("brain.Event:2", events[0]["version"]!.GetValue<string>());
        Assert.All(events, e => Assert.Equal(1700000000.5, e["time"]!.GetValue<double>()));
        JsonNode[] scalars = [.. events.Where(e => e["scalars"]!.AsObject().Count > 0)], pictures = [.. events.Where(e => e["images"]!.AsObject().Count > 0)];
        Assert.Equal(Enumerable.Range(1, 30).Select(i => 10L * i), scalars.Select(e => e["step"]!.GetValue<long>()));
        Assert.Equal(["d_loss", "g_loss", "real_score", "fake_score", "d_accuracy", "d_gradient_norm", "g_gradient_norm", "samples_per_second",
            "resident_mib"], scalars[0]["scalars"]!.AsObject().Select(p => p.Key));
        Assert.Equal((float)(0.7 + Math.Cos(7) / 10), scalars[6]["scalars"]!["g_loss"]!.GetValue<double>(), 1e-7);
        Assert.Null(scalars[4]["scalars"]!["d_gradient_norm"]); // not a number in the fifth row, and still there
        Assert.Equal(26.6666667, scalars[9]["scalars"]!["quality"]!.GetValue<double>(), 1e-5); // only where it was measured
        Assert.Equal([100L, 200, 300], pictures.Select(e => e["step"]!.GetValue<long>()));
        Assert.All(pictures, e => Assert.Equal("[102,42,1]", e["images"]!["samples"]!.ToJsonString()));
    }

    [Fact]
    public void FollowingARunAppendsWhatIsNewOnce()
    {
        using var run = new SampleRun();
        run.Write("metrics.csv", SampleRun.Metrics(10));
        var events = new EventFile(run.Folder);
        events.Update(finished: false);
        byte[] first = File.ReadAllBytes(run.In(Name));
        run.Write("metrics.csv", SampleRun.Metrics(25));
        events.Update(finished: false);
        events.Update(finished: false);
        byte[] second = File.ReadAllBytes(run.In(Name));
        Assert.Equal(first, second.Take(first.Length)); // what a reader has read stays
        Assert.Equal((25, 2), Count(Read(run.In(Name))));
    }

    [Fact]
    public void WhatIsMeasuredAtTheEndStandsAtTheLastStepOnce()
    {
        using var run = new SampleRun();
        new EventFile(run.Folder).Update(finished: true);
        new EventFile(run.Folder).AddQuality();
        run.Write("quality.csv", File.ReadAllText(run.In("quality.csv")).Replace("12.345678", "11.25", StringComparison.Ordinal));
        new EventFile(run.Folder).AddQuality(); // measured again
        JsonNode last = Assert.Single(Read(run.In(Name)), e => e["scalars"]!.AsObject().Any(p => p.Key.StartsWith("final/", StringComparison.Ordinal)));
        Assert.Equal(300, last["step"]!.GetValue<long>());
        Assert.Equal(11.25, last["scalars"]!["final/frechet-distance"]!.GetValue<double>());
        Assert.Equal(0.8, last["scalars"]!["final/macro-f1/GAN"]!.GetValue<double>(), 1e-7);
        Assert.Equal(0.5, last["scalars"]!["final/rare-recall/GAN/b"]!.GetValue<double>());
        Assert.Null(last["scalars"]!["final/kernel-distance"]); // too few samples: no number
        var events = new EventFile(run.Folder); // a run that goes on is no longer what was measured
        events.Update(finished: true);
        Assert.Equal((30, 3), Count(Read(run.In(Name))));
    }

    [Theory]
    [InlineData(0)] // a killed process left whole records
    [InlineData(7)] // ... or a part of one
    public void AResumedRunHasEveryStepOnce(int cut)
    {
        using var run = new SampleRun();
        new EventFile(run.Folder).Update(finished: true);
        byte[] bytes = File.ReadAllBytes(run.In(Name));
        File.WriteAllBytes(run.In(Name), bytes[..^cut]);
        run.Write("metrics.csv", SampleRun.Metrics(12)); // training goes on from the checkpoint after epoch 12
        var events = new EventFile(run.Folder);
        Assert.Equal((12, 1), Count(Read(run.In(Name))));
        run.Write("metrics.csv", SampleRun.Metrics(30));
        events.Update(finished: true);
        JsonNode[] all = Read(run.In(Name));
        Assert.Equal((30, 3), Count(all));
        Assert.Single(all, e => e["version"]!.GetValue<string>().Length > 0);
    }

    /// <summary>First records of files that other programs wrote, whole, as the tests of TensorFlow's and of tensorboard_logger's readers state them.</summary>
    [Theory]
    [InlineData("00000027E6B3D541", "1800000000000000A37F4B220900000027E6B3D5411A0D627261696E2E4576656E743A326A4D0B15")]
    [InlineData("0000000000087040", "1800000000000000A37F4B220900000000000870401A0D627261696E2E4576656E743A32BC98212B")]
    public void TheFileBeginsAsThoseOfOtherProgramsDo(string time, string expected)
    {
        using var run = new SampleRun();
        _ = new EventFile(run.Folder, () => BitConverter.ToDouble(Convert.FromHexString(time)));
        Assert.Equal(expected, Convert.ToHexString(File.ReadAllBytes(run.In(Name))));
    }

    /// <summary>RFC 3720, appendix B.4, through the mask that TensorFlow's format defines.</summary>
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", 0x8A9136AAu)]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", 0x62A8AB43u)]
    [InlineData("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F", 0x46DD794Eu)]
    [InlineData("313233343536373839", 0xE3069283u)]
    public void ChecksumsAreCastagnolis(string hex, uint crc)
        => Assert.Equal(unchecked(((crc >> 15) | (crc << 17)) + 0xA282EAD8), RecordFile.Checksum(Convert.FromHexString(hex)));

    [Fact]
    public void AFileThatIsSomethingElseIsMadeAnew()
    {
        using var run = new SampleRun();
        run.Write(Name, "this is no event file, and long enough to hold a header");
        new EventFile(run.Folder).Update(finished: true);
        Assert.Equal((30, 3), Count(Read(run.In(Name))));
    }

    private static (int Scalars, int Pictures) Count(JsonNode[] events)
        => (events.Count(e => e["scalars"]!.AsObject().Count > 0), events.Count(e => e["images"]!.AsObject().Count > 0));

    private static JsonNode[] Read(string path)
    {
        // The system's has Debian's packages, which another one on the PATH need not have.
        string? program = new[] { "/usr/bin/python3", "python3" }.FirstOrDefault(p => Start(p, "-c", "import google.protobuf").Code == 0);
        if (program is null) Assert.Skip("no Python with protobuf here (Debian: python3-protobuf)");
        (int code, string output, string error) = Start(program, Repository.In("tests", "Report.Tests", "read_events.py"), path);
        Assert.True(code == 0, error);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    private static (int Code, string Output, string Error) Start(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            process.WaitForExit();
            return (process.ExitCode, output.Result, error.Result);
        }
        catch (System.ComponentModel.Win32Exception e) { return (1, "", e.Message); }
    }
}
