using GanPipeline.Inference;
using GanPipeline.Inference.Tests;

namespace GanPipeline.MlNetIntegration.Tests;

/// <summary>Rows of a generator file as a view and as objects.</summary>
[Collection(nameof(Alone))]
public sealed class SessionRowsTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public sealed class Employee
    {
        public float Age { get; set; }

        public string Job { get; set; } = "";

        public bool Remote { get; set; }

        public bool Left { get; set; }
    }

    public sealed class Sample
    {
        public string Label { get; set; } = "";

        public float[] Features { get; set; } = [];
    }

    private sealed class Wider
    {
        [ColumnName("Age")]
        public double Years { get; set; }

        public string Left { get; set; } = "";

        [NoColumn]
        public int Unrelated { get; set; } = 5;
    }

    private sealed class Misnamed
    {
        public float Height { get; set; }
    }

    private sealed class Mistyped
    {
        public float[] Age { get; set; } = [];
    }

    private sealed class Narrow
    {
        public int Age { get; set; }
    }

    private GeneratorSession Table()
    {
        Employee[] rows = [.. Enumerable.Range(0, 90).Select(i => new Employee
        {
            Age = (i % 3 == 0 ? 50 : 20) + (i % 17) + 0.5f, Job = i % 5 == 0 ? "pilot" : "cook", Remote = i % 4 == 0, Left = i % 3 == 0,
        })];
        var training = new TableTraining { Steps = 20, BatchSize = 16, Hidden = [16], SaveTo = _folder["t.onnx"] };
        _ml.Transforms.Upsample(_ml, "Left", ["Age", "Job", "Remote"], Resampler.TrainTable(training)).Fit(_ml.Data.LoadFromEnumerable(rows)).Dispose();
        return GeneratorSession.Open(_folder["t.onnx"], new GeneratorSessionOptions { BatchSize = 8 });
    }

    private GeneratorSession Vectors(int classes = 3) => GeneratorSession.Open(
        _folder.Make("v.onnx", new TestModel { Classes = classes, SampleShape = [1, 2, 3] }.ToBytes()), new GeneratorSessionOptions { BatchSize = 4 });

    [Fact]
    public void Rows_of_a_table_have_its_columns_in_a_view_and_as_objects()
    {
        using GeneratorSession session = Table();
        IDataView view = session.Rows("True", 20, seed: 3);
        Assert.Equal(["Age:Double", "Job:String", "Remote:String", "Left:String"], view.Schema.Select(c => $"{c.Name}:{c.Type}"));
        Assert.Equal(20, view.GetRowCount());
        Assert.All(view.GetColumn<string>("Left"), c => Assert.Equal("True", c));
        Employee[] rows = [.. session.Rows<Employee>("True", 20, seed: 3)];
        Assert.Equal(view.GetColumn<double>("Age").Select(age => (float)age), rows.Select(r => r.Age));
        Assert.Equal(view.GetColumn<string>("Job"), rows.Select(r => r.Job));
        Assert.Equal(view.GetColumn<string>("Remote"), rows.Select(r => r.Remote ? "True" : "False"));
        Assert.All(rows, r => Assert.True(r.Left && r.Age is >= 20 and < 70 && r.Job is "cook" or "pilot"));
        Assert.Equal(rows.Take(5).Select(r => r.Age), session.Rows<Employee>("True", 5, seed: 3).Select(r => r.Age)); // however many are asked for
        Assert.NotEqual(rows.Select(r => r.Age), session.Rows<Employee>("True", 20, seed: 4).Select(r => r.Age));
        Assert.Equal(view.GetColumn<double>("Age"), session.Rows<Wider>("True", 20, seed: 3).Select(r => r.Years)); // all digits, not those of a Single
        Assert.All(session.Rows<Wider>("False", 3), r => Assert.Equal(("False", 5), (r.Left, r.Unrelated)));
    }

    [Fact]
    public void Rows_of_vectors_are_features_and_a_label_that_a_trainer_takes()
    {
        using GeneratorSession session = Vectors();
        IDataView view = session.Rows("class-1", 10);
        var type = Assert.IsType<VectorDataViewType>(view.Schema["Features"].Type);
        Assert.Equal([1, 2, 3], type.Dimensions);
        var expected = new float[60];
        session.Generate(0, 0, Enumerable.Repeat(1L, 10).ToArray(), expected);
        Assert.Equal(expected, view.GetColumn<float[]>("Features").SelectMany(f => f));
        Assert.Equal(expected, session.Rows<Sample>("class-1", 10).SelectMany(r => r.Features));
        Assert.All(session.Rows<Sample>("class-1", 10), r => Assert.Equal("class-1", r.Label));

        IDataView train = _ml.Data.LoadFromEnumerable(session.Rows<Sample>("class-0", 40).Concat(session.Rows<Sample>("class-2", 40)).ToArray(),
            view.Schema);
        ITransformer model = _ml.Transforms.Conversion.MapValueToKey("Label").Append(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy()).Fit(train);
        Assert.InRange(_ml.MulticlassClassification.Evaluate(model.Transform(train)).MacroAccuracy, 0.65, 1);
    }

    [Fact]
    public void Rows_are_generated_as_they_are_read()
    {
        using GeneratorSession session = Vectors();
        Assert.Equal(3, session.Rows<Sample>("class-0", long.MaxValue).Take(3).Count());
        Assert.Empty(session.Rows<Sample>("class-0", 0));
        IDataView view = session.Rows("class-0", 9);
        Assert.Equal(9, view.GetColumn<string>("Label").Count()); // no sample is needed for these
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        ValueGetter<DataViewRowId> id = cursor.GetIdGetter();
        DataViewRowId value = default;
        Assert.Throws<InvalidOperationException>(() => id(ref value));
        for (ulong i = 0; cursor.MoveNext(); i++)
        {
            id(ref value);
            Assert.Equal(i, value.Low);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Rows("class-0", -1));
    }

    [Fact]
    public void A_generator_without_classes_takes_none()
    {
        using GeneratorSession session = Vectors(classes: 0);
        IDataView view = session.Rows(null, 5);
        Assert.Equal("Features", Assert.Single(view.Schema).Name);
        Assert.Equal(5, view.GetColumn<float[]>("Features").Count());
        Assert.Equal("the generator has no classes, so rows of class 'a' cannot be asked for; give null for the class",
            Assert.Throws<UserErrorException>(() => session.Rows("a", 5)).Message);
    }

    [Fact]
    public void What_cannot_be_is_said()
    {
        using GeneratorSession vectors = Vectors(), table = Table();
        string Error(Func<object> act) => Assert.Throws<UserErrorException>(act).Message;
        Assert.Equal("the generator does not know class 'b'; its classes are 'class-0', 'class-1', 'class-2'", Error(() => vectors.Rows("b", 1)));
        Assert.Equal("no class is named; its classes are 'class-0', 'class-1', 'class-2'", Error(() => vectors.Rows(null, 1)));
        Assert.Equal("property 'Height' has the column 'Height', which the generator does not give; its columns are 'Age', 'Job', 'Remote', 'Left'; "
            + "give the property its name by ColumnName, or mark it NoColumn", Error(() => table.Rows<Misnamed>("True", 1)));
        Assert.EndsWith("and the generator's column 'Age' is Double; make it a number, a Boolean or text", Error(() => table.Rows<Mistyped>("True", 1)),
            StringComparison.Ordinal);
        Assert.Matches("^the generator gives '[0-9.]+' in column 'Age', which a column of Int32 cannot hold",
            Error(() => table.Rows<Narrow>("True", 1).ToArray()));
    }
}
