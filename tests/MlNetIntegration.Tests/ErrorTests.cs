using GanPipeline.Inference.Tests;

namespace GanPipeline.MlNetIntegration.Tests;

public sealed class ErrorTests
{
    private readonly MLContext _ml = new(1);

    private string Error(IDataView view, string label = "Label", string features = "Features", UpsamplingOptions? options = null)
    {
        var estimator = new UpsamplingEstimator(_ml, label, features, options ?? Samples.Options());
        string message = Assert.Throws<UserErrorException>(() => estimator.Fit(view)).Message;
        Assert.Equal(message, ErrorInChain(view, label, features, options));
        return message;
    }

    private string ErrorInChain(IDataView view, string label, string features, UpsamplingOptions? options) => Assert.Throws<UserErrorException>(() =>
        new EstimatorChain<ITransformer>().AppendUpsampling(_ml, label, features, options ?? Samples.Options()).Fit(view)).Message;

    private IDataView View(Action<List<Row>> change)
    {
        List<Row> rows = Samples.Rows();
        change(rows);
        return _ml.WithFeatures(_ml.Data.LoadFromEnumerable(rows));
    }

    [Fact]
    public void A_missing_column_is_named_with_those_that_there_are()
    {
        const string columns = "its columns are 'X', 'Y', 'Label', 'Group', 'Note', 'Tags', 'Rare', 'Number'";
        Assert.StartsWith($"the data has no label column 'Class'; {columns}", Error(_ml.WithFeatures(), label: "Class"), StringComparison.Ordinal);
        Assert.Equal($"the data has no features column 'Features'; {columns}", Error(_ml.View()));
    }

    [Fact]
    public void A_column_of_the_wrong_type_is_named_with_what_was_expected()
    {
        Assert.Equal("label column 'Tags' is a vector of String of unknown size; expected is one class a row: a key, text, a Boolean or a number",
            Error(_ml.WithFeatures(), label: "Tags"));
        Assert.Equal("label column 'Features' is a vector of Single; expected is one class a row: a key, text, a Boolean or a number",
            Error(_ml.WithFeatures(), label: "Features"));
        const string expected = "up-sampling expects a vector of Single of known size, such as Concatenate makes";
        Assert.Equal($"features column 'X' is Single; {expected}", Error(_ml.WithFeatures(), features: "X"));
        Assert.Equal($"features column 'Tags' is a vector of String of unknown size; {expected}", Error(_ml.WithFeatures(), features: "Tags"));
    }

    [Fact]
    public void A_wrong_column_is_found_before_anything_is_fitted()
    {
        var source = new FakeSource();
        var chain = new EstimatorChain<ITransformer>().Append(new Fails()).AppendUpsampling(_ml, "Class", "Features", Samples.Options(source: source));
        Assert.Throws<UserErrorException>(() => chain.Fit(_ml.WithFeatures()));
        Assert.Equal(0, source.Opened);
    }

    private sealed class Fails : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input) => throw new NotSupportedException();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "infinity")]
    public void Features_that_are_no_numbers_are_named_by_row(float value, string name) =>
        Assert.Equal($"features column 'Features' has {name} in row 12; replace missing values before up-sampling", Error(View(rows => rows[11].Y = value)));

    [Fact]
    public void Features_shorter_than_their_type_says_are_named_by_row()
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(Scored));
        IDataView view = _ml.Data.LoadFromEnumerable([new Scored { Label = "rare", Features = [1, 2] }, new Scored { Label = "common", Features = [1] }],
            definition);
        Assert.Equal("features column 'Features' has 1 numbers in row 2, its type says 2; the step that makes it is wrong", Error(view));
    }

    [Fact]
    public void No_rows_and_no_labels()
    {
        Assert.Equal("the training data has no rows; give at least one row of each class", Error(View(rows => rows.Clear())));
        Assert.Equal("none of the 86 training rows has a value in label column 'Label'", Error(View(rows => rows.ForEach(r => r.Label = ""))));
    }

    [Fact]
    public void One_class_only()
    {
        IDataView view = View(rows => rows.RemoveAll(r => r.Label != "rare"));
        Assert.Equal("column 'Label' has one class only ('rare', 6 rows), so there is nothing to balance; use Balance.Counts to enlarge it", Error(view));
        Assert.Equal(9, new UpsamplingEstimator(_ml, "Label", "Features", Samples.Options(Balance.Counts(("rare", 9)))).Fit(view).Transform(view).CountRows());
    }

    [Fact]
    public void A_class_with_one_row_is_no_error()
    {
        IDataView view = View(rows => rows.RemoveAll(r => r.Label == "rare" && r.X != rows.First(f => f.Label == "rare").X));
        Assert.Equal(180, new UpsamplingEstimator(_ml, "Label", "Features", Samples.Options()).Fit(view).Transform(view).CountRows());
    }

    [Fact]
    public void A_balance_that_cannot_be()
    {
        Assert.Equal("the balance names class 'rar', which column 'Label' does not have; its classes are 'common', 'middle', 'rare'",
            Sorted(Error(_ml.WithFeatures(), options: Samples.Options(Balance.Counts(("rar", 100))))));
        Assert.Equal("the balance asks for 59 rows of class 'common', which has 60 already; ask for at least as many, since up-sampling only adds rows",
            Error(_ml.WithFeatures(), options: Samples.Options(Balance.Counts(("common", 59)))));
        Assert.Equal("class 'a' is named twice in the balance; name it once", Assert.Throws<UserErrorException>(() => Balance.Counts(("a", 1), ("a", 2)))
            .Message);
        foreach (double ratio in new[] { 0, -1, 1.01, double.NaN })
        {
            string message = Assert.Throws<UserErrorException>(() => Balance.Ratio(ratio)).Message;
            Assert.EndsWith("makes no sense; give a number above 0 and at most 1", message, StringComparison.Ordinal);
        }

        static string Sorted(string message)
        {
            int list = message.IndexOf("are ", StringComparison.Ordinal) + 4;
            return message[..list] + string.Join(", ", message[list..].Split(", ").Order());
        }
    }

    [Fact]
    public void A_generator_that_does_not_fit()
    {
        Assert.Equal("the fake gives 3 numbers a row, but features column 'Features' has 2; use a generator that was trained on these features",
            Error(_ml.WithFeatures(), options: Samples.Options(source: new FakeSource { FeatureCount = 3 })));
        Assert.Equal("the fake does not know class 'rare' of column 'Label'; its classes are 'middle', 'common'",
            Error(_ml.WithFeatures(), options: Samples.Options(source: new FakeSource("middle", "common"))));
        var unused = new FakeSource("rare", "middle");
        Assert.Equal(180, _ml.Upsampled(Samples.Options(source: unused)).CountRows());
    }

    private sealed class Broken(double number, string category) : RowResampler
    {
        public override string Name => "the broken";

        protected internal override RowGenerator Fit(ClassRows rows) => new Rows(number, category);

        private sealed class Rows(double number, string category) : RowGenerator
        {
            public override void Generate(ulong seed, long index, Span<double> numbers, Span<string> categories)
            {
                numbers.Fill(number);
                categories.Fill(category);
            }
        }
    }

    [Fact]
    public void A_resampler_of_ones_own_that_generates_what_a_column_cannot_hold()
    {
        foreach ((double number, string text) in new[] { (double.NaN, "NaN"), (1e300, "Infinity") })
        {
            Assert.Matches($"^the broken gives {text} as number 0 of a row of class '(rare|middle)', which no feature can be; mend the resampler$",
                Error(_ml.WithFeatures(), options: Samples.Options(source: new Broken(number, ""))));
        }
        string OfColumns(double number, string category, params string[] columns) => Assert.Throws<UserErrorException>(() =>
            _ml.Transforms.Upsample(_ml, "Label", columns, new Broken(number, category)).Fit(_ml.View())).Message;
        Assert.StartsWith("the broken gives rows without a value in column 'Group', which a column of Int32 cannot hold", OfColumns(double.NaN, "", "Group"),
            StringComparison.Ordinal);
        Assert.StartsWith("the broken gives '1E+300' in column 'Group', which a column of Int32 cannot hold", OfColumns(1e300, "", "Group"),
            StringComparison.Ordinal);
        Assert.StartsWith("the broken gives 'maybe' in column 'Rare', which a column of Boolean cannot hold", OfColumns(0, "maybe", "Rare", "X"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_generator_without_classes()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Make("g.onnx", new TestModel { Classes = 0, SampleShape = [2] }.ToBytes());
        string message = Error(_ml.WithFeatures(), options: Samples.Options(source: Resampler.FromFile(path)));
        Assert.StartsWith($"generator {path} does not know class '", message, StringComparison.Ordinal);
        Assert.EndsWith("' of column 'Label'; it was trained without classes, so train a conditional generator", message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_rows_than_are_possible() =>
        Assert.Equal("the balance asks for 4294967268 added rows, and 2147483591 are possible; ask for fewer rows",
            Error(_ml.WithFeatures(), options: Samples.Options(Balance.ToCount(int.MaxValue).AtMost(("common", 1)))));

    [Fact]
    public void Training_data_that_changes_while_it_is_in_use()
    {
        List<Row> rows = Samples.Rows();
        IDataView view = _ml.WithFeatures(_ml.Data.LoadFromEnumerable(rows));
        IDataView upsampled = new UpsamplingEstimator(_ml, "Label", "Features", Samples.Options()).Fit(view).Transform(view);
        rows.RemoveAt(0);
        Assert.Equal("the training data had 86 rows when it was fitted and has 85 now; do not change it while it is in use",
            Assert.Throws<UserErrorException>(() => upsampled.GetColumn<string>("Note").Count()).Message);
    }
}
