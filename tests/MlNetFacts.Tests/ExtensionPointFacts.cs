namespace GanPipeline.MlNetFacts.Tests;

public sealed class ExtensionPointFacts
{
    private readonly MLContext _ml = new(1);

    private IDataView Added(int rows, int added) => new RowAdder(added).Fit(_ml.View(rows)).Transform(_ml.View(rows));

    [Fact]
    public void An_external_row_adder_works_between_stock_estimators()
    {
        int seen = 0;
        var chain = _ml.Transforms.Concatenate("Features", "X", "Y")
            .Append(new RowAdder(5))
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label"))
            .Append(new RowAdder(0).WithOnFitDelegate(_ => seen++));
        IDataView result = chain.Fit(_ml.View(100)).Transform(_ml.View(100));
        Assert.Equal(105, result.Count());
        Assert.Equal(1, seen);
        Assert.Equal(Enumerable.Range(0, 100).Concat(Enumerable.Range(0, 5)).Select(i => (float)i), result.GetColumn<float[]>("Features").Select(f => f[0]));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Caching_before_and_behind_it_changes_nothing(bool before, bool behind)
    {
        var rows = new List<int>();
        var chain = new EstimatorChain<ITransformer>().Append(_ml.Transforms.Concatenate("Features", "X", "Y"));
        chain = before ? chain.AppendCacheCheckpoint(_ml) : chain;
        var adding = chain.Append(new RowAdder(7));
        adding = behind ? adding.AppendCacheCheckpoint(_ml) : adding;
        static int Features(IDataView view) => view.GetColumn<float[]>("Features").Count();
        adding.Append(new Watcher(view => rows.AddRange([view.Count(), Features(view), Features(view)]))).Fit(_ml.View(50));
        Assert.Equal([57, 57, 57], rows);
    }

    [Fact]
    public void Shuffling_taking_skipping_and_filtering_keep_its_rows()
    {
        IDataView view = Added(200, 20);
        float[] expected = [.. view.GetColumn<float>("X").Order()];
        Assert.Equal(expected, _ml.Data.ShuffleRows(view, seed: 3).GetColumn<float>("X").Order());
        Assert.NotEqual(view.GetColumn<float>("X"), _ml.Data.ShuffleRows(view, seed: 3).GetColumn<float>("X"));
        Assert.Equal(_ml.Data.ShuffleRows(view, seed: 3).GetColumn<float>("X"), _ml.Data.ShuffleRows(view, seed: 3).GetColumn<float>("X"));
        Assert.Equal(210, _ml.Data.TakeRows(view, 210).Count());
        Assert.Equal(10, _ml.Data.SkipRows(view, 210).Count());
        Assert.Equal(20, _ml.Data.FilterRowsByColumn(view, "X", 0, 10).Count());
    }

    [Fact]
    public void Four_cursors_at_once_see_all_of_its_rows()
    {
        IDataView view = _ml.Data.Cache(Added(1000, 100));
        DataViewSchema.Column x = view.Schema["X"];
        DataViewRowCursor[] cursors = view.GetRowCursorSet([x], 4);
        float[][] parts = [.. cursors.AsParallel().WithDegreeOfParallelism(4).Select(cursor =>
        {
            using (cursor)
            {
                ValueGetter<float> getter = cursor.GetGetter<float>(x);
                var values = new List<float>();
                while (cursor.MoveNext())
                {
                    float value = 0;
                    getter(ref value);
                    values.Add(value);
                }
                return values.ToArray();
            }
        })];
        Assert.Equal(view.GetColumn<float>("X").Order(), parts.SelectMany(p => p).Order());
    }

    [Theory]
    [InlineData("AppendRowsDataView")]
    [InlineData("CacheDataView")]
    [InlineData("ModelLoadContext")]
    [InlineData("LoadableClassAttribute")]
    [InlineData("CatalogUtils")]
    [InlineData("ITransformerWithDifferentMappingAtTrainingTime")]
    public void Not_reachable_from_outside(string type)
    {
        Type[] known = [typeof(IDataView), typeof(ITransformer), typeof(MLContext), typeof(TransformExtensionsCatalog)];
        Assert.DoesNotContain(known.Select(t => t.Assembly).Distinct().SelectMany(a => a.GetExportedTypes()), t => t.Name == type);
    }

    [Fact]
    public void An_external_estimator_cannot_declare_columns_or_write_a_format_of_its_own()
    {
        Assert.Empty(typeof(SchemaShape.Column).GetConstructors());
        Assert.Null(typeof(SchemaShape).GetMethod("Create"));
        Assert.Equal(["Dispose"], typeof(ModelSaveContext).GetMethods().Where(m => m.DeclaringType == typeof(ModelSaveContext)).Select(m => m.Name));
        Assert.Empty(typeof(ModelSaveContext).GetProperties());
    }
}

/// <summary>Looks at the view that it is fitted on.</summary>
internal sealed class Watcher(Action<IDataView> look) : IEstimator<ITransformer>
{
    public ITransformer Fit(IDataView input)
    {
        look(input);
        return new TransformerChain<ITransformer>();
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
}
