using GanPipeline.Inference.Tests;

namespace GanPipeline.MlNetFacts.Tests;

/// <summary>What ApplyOnnxModel makes of a generator file: why there is ApplyGenerator, and what the exporter and SavedAs have to keep to.</summary>
public sealed class OnnxFacts : IDisposable
{
    private const int Float = 1, Long = 7;

    private readonly MLContext _ml = new(1);
    private readonly TemporaryFolder _folder = new();
    private int _models;

    public void Dispose() => _folder.Dispose();

    /// <summary>Columns of those names, as the models' input is called.</summary>
    private sealed class Row
    {
        [VectorType(2)]
        public float[] x { get; set; } = [];

        [KeyType(3)]
        public uint key { get; set; }

        public long number { get; set; }

        [VectorType(1)]
        public long[] numbers { get; set; } = [];
    }

    private IDataView View() =>
        _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new Row { x = [i, -0.5f], key = 1, number = i, numbers = [i] }).ToArray());

    /// <summary>A model of one node: an input of that shape, of free or fixed dimensions, and an output y.</summary>
    private string Model(string op, string input, int type, object[] shape, int outputType, object[] outputShape)
    {
        static void Info(ProtoWriter info, string name, int type, object[] shape) => info.Text(1, name)
            .Message(2, t => t.Message(1, tensor => tensor.Number(1, (ulong)type).Message(2, dims => Array.ForEach(shape, size =>
                dims.Message(1, d => _ = size is string free ? d.Text(2, free) : d.Number(1, (ulong)(int)size))))));
        byte[] bytes = new ProtoWriter().Number(1, 8).Message(8, opset => opset.Text(1, "").Number(2, 17)).Message(7, graph => graph
            .Message(1, node => node.Text(1, input).Text(2, "y").Text(4, op)).Text(2, "test")
            .Message(11, i => Info(i, input, type, shape)).Message(12, o => Info(o, "y", outputType, outputShape))).ToArray();
        return _folder.Make($"{_models++}.onnx", bytes);
    }

    private string Model(string op, params object[] shape) => Model(op, "x", Float, shape, Float, shape);

    private IDataView Apply(string model, string input = "x") => _ml.Transforms.ApplyOnnxModel("y", input, model).Fit(View()).Transform(View());

    private T[][] Made<T>(string model, string input = "x") => [.. Apply(model, input).GetColumn<T[]>("y")];

    /// <summary>ApplyGenerator runs whole batches, several times as fast.</summary>
    [Fact]
    public void It_runs_the_model_once_a_row() => Assert.All(Made<long>(Model("Shape", "x", Float, ["N", 2], Long, [2])), shape => Assert.Equal([1, 2], shape));

    /// <summary>The exporter leaves the batch free. SavedSteps compares sizes, since the column has the batch for an axis.</summary>
    [Fact]
    public void The_batch_is_free_or_1_and_becomes_an_axis_of_the_column()
    {
        Assert.Equal([1, 2], ((VectorDataViewType)Apply(Model("Identity", "N", 2)).Schema["y"].Type).Dimensions);
        Assert.Equal([1f, -0.5f], Made<float>(Model("Identity", "N", 2))[1]);
        Assert.Equal([1f, -0.5f], Made<float>(Model("Identity", 1, 2))[1]);
        Assert.ThrowsAny<Exception>(() => Made<float>(Model("Identity", 256, 2)));
    }

    /// <summary>ApplyGenerator takes labels by name; for a file's label [N] the steps of SavedAs have to make vectors of one number, and by no key.</summary>
    [Fact]
    public void A_label_is_a_vector_of_one_number_and_keys_are_refused_and_do_not_convert()
    {
        string Label(string column) => Model("Identity", column, Long, ["N"], Long, ["N"]);
        Assert.Equal([3L], Made<long>(Label("numbers"), "numbers")[3]);
        Assert.ThrowsAny<Exception>(() => Made<long>(Label("number"), "number"));
        Assert.ThrowsAny<Exception>(() => Made<long>(Label("key"), "key"));
        Assert.ThrowsAny<Exception>(() => _ml.Transforms.Conversion.ConvertType("z", "key", DataKind.Int64).Fit(View()).Transform(View()));
    }

    /// <summary>So SavedAs wants a noise column, and whoever applies a file with the noise inside keeps what it made.</summary>
    [Fact]
    public void Noise_that_the_model_draws_is_another_on_every_pass()
    {
        IDataView made = Apply(Model("RandomNormalLike", "N", 2));
        Assert.NotEqual(made.GetColumn<float[]>("y").SelectMany(y => y), made.GetColumn<float[]>("y").SelectMany(y => y));
    }
}
