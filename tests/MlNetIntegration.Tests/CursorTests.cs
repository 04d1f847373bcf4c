namespace GanPipeline.MlNetIntegration.Tests;

public sealed class CursorTests
{
    private readonly MLContext _ml = new(1);

    /// <summary>The rows of a cursor as text, with their ids.</summary>
    private static List<(string Row, DataViewRowId Id)> Read(IDataView view, Random? rand = null)
    {
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema, rand);
        return Read(view, cursor);
    }

    private static List<(string Row, DataViewRowId Id)> Read(IDataView view, DataViewRowCursor cursor)
    {
        ValueGetter<VBuffer<float>> features = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        ValueGetter<ReadOnlyMemory<char>> note = cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["Note"]);
        ValueGetter<VBuffer<ReadOnlyMemory<char>>> tags = cursor.GetGetter<VBuffer<ReadOnlyMemory<char>>>(view.Schema["Tags"]);
        ValueGetter<DataViewRowId> id = cursor.GetIdGetter();
        var rows = new List<(string, DataViewRowId)>();
        VBuffer<float> f = default;
        VBuffer<ReadOnlyMemory<char>> t = default;
        while (cursor.MoveNext())
        {
            ReadOnlyMemory<char> n = default;
            DataViewRowId i = default;
            features(ref f);
            note(ref n);
            tags(ref t);
            id(ref i);
            rows.Add(($"{string.Join(' ', f.DenseValues())}|{n}|{string.Join(' ', t.DenseValues())}", i));
            Assert.Equal(rows.Count - 1, cursor.Position);
        }
        Assert.Equal(-1, cursor.Position);
        return rows;
    }

    [Fact]
    public void Every_pass_sees_the_same_rows_with_ids_of_their_own()
    {
        IDataView view = _ml.Upsampled();
        var first = Read(view);
        Assert.Equal(first, Read(view));
        Assert.Equal(first.Count, first.Select(r => r.Id).Distinct().Count());
        Assert.Equal(first.Count, first.Select(r => r.Row).Distinct().Count());
    }

    [Fact]
    public void Four_cursors_at_once_see_the_same_rows()
    {
        for (int round = 0; round < 20; round++)
        {
            IDataView view = _ml.Upsampled();
            var expected = Read(_ml.Upsampled());
            var results = new List<(string, DataViewRowId)>[4];
            Parallel.For(0, 4, i => results[i] = Read(view));
            Assert.All(results, rows => Assert.Equal(expected, rows));
        }
    }

    [Fact]
    public void A_cursor_set_has_every_row_once()
    {
        IDataView view = _ml.Upsampled();
        DataViewRowCursor[] cursors = view.GetRowCursorSet(view.Schema, 4);
        var rows = cursors.SelectMany(cursor => Read(view, cursor)).ToList();
        foreach (DataViewRowCursor cursor in cursors.Reverse())
            cursor.Dispose();
        Assert.Equal(Read(view).Order(), rows.Order());
        IDataView cached = _ml.Data.Cache(view);
        var cachedRows = cached.GetRowCursorSet(cached.Schema, 4).SelectMany(cursor => Read(cached, cursor));
        Assert.Equal(Read(view).Select(r => r.Row).Order(), cachedRows.Select(r => r.Row).Order());
    }

    [Fact]
    public void A_shuffled_cursor_mixes_real_and_added_rows_and_repeats_by_its_seed()
    {
        IDataView source = _ml.Data.Cache(_ml.WithFeatures());
        IDataView view = new UpsamplingEstimator(_ml, "Label", "Features", Samples.Options()).Fit(source).Transform(source);
        Assert.True(view.CanShuffle);
        var ordered = Read(view);
        var shuffled = Read(view, new Random(3));
        Assert.Equal(shuffled, Read(view, new Random(3)));
        Assert.NotEqual(shuffled, Read(view, new Random(4)));
        Assert.Equal(ordered.Order(), shuffled.Order());
        var added = ordered.Skip(86).ToHashSet();
        Assert.InRange(shuffled.Take(90).Count(added.Contains), 30, 64);
        Assert.NotEqual(ordered.Where(added.Contains), shuffled.Where(added.Contains));
    }

    [Fact]
    public void A_source_that_cannot_shuffle_makes_a_view_that_cannot_and_keeps_its_order()
    {
        IDataView view = _ml.Upsampled();
        Assert.False(view.CanShuffle);
        Assert.Equal(Read(view), Read(view, new Random(1)));
        Assert.Equal(Read(view).Select(r => r.Row).Order(), Read(_ml.Data.ShuffleRows(view, seed: 1)).Select(r => r.Row).Order());
    }

    [Fact]
    public void Cursors_may_be_disposed_at_any_time_and_in_any_order()
    {
        IDataView view = _ml.Upsampled();
        DataViewRowCursor a = view.GetRowCursor(view.Schema), b = view.GetRowCursor(view.Schema), c = view.GetRowCursor(view.Schema);
        for (int i = 0; i < 120; i++)
            Assert.True(a.MoveNext() && (i > 50 || b.MoveNext()));
        c.Dispose();
        a.Dispose();
        a.Dispose();
        Assert.False(a.MoveNext());
        Assert.False(c.MoveNext());
        Assert.Equal(-1, a.Position);
        int left = 0;
        while (b.MoveNext())
            left++;
        Assert.Equal(180 - 51, left);
        Assert.Equal(180, Read(view).Count);
    }

    /// <summary>Donors are read by whoever asks first, features come from a file: both while others read, shuffle, give up and dispose.</summary>
    [Fact]
    public void Cursors_side_by_side_shuffled_cached_and_abandoned_see_the_same_rows()
    {
        IDataView source = _ml.Data.Cache(_ml.WithFeatures());
        UpsamplingOptions options = Samples.Options(source: Resampler.Smote()) with { MemoryLimit = 0 };
        UpsamplingTransformer Fit() => new UpsamplingEstimator(_ml, "Label", "Features", options).Fit(source);
        using UpsamplingTransformer reference = Fit();
        var expected = Read(reference.Transform(source));
        for (int round = 0; round < 30; round++)
        {
            using UpsamplingTransformer fitted = Fit();
            IDataView view = fitted.Transform(source);
            var random = new Random(round);
            Parallel.Invoke(
                () => Assert.Equal(expected, Read(view)),
                () => Assert.Equal(expected.Order(), Read(view, new Random(random.Next())).Order()),
                () => Assert.Equal(expected.Order(), view.GetRowCursorSet(view.Schema, 4).AsParallel().SelectMany(cursor => Read(view, cursor)).Order()),
                () => Assert.Equal(expected.Skip(86).Select(r => r.Row), Read(fitted.AddedRows).Select(r => r.Row)),
                () =>
                {
                    DataViewRowCursor[] cursors = [.. Enumerable.Range(0, 6).Select(i => view.GetRowCursor(view.Schema, i % 2 == 0 ? null : new Random(i)))];
                    foreach (DataViewRowCursor cursor in cursors)
                    {
                        for (int i = 0; i < 100; i++)
                            Assert.True(cursor.MoveNext());
                    }
                    new Random(cursors.Length).Shuffle(cursors);
                    foreach (DataViewRowCursor cursor in cursors)
                        cursor.Dispose();
                    Assert.All(cursors, cursor => Assert.False(cursor.MoveNext()));
                });
        }
    }

    [Fact]
    public void Values_are_refused_before_the_first_row_behind_the_last_and_for_columns_not_asked_for()
    {
        IDataView view = _ml.Upsampled();
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["X"]]);
        Assert.True(cursor.IsColumnActive(view.Schema["X"]));
        Assert.False(cursor.IsColumnActive(view.Schema["Note"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["Note"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<double>(view.Schema["X"]));
        ValueGetter<float> getter = cursor.GetGetter<float>(view.Schema["X"]);
        float value = 0;
        Assert.Throws<InvalidOperationException>(() => getter(ref value));
        while (cursor.MoveNext())
            getter(ref value);
        Assert.Throws<InvalidOperationException>(() => getter(ref value));
        DataViewRowId id = default;
        Assert.Throws<InvalidOperationException>(() => cursor.GetIdGetter()(ref id));
    }

    [Fact]
    public void A_caller_that_writes_into_its_buffers_does_not_change_the_rows()
    {
        IDataView view = _ml.Upsampled();
        var before = Read(view);
        using (DataViewRowCursor cursor = view.GetRowCursor(view.Schema))
        {
            ValueGetter<VBuffer<float>> features = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
            ValueGetter<VBuffer<ReadOnlyMemory<char>>> tags = cursor.GetGetter<VBuffer<ReadOnlyMemory<char>>>(view.Schema["Tags"]);
            VBuffer<float> f = default;
            VBuffer<ReadOnlyMemory<char>> t = default;
            while (cursor.MoveNext())
            {
                features(ref f);
                tags(ref t);
                VBufferEditor.CreateFromBuffer(ref f).Values.Fill(-1);
                VBufferEditor.CreateFromBuffer(ref t).Values.Fill("spoilt".AsMemory());
            }
        }
        Assert.Equal(before, Read(view));
    }

    [Fact]
    public void Columns_are_handed_on_to_the_source_as_they_are_asked_for()
    {
        var source = new Recorder(_ml.WithFeatures());
        IDataView view = new UpsamplingEstimator(_ml, "Label", "Features", Samples.Options()).Fit(source).Transform(source);
        source.Asked.Clear();
        Assert.Equal(180, view.GetColumn<float[]>("Features").Count());
        Assert.Equal(["Features"], source.Asked);
        source.Asked.Clear();
        Assert.Equal(180, view.GetColumn<string>("Note").Count());
        Assert.Equal(["Note Label", "Note"], source.Asked); // the donors, then the rows
        source.Asked.Clear();
        Assert.Equal(180, view.GetColumn<string>("Note").Count());
        Assert.Equal(["Note"], source.Asked);
    }

    private sealed class Recorder(IDataView source) : IDataView
    {
        public List<string> Asked { get; } = [];

        public bool CanShuffle => source.CanShuffle;

        public DataViewSchema Schema => source.Schema;

        public long? GetRowCount() => null;

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        {
            Asked.Add(string.Join(' ', columnsNeeded.Select(c => c.Name)));
            return source.GetRowCursor(columnsNeeded, rand);
        }

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
            [GetRowCursor(columnsNeeded, rand)];
    }
}
