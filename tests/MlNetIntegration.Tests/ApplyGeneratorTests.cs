using GanPipeline.Inference;
using GanPipeline.Inference.Tests;

namespace GanPipeline.MlNetIntegration.Tests;

public sealed class ApplyGeneratorTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly TemporaryFolder _folder = new();
    private readonly TestModel _model = new() { Classes = 3, SampleShape = [1, 2, 3], LatentSize = 3 };
    private readonly string _path;

    public ApplyGeneratorTests() => _path = _folder.Make("g.onnx", _model.ToBytes());

    public void Dispose() => _folder.Dispose();

    public sealed class Asked
    {
        public string Label { get; set; } = "";

        [VectorType(3)]
        public float[] Noise { get; set; } = [];

        public int Index { get; set; }
    }

    public sealed class Made
    {
        public int Index { get; set; }

        [VectorType(1, 2, 3)]
        [ColumnName("sample")]
        public float[] Sample { get; set; } = [];
    }

    private static Asked[] Rows(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new Asked { Label = $"class-{i * 7 % 3}", Noise = [i * 0.01f, 1 - (i * 0.02f), -1], Index = i })];

    private IDataView View(int count = 700) => _ml.Data.LoadFromEnumerable(Rows(count));

    private ApplyGeneratorEstimator Apply(string? label = "Label", string? noise = null, ulong seed = 5, int batch = 64, int batches = 1) =>
        _ml.Transforms.ApplyGenerator(_path, labelColumnName: label, noiseColumnName: noise, seed: seed,
            options: new GeneratorSessionOptions { BatchSize = batch, Batches = batches });

    private static List<(int Index, string Sample)> Read(IDataView view, DataViewRowCursor cursor)
    {
        ValueGetter<int> index = cursor.GetGetter<int>(view.Schema["Index"]);
        ValueGetter<VBuffer<float>> sample = cursor.GetGetter<VBuffer<float>>(view.Schema["sample"]);
        var rows = new List<(int, string)>();
        int i = 0;
        VBuffer<float> s = default;
        while (cursor.MoveNext())
        {
            index(ref i);
            sample(ref s);
            rows.Add((i, string.Join(' ', s.DenseValues())));
        }
        return rows;
    }

    private static List<(int Index, string Sample)> Read(IDataView view, Random? rand = null)
    {
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema, rand);
        return Read(view, cursor);
    }

    [Fact]
    public void Each_row_gets_the_sample_of_its_class_and_its_noise()
    {
        IDataView view = View();
        IDataView made = Apply(noise: "Noise").Fit(view).Transform(view);
        double[] expected = _model.Expected([.. Rows(700).SelectMany(r => r.Noise)], [.. Rows(700).Select(r => (long)(r.Index * 7 % 3))]);
        Assert.All(made.GetColumn<float[]>("sample").SelectMany(s => s).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-3));
        Assert.Equal(Enumerable.Range(0, 700), made.GetColumn<int>("Index"));
        Assert.Equal(700, made.GetColumn<float[]>("sample").Count());
        Assert.Equal([1, 2, 3], ((VectorDataViewType)made.Schema["sample"].Type).Dimensions);
    }

    [Fact]
    public void Without_a_noise_column_the_samples_are_those_of_the_seed_whatever_the_batch()
    {
        IDataView view = View();
        using GeneratorSession session = GeneratorSession.Open(_path);
        var expected = new float[700 * 6];
        session.Generate(5, 0, [.. Rows(700).Select(r => (long)(r.Index * 7 % 3))], expected);
        foreach ((int batch, int batches) in new[] { (1, 1), (64, 1), (1000, 1), (64, 3), (100, 2), (1000, 2) })
            Assert.Equal(expected, Apply(batch: batch, batches: batches).Fit(view).Transform(view).GetColumn<float[]>("sample").SelectMany(s => s));
        Assert.NotEqual(expected, Apply(seed: 6).Fit(view).Transform(view).GetColumn<float[]>("sample").SelectMany(s => s));
    }

    [Fact]
    public void Keys_are_matched_by_name()
    {
        IDataView view = View();
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(view).Transform(view);
        Assert.Equal(Read(Apply().Fit(view).Transform(view)), Read(Apply().Fit(keyed).Transform(keyed)));
    }

    [Fact]
    public void Cursors_side_by_side_shuffled_in_sets_and_abandoned_give_each_row_its_sample()
    {
        IDataView source = _ml.Data.Cache(View());
        IDataView view = Apply().Fit(source).Transform(source);
        var expected = Read(view);
        var random = new Random(1);
        for (int round = 0; round < 25; round++)
        {
            int seed = round;
            Parallel.Invoke(
                () => Assert.Equal(expected, Read(view)),
                () => Assert.Equal(expected, Read(view, new Random(seed)).Order()),
                () => Assert.Equal(expected, view.GetRowCursorSet(view.Schema, 4).AsParallel().SelectMany(cursor => Read(view, cursor)).Order()),
                () =>
                {
                    DataViewRowCursor[] cursors = [.. Enumerable.Range(0, 5).Select(_ => view.GetRowCursor(view.Schema))];
                    foreach (DataViewRowCursor cursor in cursors)
                    {
                        for (int i = 0; i < 90; i++)
                            Assert.True(cursor.MoveNext());
                    }
                    new Random(seed).Shuffle(cursors);
                    foreach (DataViewRowCursor cursor in cursors)
                        cursor.Dispose();
                    Assert.All(cursors, cursor => Assert.False(cursor.MoveNext()));
                });
        }
    }

    [Fact]
    public void It_propagates_its_schema_and_works_in_a_chain_and_in_a_prediction_engine()
    {
        IDataView view = View(20);
        var chain = Apply(noise: "Noise").Append(_ml.Transforms.Concatenate("Features", "sample"));
        ITransformer model = chain.Fit(view);
        Assert.Equal(6, model.Transform(view).GetColumn<float[]>("Features").First().Length);
        using var engine = _ml.Model.CreatePredictionEngine<Asked, Made>(model);
        float[][] expected = [.. model.Transform(view).GetColumn<float[]>("sample")];
        Assert.All(Rows(20), row => Assert.Equal(expected[row.Index], engine.Predict(row).Sample));
    }

    [Fact]
    public void Columns_that_nobody_asks_for_are_not_made()
    {
        IDataView view = _ml.Data.LoadFromEnumerable(Rows(10).Select(r => new Asked { Label = "none of them", Noise = r.Noise, Index = r.Index }).ToArray());
        IDataView made = Apply().Fit(view).Transform(view);
        Assert.Equal(Enumerable.Range(0, 10), made.GetColumn<int>("Index"));
        Assert.Equal($"generator {_path} does not know class 'none of them' of column 'Label' in row 1; its classes are 'class-0', 'class-1', 'class-2'",
            Assert.Throws<UserErrorException>(() => made.GetColumn<float[]>("sample").Count()).Message);
    }

    [Fact]
    public void An_empty_view_and_a_row_without_a_class()
    {
        IDataView empty = _ml.Data.LoadFromEnumerable(Array.Empty<Asked>());
        Assert.Empty(Apply().Fit(empty).Transform(empty).GetColumn<float[]>("sample"));
        IDataView view = _ml.Data.LoadFromEnumerable([new Asked { Label = "class-1" }, new Asked { Label = "" }]);
        Assert.Equal("row 2 has no value in label column 'Label'; remove such rows first",
            Assert.Throws<UserErrorException>(() => Apply().Fit(view).Transform(view).GetColumn<float[]>("sample").Count()).Message);
    }

    [Fact]
    public void Wrong_columns_are_named_by_Fit_alone_and_in_a_chain()
    {
        void Refused(string message, ApplyGeneratorEstimator estimator)
        {
            Assert.StartsWith(message, Assert.Throws<UserErrorException>(() => estimator.Fit(View())).Message, StringComparison.Ordinal);
            Assert.StartsWith(message, Assert.Throws<UserErrorException>(() => new EstimatorChain<ITransformer>().Append(estimator).Fit(View())).Message,
                StringComparison.Ordinal);
        }
        Refused("the data has no label column 'Class'; its columns are 'Label', 'Noise', 'Index'", Apply("Class"));
        Refused("label column 'Noise' is a vector of Single; expected is one class a row", Apply("Noise"));
        Refused("the data has no noise column 'z'", Apply(noise: "z"));
        Refused($"noise column 'Index' is Int32; generator {_path} takes a vector of Single of 3 numbers", Apply(noise: "Index"));
        Refused($"generator {_path} has classes ('class-0', 'class-1', 'class-2'); name the label column", Apply(null));
        Refused($"{_folder["none.onnx"]}: ", _ml.Transforms.ApplyGenerator(_folder["none.onnx"]));
    }

    [Fact]
    public void Without_steps_to_stand_for_it_it_is_not_saved_and_says_what_to_do()
    {
        ITransformer model = Apply().Fit(View());
        Assert.Equal("column 'sample' is generated by ApplyGenerator, and ML.NET lets only its own steps write into a model; "
            + "give it steps that stand for it there, with SavedAs(...), or save the model without it",
            Assert.Throws<UserErrorException>(() => _ml.Model.Save(model, View().Schema, new MemoryStream())).Message);
    }

    [Fact]
    public void Steps_that_make_something_else_do_not_stand_for_it()
    {
        void Refused(string message, ApplyGeneratorEstimator estimator) =>
            Assert.Equal(message, Assert.Throws<UserErrorException>(() => estimator.Fit(View(5))).Message);
        IEstimator<ITransformer> same = _ml.Transforms.Concatenate("sample", "Noise", "Noise"), shorter = _ml.Transforms.Concatenate("sample", "Noise");
        Refused("the latent vectors of column 'sample' are drawn, which no saved step can repeat; name a noise column", Apply().SavedAs(same));
        Refused("the steps given to SavedAs do not make a column 'sample' of 6 numbers of type Single", Apply(noise: "Noise").SavedAs(shorter));
        Refused("the steps given to SavedAs make other values of column 'sample' than the generator, first in row 1", Apply(noise: "Noise").SavedAs(same));
    }

    [Fact]
    public void Noise_that_is_no_number_is_named_by_row()
    {
        IDataView view = _ml.Data.LoadFromEnumerable([Rows(1)[0], new Asked { Label = "class-1", Noise = [0, float.NaN, 0] }]);
        Assert.Equal("noise column 'Noise' has NaN or infinity in row 2; replace such values first",
            Assert.Throws<UserErrorException>(() => Apply(noise: "Noise").Fit(view).Transform(view).GetColumn<float[]>("sample").Count()).Message);
    }

    [Fact]
    public void A_pass_over_a_million_rows_allocates_nothing_that_grows()
    {
        var row = new Asked { Label = "class-1", Noise = [1, 2, 3] };
        IDataView view = _ml.Data.LoadFromEnumerable(Enumerable.Repeat(row, 1_000_000));
        view = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(_ml.Data.LoadFromEnumerable(Rows(3))).Transform(view);
        IDataView made = Apply(noise: "Noise", batch: 256).Fit(view).Transform(view);
        using DataViewRowCursor cursor = made.GetRowCursor([made.Schema["sample"]]);
        ValueGetter<VBuffer<float>> sample = cursor.GetGetter<VBuffer<float>>(made.Schema["sample"]);
        VBuffer<float> value = default;
        long rows = 0, early = 0, late = 0;
        for (; cursor.MoveNext(); rows++)
        {
            sample(ref value);
            if (rows == 100_000)
                early = GC.GetAllocatedBytesForCurrentThread();
            if (rows == 200_000)
                early = GC.GetAllocatedBytesForCurrentThread() - early;
            if (rows == 899_999)
                late = GC.GetAllocatedBytesForCurrentThread();
        }
        late = GC.GetAllocatedBytesForCurrentThread() - late;
        Assert.Equal(1_000_000, rows);
        Assert.InRange(late, 0, early + (1 << 16)); // the last hundred thousand rows cost what the second did
    }
}
