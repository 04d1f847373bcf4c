using System.Buffers.Binary;
using System.Security.Cryptography;
using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Training.Checkpoints;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
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
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_forged_file_is_refused_or_harmless(bool table)
    {
        using var folder = new TemporaryFolder();
        (table ? OfTable() : Make(SmallRun.Options())).Write(folder["a.ckpt"]);
        byte[] good = File.ReadAllBytes(folder["a.ckpt"]);
        int header = BinaryPrimitives.ReadInt32LittleEndian(good.AsSpan(12));
        var random = new Random(2);
        for (int i = 0; i < 500; i++)
        {
            byte[] bad = good[..^32];
            int at = (i % 3) switch { 0 => 12 + random.Next(4), 1 => 16 + random.Next(header), _ => 16 + header + random.Next(60) };
            bad[at] = i % 6 == 1 ? (byte)('0' + random.Next(10)) : (byte)random.Next(256);
            File.WriteAllBytes(folder["b.ckpt"], [.. bad, .. SHA256.HashData(bad)]);
            try { Checkpoint.Read(folder["b.ckpt"]).BuildGenerator(CPU).Dispose(); }
            catch (UserErrorException) { }
        }
        Forge(good, header, folder["b.ckpt"], table ? "\"ClassNames\":[\"0\",\"1\"]" : "\"ClassNames\":[\"upper\",\"lower\"]", "\"ClassNames\":null");
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

    /// <summary>At the largest 'anchors' that the options allow, in a table that no header could hold: its rows are tensors.</summary>
    [Fact]
    public void A_table_of_many_real_rows_can_be_written_and_read_back()
    {
        const int Most = 100_000;
        var options = new TableDataOptions { Anchors = Most };
        options.Validate();
        Assert.Throws<UserErrorException>((options with { Anchors = Most + 1 }).Validate);
        var csv = new System.Text.StringBuilder("a,b,class\n");
        for (int i = 0; i < Most + 10; i++) csv.Append($"v{i % 41},{i % 7},{(i < Most - 1 ? "many" : "few")}\n");
        Table table = TableReader.Read(new StringReader(csv.ToString()), "t.csv", "");
        using Dataset data = options.Load(table, TableSchema.Infer(table, "class"));
        Assert.Equal([Most - 1, 11], data.Format.Anchors!.Counts);

        using var folder = new TemporaryFolder();
        CheckpointHeader header = Make(SmallRun.Options()).Header with
        {
            ClassNames = data.ClassNames,
            ClassCounts = data.ClassCounts(),
            Format = data.Format,
        };
        new Checkpoint(header, []).Write(folder["a.ckpt"]);
        SampleFormat read = Checkpoint.Read(folder["a.ckpt"]).Header.Format;
        Assert.Equal(data.Format.Anchors.Counts, read.Anchors!.Counts);
        Assert.Equal(data.Format.Anchors.Rows, read.Anchors.Rows);
    }

    /// <summary>The limit of what is read is the limit of what is written, and it is met before the first step.</summary>
    [Fact]
    public void What_no_checkpoint_could_hold_is_refused_before_training()
    {
        using Dataset data = SmallRun.Load(SmallRun.Options()) with { ClassNames = [new string('a', 9 << 20), new string('b', 9 << 20)] };
        Assert.Contains($"{16 << 20} are possible", Assert.Throws<UserErrorException>(() => new Trainer(SmallRun.Options(), data, CPU)).Message);
    }

    /// <summary>By somebody who knows how to make the checksum right, too: before memory is taken for what the file has not got.</summary>
    [Theory]
    [InlineData("\"Shape\":[2]", "\"Shape\":[-2]", "no sample has the shape [-2]")]
    [InlineData("\"Shape\":[2]", "\"Shape\":[0]", "no sample has the shape [0]")]
    [InlineData("\"Shape\":[2]", "\"Shape\":[4611686018427387904]", "no sample has the shape")]
    [InlineData("\"Shape\":[2]", "\"Shape\":[65536,65536,65536,65536,2]", "no sample has the shape")]
    [InlineData("\"Shape\":[2]", "\"Shape\":[3]", "where the networks need")]
    [InlineData("\"Shape\":[2]", "\"Shape\":[2000000000]", "where the networks need")]
    [InlineData("\"Kind\":\"points\"", "\"Kind\":\"sound\"", "neither images nor points nor rows")]
    [InlineData("\"Kind\":\"points\"", "\"Kind\":\"table\"", "half those of a table")]
    [InlineData("\"ClassCounts\":[150,40]", "\"ClassCounts\":[150]", "2 classes, and 1 numbers of samples")]
    [InlineData("\"ClassCounts\":[150,40]", "\"ClassCounts\":[150,-40]", "none below 0")]
    [InlineData("\"ClassNames\":[\"upper\",\"lower\"]", "\"ClassNames\":[\"upper\",\"upper\"]", "classes lack names")]
    [InlineData("\"ClassNames\":[\"upper\",\"lower\"]", "\"ClassNames\":[\"upper\",null]", "classes lack names")]
    [InlineData("- 16\\n  - 12", "- 1000000\\n  - 1000000", "where the networks need 10000")]
    [InlineData("\"Step\":1,", "\"Step\":-1,", "below 0")]
    public void A_forged_header_is_refused_with_a_sentence(string what, string by, string why)
    {
        using var folder = new TemporaryFolder();
        Make(SmallRun.Options()).Write(folder["a.ckpt"]);
        byte[] good = File.ReadAllBytes(folder["a.ckpt"]);
        Forge(good, BinaryPrimitives.ReadInt32LittleEndian(good.AsSpan(12)), folder["b.ckpt"], what, by);
        Assert.Contains(why, Assert.Throws<UserErrorException>(() => Checkpoint.Read(folder["b.ckpt"]).BuildGenerator(CPU)).Message);
    }

    /// <summary>A million classes in a file of some megabytes would be a network of gigabytes.</summary>
    [Fact]
    public void More_classes_than_the_weights_are_for_are_refused()
    {
        using var folder = new TemporaryFolder();
        Checkpoint small = Make(SmallRun.Options());
        CheckpointHeader header = small.Header with { ClassNames = [.. Enumerable.Range(0, 1_000_000).Select(i => $"{i}")], ClassCounts = new long[1_000_000] };
        new Checkpoint(header, small.Tensors.Select(t => (t.Key, tensor(t.Value)))).Write(folder["a.ckpt"]);
        var many = Checkpoint.Read(folder["a.ckpt"]);
        Assert.Contains("where the networks need 16000", Assert.Throws<UserErrorException>(() => many.BuildGenerator(CPU)).Message);
        Assert.Contains("where the networks need 16000", Assert.Throws<UserErrorException>(() => many.BuildDiscriminator(CPU)).Message);
    }

    [Fact]
    public void Real_rows_that_do_not_fit_are_refused()
    {
        using var folder = new TemporaryFolder();
        CheckpointHeader header = OfTable().Header;
        AnchorRows rows = header.Format.Anchors!;
        Assert.DoesNotContain("real row", Refusal(rows) ?? "");
        Assert.Contains("are not 40 rows of", Refusal(rows with { Rows = rows.Rows[1..] }));
        Assert.Contains("are not 41 rows of", Refusal(rows with { Counts = [20, 21] }));
        Assert.Contains("in 1 of 2 classes", Refusal(rows with { Counts = [40] }));
        Assert.Contains("are not 40 rows of", Refusal(rows with { Counts = [-1, 41] }));
        Assert.Contains("no value of column 'n'", Refusal(rows with { Rows = [2, .. rows.Rows[1..]] }));
        Assert.Contains("no value of column 'c'", Refusal(rows with { Rows = [.. rows.Rows[..^3], 0, 0, 0] }));
        Assert.Contains("no value of column 'c'", Refusal(rows with { Rows = [.. rows.Rows[..^3], 1, 1, 0] }));
        Assert.Contains("no value of column 'n'", Refusal(rows with { Rows = [float.NaN, .. rows.Rows[1..]] }));

        string? Refusal(AnchorRows anchors)
        {
            new Checkpoint(header with { Format = header.Format with { Anchors = anchors } }, []).Write(folder["a.ckpt"]);
            try { _ = Checkpoint.Read(folder["a.ckpt"]); }
            catch (UserErrorException e) { return e.Message; }
            return null;
        }
    }

    [Theory]
    [InlineData("trailing", "bytes are left over")]
    [InlineData("twice", "is there twice")]
    [InlineData("long", "reaches past its end")]
    [InlineData("old", "format version 2, and this program reads version 6")]
    public void A_forged_body_is_refused_with_a_sentence(string how, string why)
    {
        using var folder = new TemporaryFolder();
        Make(SmallRun.Options()).Write(folder["a.ckpt"]);
        byte[] good = File.ReadAllBytes(folder["a.ckpt"])[..^32];
        int tensors = 16 + BinaryPrimitives.ReadInt32LittleEndian(good.AsSpan(12));
        byte[] one = [1, 0, 0, 0, (byte)'x', 0, 0, 0, 0, 0, 0, 0, 0];
        byte[] bad = how switch
        {
            "trailing" => [.. good, 0],
            "twice" => [.. good[..tensors], 2, 0, 0, 0, .. one, .. one],
            "long" => [.. good[..tensors], 1, 0, 0, 0, .. one[..5], 0, 0, 0, 127, 0, 0, 0, 0],
            _ => [.. good[..8], 2, .. good[9..]],
        };
        File.WriteAllBytes(folder["b.ckpt"], [.. bad, .. SHA256.HashData(bad)]);
        string message = Assert.Throws<UserErrorException>(() => Checkpoint.Read(folder["b.ckpt"])).Message;
        Assert.StartsWith(folder["b.ckpt"] + ": ", message);
        Assert.Contains(why, message);
    }

    /// <summary>Numbers were rounded to float32, and nothing said how the table writes them; all else is as it was.</summary>
    [Fact]
    public void A_table_of_the_version_before_is_to_be_trained_again()
    {
        using var folder = new TemporaryFolder();
        foreach (Checkpoint checkpoint in (Checkpoint[])[OfTable(), Make(SmallRun.Options())])
        {
            checkpoint.Write(folder["a.ckpt"]);
            byte[] body = File.ReadAllBytes(folder["a.ckpt"])[..^32];
            body[8] = 3;
            File.WriteAllBytes(folder["b.ckpt"], [.. body, .. SHA256.HashData(body)]);
            if (checkpoint.Header.Format.Table is null) Assert.Equal(checkpoint.Tensors.Count, Checkpoint.Read(folder["b.ckpt"]).Tensors.Count);
            else Assert.Equal($"{folder["b.ckpt"]}: an earlier version wrote it, whose tables were encoded or generated in another way; " +
                "train again into a new folder.", Assert.Throws<UserErrorException>(() => Checkpoint.Read(folder["b.ckpt"])).Message);
        }
    }

    /// <summary>Nine tensors of 256 MiB; asked for by name only, since it takes gigabytes and half a minute.</summary>
    [Fact(Explicit = true)]
    public void A_file_of_more_than_2_GiB_is_written_and_read()
    {
        using var folder = new TemporaryFolder();
        using Tensor part = zeros(1 << 26);
        part[^1] = 3;
        new Checkpoint(Make(SmallRun.Options()).Header, Enumerable.Range(0, 9).Select(i => ($"part{i}", part))).Write(folder["a.ckpt"]);
        Assert.True(new FileInfo(folder["a.ckpt"]).Length > int.MaxValue);
        IReadOnlyDictionary<string, float[]> read = Checkpoint.Read(folder["a.ckpt"]).Tensors;
        Assert.All(read.Values, values => Assert.Equal((1 << 26, 3f), (values.Length, values[^1])));
        Assert.Equal(9, read.Count);
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

    /// <summary>Forty rows of a number, a category and a date, all of them real rows that the generator starts from.</summary>
    private static Checkpoint OfTable()
    {
        string rows = string.Concat(Enumerable.Range(0, 40).Select(i => $"{i * 1.5},2024-01-{1 + i % 28:D2},{"xyz"[i % 3]},{i % 2}\n"));
        Table table = TableReader.Read(new StringReader("n,d,c,class\n" + rows), "t.csv", "");
        RunOptions options = SmallRun.Options() with
        {
            Data = new TableDataOptions { Anchors = 100 },
            Generator = new TableGeneratorOptions { Hidden = [8] },
            Discriminator = new TableDiscriminatorOptions { Hidden = [8], ClassHidden = [8] },
            Regularizers = [],
        };
        using Dataset data = new TableDataOptions { Anchors = 100 }.Load(table, TableSchema.Infer(table, "class"));
        using var trainer = new Trainer(options, data, CPU);
        trainer.TakeStep();
        return trainer.Save();
    }

    private static Checkpoint Make(RunOptions options)
    {
        using Dataset data = SmallRun.Load(options);
        using var trainer = new Trainer(options, data, CPU);
        trainer.TakeStep();
        return trainer.Save();
    }
}
