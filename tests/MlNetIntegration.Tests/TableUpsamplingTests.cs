using GanPipeline.Export;
using GanPipeline.Inference.Tests;
using GanPipeline.Training;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;

namespace GanPipeline.MlNetIntegration.Tests;

/// <summary>Dropout draws from libtorch's one default generator, which other tests must not use meanwhile.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;

[Collection(nameof(Alone))]
public sealed class TableUpsamplingTests
{
    private const int Common = 90, Rare = 18;

    private static readonly string[] _columns = ["Age", "Income", "Children", "Married", "Job"];

    private static readonly TableTraining _short = new() { Steps = 20, BatchSize = 16, Hidden = [16] };

    private readonly MLContext _ml = new(1);

    public sealed class Person
    {
        public float Age { get; set; }

        public double Income { get; set; }

        public int Children { get; set; }

        public long Id { get; set; }

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

    private UpsamplingTransformer Fit(IDataView view, Resampler source, params string[] columns) =>
        new UpsamplingEstimator(_ml, "Leaves", columns.Length > 0 ? columns : _columns, new UpsamplingOptions { Resampler = source, Seed = 5 }).Fit(view);

    private Person[] Added(UpsamplingTransformer fitted) => [.. _ml.Data.CreateEnumerable<Person>(fitted.AddedRows, reuseRowObject: false)];

    private static void AreAlike(IEnumerable<Person> expected, IEnumerable<Person> actual) => Assert.Equal(
        expected.Select(p => (p.Age, p.Income, p.Children, p.Married, p.Job, p.Note, p.Leaves)),
            actual.Select(p => (p.Age, p.Income, p.Children, p.Married, p.Job, p.Note, p.Leaves)));

    [Fact]
    public void Added_rows_have_every_column_in_its_own_type()
    {
        IDataView view = View();
        UpsamplingTransformer fitted = Fit(view, Resampler.TrainTable(_short));
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
        Person[] trained = Added(Fit(View(), Resampler.TrainTable(_short with { SaveTo = folder["g.onnx"] })));
        AreAlike(trained, Added(Fit(View(), Resampler.FromFile(folder["g.onnx"]))));
        AreAlike(trained, Added(Fit(View(), Resampler.TrainTable(_short))));
        // A column that is not named has a real row's value, though the generator could make it.
        HashSet<double> real = [.. People().Where(p => p.Leaves).Select(p => p.Income)];
        Assert.All(Added(Fit(View(), Resampler.FromFile(folder["g.onnx"]), "Age", "Job")), p => Assert.Contains(p.Income, real));
        string message = Assert.Throws<UserErrorException>(() => Fit(_ml.WithFeatures(), Resampler.FromFile(folder["g.onnx"]))).Message;
        Assert.Contains("the data has no label column 'Leaves'", message, StringComparison.Ordinal);
        message = Assert.Throws<UserErrorException>(() => new UpsamplingEstimator(_ml, "Label", "Features",
            Samples.Options(source: Resampler.FromFile(folder["g.onnx"]))).Fit(_ml.WithFeatures())).Message;
        Assert.Matches(@"onnx: it generates rows of a table with the columns 'Age'.*; name these columns instead \(AppendUpsampling\(ml, label, \[""column""",
            message);
    }

    /// <summary>IDs and free text, which training dropped: a donor's would name a row twice.</summary>
    [Fact]
    public void Columns_that_the_generator_was_not_trained_on_are_empty_in_added_rows_and_that_is_said()
    {
        using var folder = new TemporaryFolder();
        string csv = folder["people.csv"];
        File.WriteAllLines(csv, ["Age,Id,Note,Leaves", .. People().Select((p, i) => FormattableString.Invariant($"{20 + i % 40},{i},{p.Note},{p.Leaves}"))]);
        RunOptions options = Preset.Load("table", null, ["data.label=Leaves", "batch=16", "steps=2", "epochs=1", "generator.hidden=[8]"]);
        using (Dataset data = options.Data.Load(csv, DataSplit.Train, 1))
        using (var trainer = new Trainer(options, data, TorchSharp.torch.CPU))
        {
            trainer.Train(2, _ => { }, CancellationToken.None);
            GeneratorExporter.Export(trainer.Sampler, new GeneratorMetadata { System = "table" }, folder["g.onnx"]);
        }
        UpsamplingTransformer fitted = Fit(View(), Resampler.FromFile(folder["g.onnx"]), "Age", "Id", "Note");
        Assert.All(Added(fitted), p => Assert.Equal((0, ""), (p.Id, p.Note)));
        Assert.All(Added(fitted), p => Assert.InRange(p.Age, 20, 59));
        Assert.Equal(["Id", "Note"], fitted.Report.Empty);
        Assert.Contains("added rows have no value in Id, Note: the generator was not trained on them", fitted.Report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_makes_vectors_says_which_overload_takes_it()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Make("v.onnx", new TestModel { Classes = 2, SampleShape = [2] }.ToBytes());
        string message = Assert.Throws<UserErrorException>(() => Fit(View(), Resampler.FromFile(path))).Message;
        Assert.Contains("columns of a table are wanted; name the one features column of vectors instead of a list of columns", message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Smote_makes_rows_of_columns_between_those_of_neighbours()
    {
        UpsamplingTransformer fitted = Fit(View(), Resampler.Smote(3));
        Person[] added = Added(fitted), real = [.. People().Where(p => p.Leaves)];
        Assert.Equal("SMOTE-NC with 3 neighbours", fitted.Report.Resampler);
        Assert.Equal(Common - Rare, added.Length);
        Assert.All(added, p =>
        {
            Assert.True(p.Leaves);
            Assert.True(float.IsNaN(p.Age) || p.Age is >= 50 and < 70, $"{p.Age} years");
            Assert.InRange(p.Income, real.Min(r => r.Income), real.Max(r => r.Income));
            Assert.InRange(p.Children, 0, 3);
            Assert.Contains(p.Job, real.Select(r => r.Job));
            Person donor = Assert.Single(real, r => r.Note == p.Note); // what is not generated is the row's that it starts from
            Assert.True(donor.Leaves);
        });
        Assert.InRange(added.Select(p => p.Income).Distinct().Count(), 50, 72); // new numbers, and whole ones in between are rounded
        Assert.InRange(added.Count(p => p.Income is var i && real.All(r => r.Income != i)), 40, 72);
        AreAlike(added, Added(Fit(View(), Resampler.Smote(3))));
    }

    [Fact]
    public void Smote_of_columns_without_categories_and_of_categories_alone()
    {
        Assert.Equal("SMOTE with 5 neighbours", Fit(View(), Resampler.Smote(), "Age", "Income", "Children").Report.Resampler);
        Person[] added = Added(Fit(View(), Resampler.Smote(), "Job", "Married"));
        Assert.All(added, p => Assert.Contains(p.Income, People().Where(r => r.Leaves).Select(r => r.Income))); // not generated: a real row's
        string message = Assert.Throws<UserErrorException>(() => Fit(View(), Resampler.Smote(18))).Message;
        Assert.Equal("class 'True' of column 'Leaves' has 18 rows, too few for SMOTE with 18 neighbours; use Resampler.Smote(17) or fewer", message);
    }

    /// <summary>Combinations of categories, the missing age among them, are those of real rows; numbers stay in the columns' ranges.</summary>
    [Fact]
    public void Local_gaussians_make_rows_of_columns_with_whole_combinations()
    {
        UpsamplingTransformer fitted = Fit(View(), Resampler.LocalGaussians());
        Person[] added = Added(fitted), people = People(), real = [.. people.Where(p => p.Leaves)];
        Assert.Equal("MGS-GRF", fitted.Report.Resampler);
        Assert.Equal("MGS", Fit(View(), Resampler.LocalGaussians(), "Income", "Children").Report.Resampler);
        Assert.Equal(Common - Rare, added.Length);
        HashSet<(bool, string, bool)> combinations = [.. real.Select(p => (p.Married, p.Job, float.IsNaN(p.Age)))];
        Assert.All(added, p =>
        {
            Assert.True(p.Leaves);
            Assert.Contains((p.Married, p.Job, float.IsNaN(p.Age)), combinations);
            Assert.True(float.IsNaN(p.Age) || p.Age is >= 20 and <= 69, $"{p.Age} years");
            Assert.InRange(p.Income, people.Min(r => r.Income), people.Max(r => r.Income));
            Assert.InRange(p.Children, 0, 3);
            Assert.True(Assert.Single(real, r => r.Note == p.Note).Leaves);
        });
        Assert.InRange(added.Count(p => p.Income is var i && real.All(r => r.Income != i)), 60, 72);
        AreAlike(added, Added(Fit(View(), Resampler.LocalGaussians())));
    }

    [Fact]
    public void Random_over_sampling_repeats_whole_rows_exactly()
    {
        Person[] people = People();
        foreach (Person p in people)
            (p.Id, p.Income) = (long.MaxValue - p.Children, p.Income + 1e-9); // no double and no Single holds these
        IDataView view = _ml.Data.LoadFromEnumerable(people);
        UpsamplingTransformer fitted = Fit(view, Resampler.RandomOversampling(), [.. _columns, "Id"]);
        Assert.Equal("random over-sampling", fitted.Report.Resampler);
        Person[] added = Added(fitted);
        Assert.Equal(Common - Rare, added.Length);
        Assert.All(added, p =>
        {
            Person real = Assert.Single(people, r => r.Note == p.Note);
            Assert.Equal(real.Id, p.Id);
            AreAlike([real], [p]);
        });
        Assert.InRange(added.Select(p => p.Note).Distinct().Count(), 10, Rare);
    }

    [Fact]
    public void In_a_chain_rows_are_added_to_training_alone()
    {
        IDataView view = View();
        var chain = new EstimatorChain<ITransformer>()
            .AppendUpsampling(_ml, "Leaves", _columns, new UpsamplingOptions { Resampler = Resampler.TrainTable(_short), Seed = 5 })
            .Append(_ml.Transforms.Concatenate("Features", "Age"));
        TransformerChain<ColumnConcatenatingTransformer> model = chain.Fit(view);
        Assert.Equal(Common + Rare, model.Transform(_ml.Data.LoadFromEnumerable(People())).GetColumn<float>("Age").Count());
        Assert.Equal(Common - Rare, model.OfType<UpsamplingTransformer>().Single().Report.Added);
        Assert.Equal(Common + Rare, model.Transform(view).GetColumn<float>("Age").Count()); // also of the view that it was fitted on
    }

    [Fact]
    public void A_value_that_the_type_cannot_hold_is_said()
    {
        using var folder = new TemporaryFolder();
        Fit(View(), Resampler.TrainTable(_short with { SaveTo = folder["g.onnx"] }));
        IDataView other = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 30).Select(i => new { Income = i, Leaves = i % 5 == 0 }).ToArray());
        string message = Assert.Throws<UserErrorException>(() => Fit(other, Resampler.FromFile(folder["g.onnx"]), "Income")).Message;
        Assert.Matches(
            @"^generator .*g\.onnx gives '1[0-9.]+' in column 'Income', which a column of Int32 cannot hold; use the type that the generator was trained on$",
            message);
    }

    [Fact]
    public void What_makes_no_sense_is_said()
    {
        using var folder = new TemporaryFolder();
        UpsamplingOptions Options(Resampler source) => new() { Resampler = source };
        string Error(Action act) => Assert.Throws<UserErrorException>(act).Message;
        Assert.StartsWith("Resampler.Train() generates a column of vectors, and columns of a table are wanted; use Resampler.TrainTable()",
            Error(() => Fit(View(), Resampler.Train())), StringComparison.Ordinal);
        Assert.StartsWith("Resampler.TrainTable() generates columns of a table, and 'Features' is one column of vectors;",
            Error(() => new UpsamplingEstimator(_ml, "Label", "Features", Samples.Options(source: Resampler.TrainTable())).Fit(_ml.WithFeatures())),
                StringComparison.Ordinal);
        Assert.Equal("the data has no table column 'Height'; its columns are 'Age', 'Income', 'Children', 'Id', 'Married', 'Job', 'Note', 'Leaves'",
            Error(() => Fit(View(), Resampler.TrainTable(_short), "Height")));
        Assert.Equal("column 'Age' is named twice; the label and each column that is to be generated are named once",
            Error(() => Fit(View(), Resampler.TrainTable(_short), "Age", "Age")));
        Assert.StartsWith("column 'Tags' is a vector of String of unknown size; generated can be numbers, Booleans and text", Error(() =>
            new UpsamplingEstimator(_ml, "Label", ["Tags"], Options(Resampler.TrainTable(_short))).Fit(_ml.View())), StringComparison.Ordinal);
        Assert.StartsWith("UpsamplingOptions.EvaluateRows and CompareFolds are for one column of vectors", Error(() =>
            _ = new UpsamplingEstimator(_ml, "Leaves", _columns, Options(Resampler.TrainTable(_short)) with { EvaluateRows = true })),
                StringComparison.Ordinal);
        Assert.Equal("TableTraining.Steps is 0; give at least 1", Error(() => _ = new TableTraining { Steps = 0 }));
        Assert.Equal("TableTraining.BatchSize is 1; give at least 2", Error(() => _ = new TableTraining { BatchSize = 1 }));
        Assert.Equal("TableTraining.LearningRate is 0; give a number above 0", Error(() => _ = new TableTraining { LearningRate = 0 }));
        Assert.Equal("TableTraining.Hidden is [16, 0]; give 1 to 64 layers, each 1 to 1000000 wide", Error(() => _ = new TableTraining { Hidden = [16, 0] }));
        Assert.StartsWith("TableTraining.Anchors is -1; give a number from 0", Error(() => _ = new TableTraining { Anchors = -1 }), StringComparison.Ordinal);
    }
}
