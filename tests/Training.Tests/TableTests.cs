using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Training.Tests;

public class TableTests
{
    /// <summary>60 rows: numbers with holes, a category that says the class, and a rare class of 6 rows.</summary>
    private static readonly string Csv = "n,c,class\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
        (i % 11 == 3 ? "" : FormattableString.Invariant($"{(i % 10 == 0 ? 50 : 0) + i % 7 * 1.5}")) +
        $",{(i % 10 == 0 ? "red" : i % 3 == 0 ? "green" : "blue")},{(i % 10 == 0 ? "rare" : "usual")}\n"));

    private static Dataset Load(TableDataOptions? options = null)
    {
        Table table = TableReader.Read(new StringReader(Csv), "t.csv", "");
        return (options ?? new TableDataOptions()).Load(table, TableSchema.Infer(table, "class"));
    }

    private static RunOptions Options(int anchors = 0, int steps = 12) => new()
    {
        System = "table",
        Data = new TableDataOptions { Anchors = anchors },
        Latent = 4,
        Batch = 20,
        Steps = steps,
        Epochs = 4,
        Threads = 1,
        Sampling = Sampling.LogFrequency,
        Objective = "wasserstein",
        ClassLoss = new() { Fake = 0 },
        Ema = 0.9,
        Generator = new TableGeneratorOptions { Hidden = [16] },
        Discriminator = new TableDiscriminatorOptions { Hidden = [16], ClassHidden = [16] },
    };

    [Fact]
    public void Every_generated_row_is_a_row_and_every_slot_has_a_gradient()
    {
        using DisposeScope scope = NewDisposeScope();
        using Dataset data = Load();
        TableCodec codec = data.Format.Table!;
        Generator generator = Options().Generator.Build(Options().GeneratorContext(data.ClassNames, data.Format, CPU));
        Assert.Equal(4 + codec.Slots, generator.LatentSize);
        Tensor rows = generator.call(randn(64, generator.LatentSize), randint(0, 2, [64], int64));
        Assert.Equal([64, codec.Width], rows.shape);
        foreach ((ColumnCode column, int scalar, int slot) in codec.Layout())
        {
            Tensor block = rows.narrow(1, slot, column.Slots).detach();
            Assert.True(block.sum(1).eq(1).all().item<bool>() && (block.eq(0) | block.eq(1)).all().item<bool>());
            if (column.Scalars > 0) Assert.InRange(rows.narrow(1, scalar, 1).abs().max().item<float>(), 0, 1);
        }
        rows.square().sum().backward();
        Tensor last = generator.parameters().Last().grad!;
        Assert.Equal(codec.Width, last.numel());
        Assert.True(last.narrow(0, codec.Scalars, codec.Slots).abs().sum().item<float>() > 0);
    }

    [Fact]
    public void The_same_noise_gives_the_same_row_in_training_and_in_evaluation()
    {
        using DisposeScope scope = NewDisposeScope();
        using Dataset data = Load();
        var options = new TableGeneratorOptions { Hidden = [16], BatchNorm = false };
        Generator generator = options.Build(Options().GeneratorContext(data.ClassNames, data.Format, CPU));
        Tensor noise = randn(8, generator.LatentSize), label = zeros(8, int64);
        Tensor trained = generator.call(noise, label);
        generator.eval();
        Assert.True(trained.equal(generator.call(noise, label)).all().item<bool>());
    }

    [Fact]
    public void A_small_class_starts_from_its_rows_and_a_large_one_does_not()
    {
        using DisposeScope scope = NewDisposeScope();
        using Dataset data = Load(new TableDataOptions { Anchors = 10 });
        Assert.Equal([6, 0], data.Format.Anchors!.Counts);
        Assert.Contains(data.Notes, n => n.StartsWith("1 of 2 classes have fewer than 10 rows and are generated from them", StringComparison.Ordinal));
        var options = new TableGeneratorOptions { Hidden = [16], AnchorLogit = 100 };
        Generator generator = options.Build(Options().GeneratorContext(data.ClassNames, data.Format, CPU));
        generator.eval();
        using (no_grad()) foreach (Tensor parameter in generator.parameters().TakeLast(2)) parameter.zero_(); // the network changes nothing
        Tensor made = generator.call(randn(500, generator.LatentSize), zeros(500, int64));
        Tensor real = data.Samples.index_select(0, data.Labels!.eq(0).nonzero().squeeze(1));
        TableCodec codec = data.Format.Table!;
        Assert.True(codec.Scalars > 0);
        foreach ((ColumnCode column, int scalar, int slot) in codec.Layout())
        {
            if (column.Scalars > 0) Assert.True(made.select(1, scalar).unique().output.numel() > 6, "numbers lie around those of the rows");
            else if (column.Slots > 0)
                Assert.Equal(0, cdist(made.narrow(1, slot, column.Slots), real.narrow(1, slot, column.Slots)).min(1).values.max().item<float>());
        }
    }

    [Fact]
    public void What_no_generator_file_can_hold_is_refused_before_training()
    {
        using Dataset data = Load(new TableDataOptions { Anchors = 1000 });
        var context = new NetworkContext(1_200_000, data.ClassNames, data.Format, CPU);
        Assert.StartsWith("a row would take 1200000 numbers of noise, and a generator file takes 1048576; ",
            Assert.Throws<UserErrorException>(() => new TableGeneratorOptions { Hidden = [1] }.Build(context)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_are_drawn_as_the_logarithm_of_their_size_says()
    {
        using Dataset data = Load();
        using var sampler = new BatchSampler(data, Options() with { Batch = 5000 }); // more than there are rows
        using Tensor index = sampler.Index(0), labels = data.Labels!.index_select(0, index);
        double expected = Math.Log(7) / (Math.Log(7) + Math.Log(55)), found = labels.eq(0).sum().item<long>() / 5000.0;
        Assert.Equal(expected, found, 0.02);
        using Tensor again = sampler.Index(0);
        Assert.True(index.equal(again).all().item<bool>());
    }

    [Fact]
    public void Steps_are_taken_as_said_however_many_rows_there_are()
    {
        using Dataset data = Load();
        using var trainer = new Trainer(Options(steps: 10), data, CPU);
        Assert.Equal((3, 12), (trainer.StepsPerEpoch, trainer.TotalSteps)); // four equal parts of ten steps, rounded up
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void Two_runs_are_equal_to_the_bit_and_so_is_one_that_was_resumed(int anchors)
    {
        using Dataset data = Load(new TableDataOptions { Anchors = anchors });
        float[] Weights(params int[] parts)
        {
            Checkpoints.Checkpoint? last = null;
            foreach (int steps in parts)
            {
                using var trainer = new Trainer(Options(anchors), data, CPU);
                if (last is not null) trainer.Load(last);
                for (int i = 0; i < steps; i++) trainer.TakeStep();
                last = trainer.Save();
            }
            return last!.Tensors[Checkpoints.Checkpoint.SamplerParameters];
        }
        float[] whole = Weights(6);
        Assert.Equal(whole, Weights(6));
        Assert.Equal(whole, Weights(2, 4));
    }

    [Fact]
    public void A_checkpoint_builds_the_generator_again_with_its_rows()
    {
        using var folder = new TemporaryFolder();
        using DisposeScope scope = NewDisposeScope();
        using Dataset data = Load(new TableDataOptions { Anchors = 10 });
        using var trainer = new Trainer(Options(10), data, CPU);
        trainer.TakeStep();
        trainer.Refresh();
        trainer.Save().Write(folder["a.ckpt"]);
        Generator again = Checkpoints.Checkpoint.Read(folder["a.ckpt"]).BuildGenerator(CPU);
        Tensor noise = randn(8, again.LatentSize), label = arange(8).remainder(2);
        Assert.True(again.call(noise, label).equal(trainer.Sampler.call(noise, label)).all().item<bool>());
    }

    [Fact]
    public void A_table_network_needs_a_table()
    {
        var e = Assert.Throws<UserErrorException>(() => new TableGeneratorOptions().Build(new NetworkContext(4, [], SampleFormat.Pixels(1, 8, 8), CPU)));
        Assert.Equal("'generator.network' is table, but the data is no table; use another network, or 'data: { kind: table }'.", e.Message);
    }
}
