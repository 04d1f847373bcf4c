using FsCheck;
using FsCheck.Fluent;
using GanPipeline.Primitives;

namespace GanPipeline.Inference.Tests;

public class HostileFileTests
{
    private static readonly TestModel Model = new();

    [Fact]
    public void A_missing_file_and_a_folder_are_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("no such file", Assert.Throws<UserErrorException>(() => GeneratorSession.Open(folder["none.onnx"])).Message);
        Assert.Throws<UserErrorException>(() => GeneratorSession.Open(folder.Name));
    }

    [Fact]
    public void Files_that_are_no_onnx_are_refused()
    {
        Refused([], "is no ONNX file");
        Refused("hello, this is not a network"u8.ToArray(), "is no ONNX file");
        Refused(Model.ToBytes()[..^5], "is no ONNX file");
        Refused(Model.ToBytes()[..100], "is no ONNX file");
        Refused(new ProtoWriter().Number(1, 8).Bytes(7, "x"u8, claimedLength: 2_000_000_000).ToArray(), "is no ONNX file");
        Refused(new ProtoWriter().Number(1, 8).Bytes(7, "x"u8, claimedLength: ulong.MaxValue).ToArray(), "is no ONNX file");
    }

    [Fact]
    public void A_file_above_the_limit_is_refused_unread()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Make("g.onnx", Model.ToBytes());
        var error = Assert.Throws<UserErrorException>(() => GeneratorSession.Open(path, new GeneratorSessionOptions { MaxFileBytes = 100 }));
        Assert.Contains("above the limit of 100", error.Message);
    }

    [Fact]
    public void Graphs_inside_graphs_without_end_are_refused()
    {
        // graph → node → attribute → graph → ...: a reader that recurses freely runs out of stack.
        var graph = Array.Empty<byte>();
        for (var depth = 0; depth < 5000; depth++)
        {
            var inner = graph;
            graph = new ProtoWriter().Message(1, node => node.Message(5, attribute => attribute.Bytes(6, inner))).ToArray();
        }

        Refused(new ProtoWriter().Number(1, 8).Bytes(7, graph).ToArray(), "is no ONNX file");
    }

    [Fact]
    public void Files_of_others_or_with_other_metadata_are_refused()
    {
        TestModel With(string key, string? value) => Model with
        {
            Properties = info => from p in GeneratorFile.ToProperties(info)
                                 where p.Key != "ganpipeline." + key || value is not null
                                 select p.Key == "ganpipeline." + key ? new(p.Key, value!) : p,
        };

        Refused((Model with { Properties = _ => [] }).ToBytes(), "no generator of GanPipeline");
        Refused(With("format_version", "3").ToBytes(), "has format version 3, and this GanPipeline reads 2");
        Refused((Model with
        {
            Properties = info => GeneratorFile.ToProperties(info).Select(p => p.Key == "ganpipeline.format_version" ? new(p.Key, "1")
                : p.Key == "ganpipeline.sample_kind" ? new(p.Key, "table") : p),
        }).ToBytes(), "has format version 1, and this GanPipeline reads 2; train and export the table's generator again, since that version rounded numbers");
        Refused(With("format_version", null).ToBytes(), "'ganpipeline.format_version' is missing");
        Refused(With("latent_size", "x").ToBytes(), "'ganpipeline.latent_size' cannot be read");
        Refused(With("latent_size", "0").ToBytes(), "'ganpipeline.latent_size' must be between");
        Refused(With("latent_size", "99999999999999").ToBytes(), "'ganpipeline.latent_size' cannot be read");
        Refused(With("latent_distribution", "uniform").ToBytes(), "'ganpipeline.latent_distribution' is 'uniform'");
        Refused(With("class_names", "[1]").ToBytes(), "'ganpipeline.class_names' cannot be read");
        Refused(With("class_names", "null").ToBytes(), "'ganpipeline.class_names' is null");
        Refused(With("class_names", "[null]").ToBytes(), "'ganpipeline.class_names' must hold");
        Refused(With("sample_kind", "song").ToBytes(), "'ganpipeline.sample_kind' must be");
        Refused(With("sample_shape", "[2000000000,2000000000,2000000000]").ToBytes(), "'ganpipeline.sample_shape' must hold");
        Refused(With("sample_shape", "[-1,-1]").ToBytes(), "'ganpipeline.sample_shape' must hold");
        Refused(With("sample_shape", "[]").ToBytes(), "'ganpipeline.sample_shape' must hold");
    }

    [Fact]
    public void Names_that_are_there_twice_are_refused()
    {
        TestModel With(Func<GeneratorInfo, GeneratorInfo> change) => Model with { Properties = info => GeneratorFile.ToProperties(change(info)) };
        OutputColumn[] columns = [new("a", "x", false), new("a", "y", true)];
        Refused(With(info => info with { ClassNames = ["a", "b", "a", "c"] }).ToBytes(), "'ganpipeline.class_names' must hold different names");
        Refused(With(info => info with { SampleKind = "table", SampleShape = [2], Columns = columns }).ToBytes(), "'ganpipeline.columns' must hold columns of");
        Refused(With(info => info with { Verification = [null!] }).ToBytes(), "'ganpipeline.verification' must hold");
    }

    [Fact]
    public void A_batch_that_no_memory_holds_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Make("g.onnx", (Model with { SampleShape = [1 << 8, 1 << 8] }).ToBytes());
        var error = Assert.Throws<UserErrorException>(() => GeneratorSession.Open(path, new GeneratorSessionOptions { BatchSize = 1 << 16 }));
        Assert.Contains("a batch of 65536 samples of 65536 numbers, generated from 3", error.Message);
        Assert.Contains("choose a smaller batch", error.Message);
    }

    [Fact]
    public void A_graph_that_is_not_what_the_metadata_says_is_refused()
    {
        Refused((Model with { GraphLatentSize = 5 }).ToBytes(), "has input 'noise' as Float [-1, 5], but its metadata says Float [-1, 3]");
        Refused((Model with { NoiseName = "z" }).ToBytes(), "has inputs 'label' and 'z', not 'noise' and 'label'");
        Refused((Model with { SampleName = "y" }).ToBytes(), "has outputs 'y', not 'sample'");
        Refused((Model with { Properties = info => GeneratorFile.ToProperties(info with { ClassNames = [] }) }).ToBytes(), "has inputs");
        Refused((Model with { Properties = info => GeneratorFile.ToProperties(info with { SampleShape = [6] }) }).ToBytes(),
            "has output 'sample' as Float [-1, 1, 2, 3]");
    }

    [Fact]
    public void Weights_in_other_files_are_refused()
    {
        var model = Model with { ExtraWeightFields = t => t.Message(13, e => e.Text(1, "location").Text(2, "../../../../etc/passwd")).Number(14, 1) };
        Refused(model.ToBytes(), "keeps weights in another file");
    }

    [Fact]
    public void Sizes_that_the_data_does_not_have_are_refused()
    {
        var model = Model with { ExtraWeightFields = t => t.Number(1, 1UL << 40) }; // one more dimension, of 10^12
        Refused(model.ToBytes(), "ONNX Runtime cannot load it");
    }

    [Fact]
    public void Mutated_files_are_opened_or_refused_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var original = Model.ToBytes();
        var mutation = ArbMap.Default.GeneratorFor<(NonEmptyArray<(int At, byte Value)> Changes, int Cut)>();
        var opened = 0;
        Prop.ForAll(mutation.ToArbitrary(), m =>
        {
            var bytes = original.ToArray();
            foreach (var (at, value) in m.Changes.Get)
            {
                bytes[(uint)at * 2654435761u % (uint)bytes.Length] = value;
            }

            // Half of the files are also cut short.
            bytes = m.Cut % 2 == 0 ? bytes : bytes[..(int)((uint)m.Cut * 2654435761u % (uint)bytes.Length)];
            folder.Make("mutant.onnx", bytes);
            try
            {
                NetworkGraph.Read(folder["mutant.onnx"]);
            }
            catch (UserErrorException e) when (e.Message.Contains("mutant.onnx: ", StringComparison.Ordinal))
            {
                // refused, as the session may be or not: it looks at other parts
            }

            try
            {
                using var session = GeneratorSession.Open(folder["mutant.onnx"], new GeneratorSessionOptions { Threads = 1 });
                var samples = new float[16 * session.Info.SampleSize];
                session.Generate(1, 0, session.IsConditional ? new long[16] : [], samples);
                opened++;
                return true;
            }
            catch (UserErrorException e)
            {
                return e.Message.Contains("mutant.onnx: ", StringComparison.Ordinal);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000).WithReplay(1, 3).WithQuietOnSuccess(true));
        TestContext.Current.SendDiagnosticMessage($"10000 mutated files: {opened} still opened and ran, the others were refused with a sentence");
        Assert.InRange(opened, 1, 9_999); // some survive, or the test would show nothing about running them
        Assert.Single(Directory.GetFileSystemEntries(folder.Name));
    }

    private static void Refused(byte[] contents, string reason)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Make("g.onnx", contents);
        var message = Assert.Throws<UserErrorException>(() => GeneratorSession.Open(path)).Message;
        Assert.StartsWith(path + ": ", message);
        Assert.Contains(reason, message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void The_network_reader_refuses_constants_that_claim_more_than_the_file_holds()
    {
        using var folder = new TemporaryFolder();
        var model = Model with { ExtraWeightFields = t => t.Number(1, 1UL << 40) };
        var error = Assert.Throws<UserErrorException>(() => NetworkGraph.Read(folder.Make("g.onnx", model.ToBytes())));
        Assert.Contains("constant 'w' claims more numbers than the file holds", error.Message);
    }

    [Fact]
    public void The_network_reader_gives_layers_with_shapes_and_parameters()
    {
        using var folder = new TemporaryFolder();
        var network = NetworkGraph.Read(folder.Make("g.onnx", Model.ToBytes()));
        Assert.Equal([("label", "int64", "N"), ("noise", "float32", "N x 3")], network.Inputs);
        Assert.Equal([("sample", "float32", "N x 1 x 2 x 3")], network.Outputs);
        Assert.Equal(["OneHot", "Concat", "MatMul", "Tanh", "Mul", "Add", "Reshape"], network.Layers.Select(layer => layer.Operator));
        Assert.Equal((3 + 4) * 6, network.Parameters);
        Assert.Equal("N x 1 x 2 x 3", network.Layers[^1].Shape);
    }
}
