namespace GanPipeline.MlNetIntegration.Tests;

public sealed class MemoryTests
{
    private readonly MLContext _ml = new(1);

    private UpsamplingTransformer Fit(IDataView view, long limit) =>
        new UpsamplingEstimator(_ml, "Label", "Features", Samples.Options(source: Resampler.Smote()) with { MemoryLimit = limit }).Fit(view);

    [Fact]
    public void Rows_above_the_limit_come_from_a_file_and_are_the_same()
    {
        IDataView view = _ml.WithFeatures();
        using UpsamplingTransformer small = Fit(view, 94 * 8), large = Fit(view, (94 * 8) - 1);
        IDataView inMemory = small.Transform(view), inFile = large.Transform(view);
        Assert.Equal(inMemory.GetColumn<float[]>("Features"), inFile.GetColumn<float[]>("Features"));
        Parallel.For(0, 4, _ => Assert.Equal(180, inFile.GetColumn<float[]>("Features").Count()));
        Assert.Equal(inMemory.GetColumn<string>("Note"), inFile.GetColumn<string>("Note"));
        small.Dispose();
        large.Dispose();
        Assert.Equal(180, inMemory.CountRows());
        Assert.Throws<ObjectDisposedException>(() => inFile.CountRows());
        Assert.Equal(86, large.Transform(_ml.WithFeatures()).CountRows());
    }

    [Fact]
    public void The_file_is_no_more_when_the_model_is_disposed()
    {
        var files = new TemporaryFiles("ganpipeline-rows-*.tmp");
        var model = _ml.Transforms.Concatenate("Features", "X", "Y")
            .AppendUpsampling(_ml, "Label", "Features", Samples.Options(source: Resampler.Smote()) with { MemoryLimit = 0 }).Fit(_ml.View());
        if (!OperatingSystem.IsWindows()) files.AssertNoneStays(); // where an open file can lose its name, it does at once
        model.Dispose();
        files.AssertNoneStays();
    }

    /// <summary>What finds something out about the added rows may fail, or be told to stop: their file is then no longer open.</summary>
    [Fact]
    public void The_file_is_closed_when_the_evaluation_fails()
    {
        var failing = new Failing();
        UpsamplingOptions options = Samples.Options(source: Resampler.Smote()) with { MemoryLimit = 0, Evaluation = failing };
        Assert.Throws<NotFiniteNumberException>(() => new UpsamplingEstimator(_ml, "Label", "Features", options).Fit(_ml.WithFeatures()));
        Assert.Throws<ObjectDisposedException>(() => failing.Read!());
    }

    private sealed record Failing : UpsamplingEvaluation
    {
        public Func<object>? Read { get; private set; }

        internal override void Check(FittedRows rows)
        {
        }

        internal override UpsamplingReport Complete(UpsamplingReport report, MLContext context, UpsamplingOptions options, FittedRows rows,
            GeneratedColumns added)
        {
            int enlarged = report.Classes.ToList().FindIndex(c => c.Added > 0);
            Read = () => ((GeneratedFeatures)added).FeaturesOf(enlarged, 1);
            Assert.NotEmpty((float[])Read());
            throw new NotFiniteNumberException();
        }
    }

    /// <summary>Also where a table's columns are generated, and before a generator is trained for them.</summary>
    [Fact]
    public void More_added_rows_than_there_can_be_are_refused_before_a_generator_is_opened()
    {
        Balance most = Balance.Counts(("rare", int.MaxValue), ("common", int.MaxValue));
        var options = new UpsamplingOptions { Resampler = new Unopened(), Balance = most, Seed = 1 };
        IDataView view = _ml.WithFeatures();
        foreach (Action fit in new Action[] { () => new UpsamplingEstimator(_ml, "Label", "Features", options).Fit(view),
            () => new UpsamplingEstimator(_ml, "Label", ["X", "Y"], options).Fit(view) })
            Assert.Contains($"and {Array.MaxLength} are possible; ask for fewer rows", Assert.Throws<UserErrorException>(fit).Message,
                StringComparison.Ordinal);
    }

    private sealed class Unopened : Resampler
    {
        internal override VectorGenerator Open(VectorRows rows, FitContext fit) => throw new InvalidOperationException("opened");

        internal override ColumnGenerator Open(TableRows rows, FitContext fit) => throw new InvalidOperationException("opened");
    }

    [Fact]
    public void A_pass_over_a_million_added_rows_allocates_nothing_that_grows()
    {
        IDataView view = _ml.WithFeatures();
        using UpsamplingTransformer fitted = new UpsamplingEstimator(_ml, "Label", "Features",
            Samples.Options(Balance.Counts(("rare", 1_000_006)), Resampler.Smote()) with { MemoryLimit = 1 << 20, Seed = 1 }).Fit(view);
        IDataView upsampled = fitted.Transform(view);
        using DataViewRowCursor cursor = upsampled.GetRowCursor([view.Schema["Features"]]);
        ValueGetter<VBuffer<float>> features = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        VBuffer<float> value = default;
        int rows = 0;
        long allocated = 0;
        for (; cursor.MoveNext(); rows++)
        {
            features(ref value);
            if (rows == 1000)
                allocated = GC.GetAllocatedBytesForCurrentThread();
        }
        Assert.Equal(1_000_086, rows);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 1 << 20);
    }
}
