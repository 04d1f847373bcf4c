using GanPipeline.Inference;
using GanPipeline.Inference.Tests;

namespace GanPipeline.MlNetIntegration.Tests;

/// <summary>Generator files in ML.NET's own ONNX step, which ApplyGenerator replaces.</summary>
public sealed class OnnxModelTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly TemporaryFolder _folder = new();
    private readonly TestModel _model = new() { Classes = 3, SampleShape = [1, 2, 3], LatentSize = 3 };
    private readonly string _path;

    public OnnxModelTests() => _path = _folder.Make("g.onnx", _model.ToBytes());

    public void Dispose() => _folder.Dispose();

    private sealed class Row
    {
        public string Class { get; set; } = "";

        [VectorType(3)]
        [ColumnName("noise")]
        public float[] Noise { get; set; } = [];
    }

    private IDataView View(int rows = 200) => _ml.Data.LoadFromEnumerable([.. Enumerable.Range(0, rows).Select(i => new Row
    {
        Class = $"class-{i * 7 % 3}", Noise = [i * 0.01f, 1 - (i * 0.02f), -1],
    })]);

    /// <summary>Class names to the file's indices, and those to the vector of one that its label input needs.</summary>
    private IEstimator<ITransformer> Stock(string path)
    {
        using GeneratorSession session = GeneratorSession.Open(path);
        Dictionary<string, long> classes = session.Info.ClassNames.Select((name, i) => (name, i)).ToDictionary(c => c.name, c => (long)c.i);
        return _ml.Transforms.Conversion.MapValue("index", classes, "Class").Append(_ml.Transforms.Concatenate("label", "index"))
            .Append(_ml.Transforms.ApplyOnnxModel(["sample"], ["noise", "label"], path));
    }

    [Fact]
    public void Both_make_the_same_samples_of_a_generator_file()
    {
        IDataView view = View(), stock = Stock(_path).Fit(view).Transform(view);
        ApplyGeneratorEstimator ours = _ml.Transforms.ApplyGenerator(_path, labelColumnName: "Class", noiseColumnName: "noise");
        Assert.Equal([1, 1, 2, 3], ((VectorDataViewType)stock.Schema["sample"].Type).Dimensions);
        float[] expected = [.. stock.GetColumn<float[]>("sample").SelectMany(s => s)];
        Assert.Equal(200 * 6, expected.Length);
        Assert.All(expected.Zip(ours.Fit(view).Transform(view).GetColumn<float[]>("sample").SelectMany(s => s)), p => Assert.Equal(p.First, p.Second, 1e-3));
    }

    [Fact]
    public void A_saved_model_has_ML_NET_s_step_in_its_place_and_needs_no_file()
    {
        IDataView view = View();
        var chain = _ml.Transforms.ApplyGenerator(_path, labelColumnName: "Class", noiseColumnName: "noise").SavedAs(Stock(_path))
            .Append(_ml.Transforms.Concatenate("Features", "sample"));
        ITransformer model = chain.Fit(view);
        var file = new MemoryStream();
        _ml.Model.Save(model, view.Schema, file);
        float[] expected = [.. model.Transform(view).GetColumn<float[]>("Features").SelectMany(s => s)];
        File.Delete(_path);
        file.Position = 0;
        IDataView loaded = new MLContext(2).Model.Load(file, out _).Transform(view);
        Assert.All(expected.Zip(loaded.GetColumn<float[]>("Features").SelectMany(s => s)), p => Assert.Equal(p.First, p.Second, 1e-3));
        Assert.Equal(200, loaded.GetColumn<float[]>("Features").Count());
    }
}
