namespace GanPipeline.MlNetFacts.Tests;

/// <summary>What ML.NET asks of views and cursors that are not its own: what UpsampledDataView, GeneratedDataView and their cursors keep to.</summary>
public sealed class CursorFacts
{
    private sealed class Vectors
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }

    /// <summary>Another view's rows, by one cursor whatever number is asked for, and with any claim of how many they are.</summary>
    private sealed class External(IDataView source, long? rowCount) : IDataView
    {
        public bool CanShuffle => false;

        public DataViewSchema Schema => source.Schema;

        public long? GetRowCount() => rowCount;

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => source.GetRowCursor(columnsNeeded);

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
            [GetRowCursor(columnsNeeded)];
    }

    private readonly MLContext _ml = new(1);

    /// <summary>UpsampledDataView gives one.</summary>
    [Fact]
    public void A_cursor_set_may_be_one_cursor_whatever_number_is_asked_for()
    {
        var external = new External(_ml.View(110), null);
        IDataView view = _ml.Transforms.Concatenate("Features", "X", "Y").Fit(external).Transform(external);
        int rows = 0;
        foreach (DataViewRowCursor cursor in view.GetRowCursorSet([view.Schema["Features"]], 4))
        {
            while (cursor.MoveNext())
                rows++;
        }
        Assert.Equal(110, rows);
    }

    /// <summary>So UpsampledDataView counts its rows exactly.</summary>
    [Fact]
    public void A_cache_believes_the_row_count()
    {
        int Cached(long? count) => _ml.Data.Cache(new External(_ml.View(110), count)).Count();
        Assert.Equal(110, Cached(null));
        Assert.Equal(100, Cached(100)); // ten rows are gone
        Assert.Throws<IndexOutOfRangeException>(() => Cached(120));
    }

    /// <summary>So added rows have a value in every column, and TrainingRows refuses features of another length than their type has.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_vector_that_is_shorter_than_its_type_goes_unnoticed_until_something_concatenates(int length)
    {
        IDataView view = _ml.Data.LoadFromEnumerable([new Vectors { Features = new float[length] }]);
        Assert.Equal(length, view.GetColumn<float[]>("Features").Single().Length);
        Assert.Throws<InvalidOperationException>(() =>
            _ml.Transforms.Concatenate("More", "Features", "Features").Fit(view).Transform(view).GetColumn<float[]>("More").Count());
    }

    [Fact]
    public void A_cursor_is_at_minus_1_before_and_behind_its_rows_and_refuses_other_types_and_columns_that_were_not_asked_for()
    {
        IDataView view = _ml.View(2);
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["X"]]);
        Assert.ThrowsAny<ArgumentException>(() => cursor.GetGetter<float>(view.Schema["Y"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<double>(view.Schema["X"]));
        Assert.Equal(-1, cursor.Position);
        Assert.Equal([(true, 0), (true, 1), (false, -1), (false, -1)], Enumerable.Range(0, 4).Select(_ => (cursor.MoveNext(), cursor.Position)));
    }
}
