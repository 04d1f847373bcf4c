using GanPipeline.Inference.Tests;

namespace GanPipeline.MlNetIntegration.Tests;

/// <summary>Dropout draws from libtorch's one default generator, which other tests must not use meanwhile.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;

[Collection(nameof(Alone))]
public sealed class TableUpsamplingTests
{
    private const int Common = 90, Rare = 18;

    private static readonly string[] _columns = ["Age", "Income", "Children", "Married", "Job"];

    private static readonly TableTraining _short = new()
    {
        Settings =
        ["steps=20", "epochs=1", "batch=16", "generator.hidden=[16]", "discriminator.hidden=[16]", "discriminator.class_hidden=[16]"]
    };

    private readonly MLContext _ml = new(1);

    public sealed class Person
    {
        public float Age { get; set; }

        public double Income { get; set; }

        public int Children { get; set; }

        public bool Married { get; set; }

        public string Job { get; set; } = "";

        public string Note { get; set; } = "";

        public bool Leaves { get; set; }
    }

    /// <summary>Ages have whole years or are missing, incomes one digit; those who leave are older, and say so in a note.</summary>
    private static Person[] People() => [.. Enumerable.Range(0, Common + Rare).Select(i => new Person
    {
        Age = i % 11 == 0 ? float.NaN : (i < Common ? 20 : 50) + (i * 7 % 20), Income = 1000.5 + (i * 13 % 40 * 10.1), Children = i % 4, Married = i % 3 == 0,
        Job = i % 10 == 0 ? "" : new[] { "cook, baker", "pilot", "clerk" }[i % 3], Note = i < Common ? $"stays {i}" : $"leaves {i}", Leaves = i >= Common,
    })];

    private IDataView View() => _ml.Data.LoadFromEnumerable(People());

    private UpsamplingTransformer Fit(IDataView view, GeneratorSource source, params string[] columns) =>
        new TableUpsamplingEstimator(_ml, "Leaves", columns.Length > 0 ? columns : _columns, new UpsamplingOptions { Generator = source, Seed = 5 }).Fit(view);

    private Person[] Added(UpsamplingTransformer fitted) => [.. _ml.Data.CreateEnumerable<Person>(fitted.AddedRows, reuseRowObject: false)];

    private static void AreAlike(IEnumerable<Person> expected, IEnumerable<Person> actual) => Assert.Equal(
        expected.Select(p => (p.Age, p.Income, p.Children, p.Married, p.Job, p.Note, p.Leaves)),
            actual.Select(p => (p.Age, p.Income, p.Children, p.Married, p.Job, p.Note, p.Leaves)));

    [Fact]
    public void Added_rows_have_every_column_in_its_own_type()
    {
        IDataView view = View();
        UpsamplingTransformer fitted = Fit(view, GeneratorSource.TrainTable(_short));
        Person[] all = [.. _ml.Data.CreateEnumerable<Person>(fitted.Transform(view), reuseRowObject: false)], real = People(), added = all[real.Length..];
        AreAlike(real, all[..real.Length]);
        Assert.Equal(Common - Rare, added.Length);
        Assert.All(added, p =>
        {
            Assert.True(p.Leaves);
            Assert.True(float.IsNaN(p.Age) || (p.Age is >= 20 and < 70 && p.Age % 1 == 0), $"{p.Age} years");
            Assert.InRange(p.Income, 1000.5, 1394.4);
            Assert.Equal(Math.Round(p.Income, 1), p.Income); // the digits of the real ones, and not those of a Single
            Assert.InRange(p.Children, 0, 3);
            Assert.Contains(p.Job, (string[])["", "cook, baker", "pilot", "clerk"]);
            Assert.StartsWith("leaves ", p.Note, StringComparison.Ordinal); // not generated: that of a real row of the class
        });
        Assert.True(added.Select(p => p.Income).Distinct().Count() > 10 && added.Any(p => p.Married) && added.Any(p => !p.Married));
        Assert.Equal([Common, Common], fitted.Report.Classes.Select(c => c.After));
    }

    [Fact]
    public void The_file_that_it_keeps_makes_the_same_rows_and_so_does_the_seed()
    {
        using var folder = new TemporaryFolder();
        Person[] trained = Added(Fit(View(), GeneratorSource.TrainTable(_short with { SaveTo = folder["g.onnx"] })));
        AreAlike(trained, Added(Fit(View(), GeneratorSource.FromFile(folder["g.onnx"]))));
        AreAlike(trained, Added(Fit(View(), GeneratorSource.TrainTable(_short))));
        // A column that is not named has a real row's value, though the generator could make it.
        HashSet<double> real = [.. People().Where(p => p.Leaves).Select(p => p.Income)];
        Assert.All(Added(Fit(View(), GeneratorSource.FromFile(folder["g.onnx"]), "Age", "Job")), p => Assert.Contains(p.Income, real));
        string message = Assert.Throws<UserErrorException>(() => Fit(_ml.WithFeatures(), GeneratorSource.FromFile(folder["g.onnx"]))).Message;
        Assert.Contains("the data has no label column 'Leaves'", message, StringComparison.Ordinal);
        message = Assert.Throws<UserErrorException>(() => new UpsamplingEstimator(_ml, "Label", "Features",
            Samples.Options(source: GeneratorSource.FromFile(folder["g.onnx"]))).Fit(_ml.WithFeatures())).Message;
        Assert.Contains("g.onnx", message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_chain_rows_are_added_to_training_alone()
    {
        IDataView view = View();
        var chain = new EstimatorChain<ITransformer>()
            .AppendUpsampling(_ml, "Leaves", _columns, new UpsamplingOptions { Generator = GeneratorSource.TrainTable(_short), Seed = 5 })
            .Append(_ml.Transforms.Concatenate("Features", "Age"));
        TransformerChain<ColumnConcatenatingTransformer> model = chain.Fit(view);
        Assert.Equal(Common + Rare, model.Transform(_ml.Data.LoadFromEnumerable(People())).GetColumn<float>("Age").Count());
        Assert.Equal(Common - Rare, model.OfType<UpsamplingTransformer>().Single().Report.Added);
        Assert.Single(model.GetModelFor(TransformerScope.Scoring));
    }

    [Fact]
    public void A_value_that_the_type_cannot_hold_is_said()
    {
        using var folder = new TemporaryFolder();
        Fit(View(), GeneratorSource.TrainTable(_short with { SaveTo = folder["g.onnx"] }));
        IDataView other = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 30).Select(i => new { Income = i, Leaves = i % 5 == 0 }).ToArray());
        string message = Assert.Throws<UserErrorException>(() => Fit(other, GeneratorSource.FromFile(folder["g.onnx"]), "Income")).Message;
        Assert.Matches(
            @"^generator .*g\.onnx makes '1[0-9.]+' in column 'Income', which a column of Int32 cannot hold; use the type that the generator was trained on$",
            message);
    }

    [Fact]
    public void What_makes_no_sense_is_said()
    {
        using var folder = new TemporaryFolder();
        UpsamplingOptions Options(GeneratorSource source) => new() { Generator = source };
        string Error(Action act) => Assert.Throws<UserErrorException>(act).Message;
        Assert.Equal("this generator source makes vectors of numbers, and columns of a table are wanted; "
            + "use FromFile with a generator that was trained on a table, or GeneratorSource.TrainTable() of GanPipeline.MlNet.Training",
            Error(() => Fit(View(), GeneratorSource.Smote())));
        Assert.StartsWith("GeneratorSource.TrainTable() makes columns of a table, and 'Features' is one column of vectors;",
            Error(() => new UpsamplingEstimator(_ml, "Label", "Features", Samples.Options(source: GeneratorSource.TrainTable())).Fit(_ml.WithFeatures())),
                StringComparison.Ordinal);
        Assert.Equal("the data has no table column 'Height'; its columns are 'Age', 'Income', 'Children', 'Married', 'Job', 'Note', 'Leaves'",
            Error(() => Fit(View(), GeneratorSource.TrainTable(_short), "Height")));
        Assert.Equal("column 'Age' is named twice; the label and each column that is to be generated are named once",
            Error(() => Fit(View(), GeneratorSource.TrainTable(_short), "Age", "Age")));
        Assert.StartsWith("column 'Tags' is a vector of String of unknown size; generated can be numbers, Booleans and text", Error(() =>
            new TableUpsamplingEstimator(_ml, "Label", ["Tags"], Options(GeneratorSource.TrainTable(_short))).Fit(_ml.View())), StringComparison.Ordinal);
        Assert.StartsWith("UpsamplingOptions.Judge and CompareFolds are for one column of vectors", Error(() =>
            _ = new TableUpsamplingEstimator(_ml, "Leaves", _columns, Options(GeneratorSource.TrainTable(_short)) with { Judge = true })),
                StringComparison.Ordinal);
        Assert.Contains("'stepps'", Error(() => GeneratorSource.TrainTable(new TableTraining { Settings = ["stepps=3"] })), StringComparison.Ordinal);
    }
}
