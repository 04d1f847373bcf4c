using System.Buffers.Binary;
using System.Security.Cryptography;
using GanPipeline.Primitives;
using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

public class CheckpointTests
{
    [Fact]
    public void A_checkpoint_reads_back_what_was_written()
    {
        using var folder = new TemporaryFolder();
        Checkpoint saved = Make(SmallRun.Options());
        saved.Write(folder["a.ckpt"]);
        var read = Checkpoint.Read(folder["a.ckpt"]);
        Assert.Equal(saved.Tensors.Keys, read.Tensors.Keys);
        foreach ((string name, float[] values) in saved.Tensors) Assert.Equal(values, read.Tensors[name]);
        Assert.Equal((saved.Header.Options, saved.Header.DataSha256, saved.Header.Step), (read.Header.Options, read.Header.DataSha256, read.Header.Step));
        Assert.Equal(["upper", "lower"], read.Header.ClassNames);
        Assert.Equal([150, 40], read.Header.ClassCounts);
        Assert.Equal(4, read.Options.Latent);
    }

    /// <summary>Whatever happens to the bytes, the answer is a sentence that names the file.</summary>
    [Fact]
    public void A_damaged_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        Make(SmallRun.Options()).Write(folder["a.ckpt"]);
        byte[] good = File.ReadAllBytes(folder["a.ckpt"]);
        var random = new Random(1);
        for (int i = 0; i < 300; i++)
        {
            byte[] bad = (i % 3) switch
            {
                0 => good[..random.Next(good.Length)],
                1 => [.. good, .. new byte[1 + random.Next(50)]],
                _ => [.. good],
            };
            if (i % 3 == 2) bad[i < 60 ? i / 3 : random.Next(bad.Length)] ^= (byte)(1 + random.Next(255));
            AssertRefused(folder["b.ckpt"], bad);
        }
        for (int i = 0; i < 100; i++)
        {
            byte[] noise = new byte[random.Next(300)];
            random.NextBytes(noise);
            AssertRefused(folder["b.ckpt"], noise);
        }
        Assert.Contains("nowhere.ckpt", Assert.Throws<UserErrorException>(() => Checkpoint.Read(folder["nowhere.ckpt"])).Message);
    }

    /// <summary>As before, but by somebody who knows how to make the checksum right.</summary>
    [Fact]
    public void A_forged_file_is_refused_or_harmless()
    {
        using var folder = new TemporaryFolder();
        Make(SmallRun.Options()).Write(folder["a.ckpt"]);
        byte[] good = File.ReadAllBytes(folder["a.ckpt"]);
        int header = BinaryPrimitives.ReadInt32LittleEndian(good.AsSpan(12));
        var random = new Random(2);
        for (int i = 0; i < 500; i++)
        {
            byte[] bad = good[..^32];
            int at = (i % 3) switch { 0 => 12 + random.Next(4), 1 => 16 + random.Next(header), _ => 16 + header + random.Next(60) };
            bad[at] = (byte)random.Next(256);
            File.WriteAllBytes(folder["b.ckpt"], [.. bad, .. SHA256.HashData(bad)]);
            try { _ = Checkpoint.Read(folder["b.ckpt"]).Options; }
            catch (UserErrorException) { }
        }
        Forge(good, header, folder["b.ckpt"], "\"ClassNames\":[\"upper\",\"lower\"]", "\"ClassNames\":null");
        Assert.Contains("header", Assert.Throws<UserErrorException>(() => Checkpoint.Read(folder["b.ckpt"])).Message);
    }

    [Fact]
    public void Tensors_of_another_shape_are_refused_by_name()
    {
        using Dataset data = SmallRun.Load(SmallRun.Options());
        using var trainer = new Trainer(SmallRun.Options(), data, CPU);
        Checkpoint other = Make(SmallRun.Options() with { Latent = 5 });
        Assert.Contains("'generator.parameters' where the networks need", Assert.Throws<UserErrorException>(() => trainer.Load(other)).Message);
    }

    [Fact]
    public void The_sampler_can_be_built_from_a_checkpoint_alone()
    {
        RunOptions options = SmallRun.Options();
        using Dataset data = SmallRun.Load(options);
        using var trainer = new Trainer(options, data, CPU);
        for (int i = 0; i < 5; i++) trainer.TakeStep();
        trainer.Refresh();
        using Networks.Generator generator = trainer.Save().BuildGenerator(CPU);
        using IDisposable noGradient = no_grad();
        using Tensor noise = randn(9, 4), label = arange(9, int64).remainder(2);
        using Tensor expected = trainer.Sampler.call(noise, label), actual = generator.call(noise, label);
        Assert.False(generator.training);
        Assert.Equal(expected.data<float>().ToArray(), actual.data<float>().ToArray());
    }

    private static void Forge(byte[] good, int headerLength, string path, string what, string by)
    {
        string header = System.Text.Encoding.UTF8.GetString(good, 16, headerLength);
        Assert.Contains(what, header);
        byte[] changed = System.Text.Encoding.UTF8.GetBytes(header.Replace(what, by));
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, changed.Length);
        byte[] body = [.. good[..12], .. length, .. changed, .. good[(16 + headerLength)..^32]];
        File.WriteAllBytes(path, [.. body, .. SHA256.HashData(body)]);
    }

    private static void AssertRefused(string path, byte[] bytes)
    {
        File.WriteAllBytes(path, bytes);
        string message = Assert.Throws<UserErrorException>(() => Checkpoint.Read(path)).Message;
        Assert.StartsWith(path + ": ", message);
        Assert.DoesNotContain('\n', message);
    }

    private static Checkpoint Make(RunOptions options)
    {
        using Dataset data = SmallRun.Load(options);
        using var trainer = new Trainer(options, data, CPU);
        trainer.TakeStep();
        return trainer.Save();
    }
}
