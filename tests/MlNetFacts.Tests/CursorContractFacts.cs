namespace GanPipeline.MlNetFacts.Tests;

public sealed class CursorContractFacts
{
    private readonly MLContext _ml = new(1);

    private IDataView Broken(Func<AddedRowsView, AddedRowsView> change, int rows = 100, int added = 10)
    {
        IDataView source = _ml.Transforms.Concatenate("Features", "X", "Y").Fit(_ml.View(rows)).Transform(_ml.View(rows));
        return new RowAdder(added) { Break = change }.Fit(source).Transform(source);
    }

    private IDataView Concatenated(IDataView view) => _ml.Transforms.Concatenate("More", "Features", "X").Fit(view).Transform(view);

    [Fact]
    public void A_cursor_set_of_one_cursor_is_fine()
    {
        IDataView view = Concatenated(Broken(v => v));
        DataViewRowCursor[] cursors = view.GetRowCursorSet([view.Schema["More"]], 4);
        int rows = 0;
        foreach (DataViewRowCursor cursor in cursors)
        {
            while (cursor.MoveNext())
                rows++;
        }
        Assert.Equal(110, rows);
    }

    [Fact]
    public void A_cursor_set_that_is_null_or_throws_fails_in_Concatenate()
    {
        IDataView none = Concatenated(Broken(v => v with { CursorSet = (_, _) => null! }));
        Assert.ThrowsAny<Exception>(() => none.GetRowCursorSet([none.Schema["More"]], 4));
        IDataView throwing = Concatenated(Broken(v => v with { CursorSet = (_, _) => throw new NotSupportedException() }));
        Assert.ThrowsAny<Exception>(() => throwing.GetRowCursorSet([throwing.Schema["More"]], 4));
    }

    [Fact]
    public void An_unknown_row_count_is_fine_with_a_cache() => Assert.Equal(110, _ml.Data.Cache(Broken(v => v)).GetColumn<float>("X").Count());

    [Fact]
    public void With_too_low_a_row_count_a_cache_drops_the_added_rows()
    {
        IDataView cache = _ml.Data.Cache(Broken(v => v with { RowCount = () => 100 }));
        Assert.Equal(100, cache.GetColumn<float>("X").Count());
    }

    [Fact]
    public void With_too_high_a_row_count_a_cache_reads_beyond_its_end()
    {
        IDataView cache = _ml.Data.Cache(Broken(v => v with { RowCount = () => 120 }));
        Assert.Throws<IndexOutOfRangeException>(() => cache.GetColumn<float>("X").Count());
    }

    [Fact]
    public void An_equal_but_rebuilt_schema_is_fine()
    {
        IDataView view = Concatenated(Broken(v =>
        {
            var schema = new DataViewSchema.Builder();
            schema.AddColumns(v.Source.Schema);
            return v with { Schema = schema.ToSchema() };
        }));
        Assert.Equal(110, view.GetColumn<float[]>("More").Count());
    }

    [Fact]
    public void An_empty_vector_for_a_fixed_size_column_makes_a_later_Concatenate_throw()
    {
        IDataView view = Concatenated(Broken(v => v with { Vector = _ => default }));
        var error = Assert.Throws<InvalidOperationException>(() => view.GetColumn<float[]>("More").Count());
        Assert.Contains("'Features': expected 2 slots, but got 0", error.GetBaseException().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shorter_vector_than_the_schema_says_goes_unnoticed_until_someone_caches_or_concatenates()
    {
        IDataView view = Broken(v => v with { Vector = _ => new VBuffer<float>(1, [1]) });
        Assert.Single(view.GetColumn<float[]>("Features").Last());
        Assert.Throws<InvalidOperationException>(() => _ml.Data.Cache(view).GetColumn<float[]>("Features").Count());
        Assert.Throws<InvalidOperationException>(() => Concatenated(view).GetColumn<float[]>("More").Count());
    }

    [Fact]
    public void Getters_hold_to_types_and_to_the_columns_that_were_asked_for()
    {
        IDataView view = _ml.View(3);
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["X"]]);
        Assert.Equal(-1, cursor.Position);
        Assert.True(cursor.IsColumnActive(view.Schema["X"]));
        Assert.False(cursor.IsColumnActive(view.Schema["Y"]));
        Assert.ThrowsAny<ArgumentException>(() => cursor.GetGetter<float>(view.Schema["Y"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<double>(view.Schema["X"]));
        ValueGetter<float> getter = cursor.GetGetter<float>(view.Schema["X"]);
        while (cursor.MoveNext())
        {
            float value = -1;
            getter(ref value);
            Assert.Equal(cursor.Position, (long)value);
        }
        Assert.Equal(-1, cursor.Position);
        Assert.False(cursor.MoveNext());
        cursor.Dispose();
    }

    [Fact]
    public void An_enumerable_view_cannot_shuffle_and_a_cached_one_can()
    {
        IDataView view = _ml.View(100);
        Assert.False(view.CanShuffle);
        Assert.Equal(100, view.GetRowCount());
        IDataView cache = _ml.Data.Cache(view);
        Assert.True(cache.CanShuffle);
        float[] Shuffled(int seed)
        {
            using DataViewRowCursor cursor = cache.GetRowCursor([cache.Schema["X"]], new Random(seed));
            ValueGetter<float> getter = cursor.GetGetter<float>(cache.Schema["X"]);
            var values = new List<float>();
            for (float value = 0; cursor.MoveNext();)
            {
                getter(ref value);
                values.Add(value);
            }
            return [.. values];
        }
        Assert.Equal(Shuffled(1), Shuffled(1));
        Assert.NotEqual(Shuffled(1), Shuffled(2));
        Assert.Equal(cache.GetColumn<float>("X"), Shuffled(2).Order());
    }
}
