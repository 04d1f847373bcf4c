using GanPipeline.Inference.Tests;

namespace GanPipeline.MlNetFacts.Tests;

/// <summary>What ApplyOnnxModel asks of a model and of the columns that it is applied to.</summary>
public sealed class OnnxFacts : IDisposable
{
    private const int Float = 1, Long = 7, Text = 8;

    private readonly MLContext _ml = new(1);
    private readonly TemporaryFolder _folder = new();
    private int _models;

    public void Dispose() => _folder.Dispose();

    /// <summary>A column named x, as the model's input is.</summary>
    private sealed class Row<T>
    {
        [ColumnName("x")]
        public T Value { get; set; } = default!;
    }

    private sealed class WithKey
    {
        [ColumnName("x")]
        [KeyType(3)]
        public uint Value { get; set; }
    }

    /// <summary>A model of one node: x in, y out, both of one shape; a dimension is a name or a number.</summary>
    private string Model(string op, int type, params object[] shape)
    {
        ProtoWriter Info(ProtoWriter info, string name) => info.Text(1, name).Message(2, t => t.Message(1, tensor => tensor.Number(1, (ulong)type).Message(2, dims =>
        {
            foreach (object size in shape)
                dims.Message(1, d => _ = size is string name ? d.Text(2, name) : d.Number(1, (ulong)(int)size));
        })));
        byte[] bytes = new ProtoWriter().Number(1, 8).Message(8, opset => opset.Text(1, "").Number(2, 17)).Message(7, graph => graph
            .Message(1, node => node.Text(1, "x").Text(2, "y").Text(4, op)).Text(2, "test")
            .Message(11, input => Info(input, "x")).Message(12, output => Info(output, "y"))).ToArray();
        return _folder.Make($"{_models++}.onnx", bytes);
    }

    private IDataView View<T>(T[] values, DataViewType? type = null)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row<T>));
        if (type is not null)
            schema["x"].ColumnType = type;
        return _ml.Data.LoadFromEnumerable(values.Select(v => new Row<T> { Value = v }).ToArray(), schema);
    }

    private static VectorDataViewType VectorOf(PrimitiveDataViewType item, int size) => new(item, size);

    private IDataView Pairs(int rows = 3) =>
        View([.. Enumerable.Range(0, rows).Select(i => new[] { i, -0.5f })], VectorOf(NumberDataViewType.Single, 2));

    private IDataView Apply(string model, IDataView view, params int[] shape)
    {
        IEstimator<ITransformer> step = shape.Length == 0 ? _ml.Transforms.ApplyOnnxModel("y", "x", model)
            : _ml.Transforms.ApplyOnnxModel("y", "x", model, new Dictionary<string, int[]> { ["x"] = shape });
        return step.Fit(view).Transform(view);
    }

    [Fact]
    public void A_free_first_axis_and_one_of_1_work_and_give_a_vector_with_both_axes()
    {
        IDataView[] all =
        [
            Apply(Model("Identity", Float, "N", 2), Pairs()), Apply(Model("Identity", Float, 1, 2), Pairs()),
            Apply(Model("Identity", Float, "N", 2), Pairs(), 1, 2), Apply(Model("Identity", Float, "N", 2), Pairs(), -1, 2),
        ];
        Assert.All(all, made =>
        {
            Assert.Equal([1, 2], ((VectorDataViewType)made.Schema["y"].Type).Dimensions);
            Assert.Equal([[0f, -0.5f], [1f, -0.5f], [2f, -0.5f]], made.GetColumn<float[]>("y"));
        });
    }

    [Fact]
    public void A_fixed_batch_fails_on_plain_rows() =>
        Assert.ThrowsAny<Exception>(() => Apply(Model("Identity", Float, 256, 2), Pairs()).GetColumn<float[]>("y").Count());

    [Fact]
    public void Item_types_must_be_equal()
    {
        string model = Model("Identity", Float, "N", 2);
        Assert.ThrowsAny<Exception>(() => Apply(model, View<double[]>([[1, 2]], VectorOf(NumberDataViewType.Double, 2))).GetColumn<float[]>("y").Count());
        Assert.ThrowsAny<Exception>(() => Apply(model, View<int[]>([[1, 2]], VectorOf(NumberDataViewType.Int32, 2))).GetColumn<float[]>("y").Count());
    }

    [Fact]
    public void An_integer_with_two_axes_takes_a_number_or_a_vector_of_1_and_one_with_a_single_axis_only_the_vector()
    {
        IDataView number = View<long>([4, 5]), vector = View<long[]>([[4], [5]], VectorOf(NumberDataViewType.Int64, 1));
        string two = Model("Identity", Long, "N", 1), one = Model("Identity", Long, "N");
        Assert.Equal([[4L], [5L]], Apply(two, number).GetColumn<long[]>("y"));
        Assert.Equal([[4L], [5L]], Apply(two, vector).GetColumn<long[]>("y"));
        Assert.Equal([[4L], [5L]], Apply(one, vector).GetColumn<long[]>("y"));
        Assert.ThrowsAny<Exception>(() => Apply(one, number).GetColumn<long[]>("y").Count());
    }

    [Fact]
    public void Text_works() => Assert.Equal([["a"], ["bc"]], Apply(Model("Identity", Text, "N", 1), View<string>(["a", "bc"])).GetColumn<string[]>("y"));

    [Fact]
    public void Keys_are_refused_and_do_not_convert_to_numbers()
    {
        IDataView keys = _ml.Data.LoadFromEnumerable([new WithKey { Value = 1 }, new WithKey { Value = 2 }]);
        Assert.ThrowsAny<Exception>(() => Apply(Model("Identity", Long, "N", 1), keys).GetColumn<long[]>("y").Count());
        foreach (DataKind kind in new[] { DataKind.Int32, DataKind.Int64, DataKind.Single })
            Assert.ThrowsAny<Exception>(() => _ml.Transforms.Conversion.ConvertType("z", "x", kind).Fit(keys).Transform(keys));
    }

    [Fact]
    public void Columns_are_named_as_in_the_model()
    {
        string model = Model("Identity", Float, "N", 2);
        IDataView view = Pairs(), renamed = _ml.Transforms.CopyColumns("z", "x").Fit(view).Transform(view);
        Assert.ThrowsAny<Exception>(() => _ml.Transforms.ApplyOnnxModel("y", "z", model).Fit(renamed).Transform(renamed));
        Assert.ThrowsAny<Exception>(() => _ml.Transforms.ApplyOnnxModel("w", "x", model).Fit(renamed).Transform(renamed));
    }

    [Fact]
    public void Noise_that_the_model_draws_is_another_on_every_pass()
    {
        IDataView made = Apply(Model("RandomNormalLike", Float, "N", 2), Pairs(20));
        Assert.NotEqual(made.GetColumn<float[]>("y").SelectMany(y => y), made.GetColumn<float[]>("y").SelectMany(y => y));
    }

    [Fact]
    public void It_is_saved_with_the_model_that_it_runs()
    {
        string model = Model("Identity", Float, "N", 2);
        var stream = new MemoryStream();
        _ml.Model.Save(_ml.Transforms.ApplyOnnxModel("y", "x", model).Fit(Pairs()), Pairs().Schema, stream);
        File.Delete(model);
        stream.Position = 0;
        Assert.Equal([0f, 1f, 2f], new MLContext().Model.Load(stream, out _).Transform(Pairs()).GetColumn<float[]>("y").Select(y => y[0]));
    }
}
