namespace GanPipeline.MlNetFacts.Tests;

public sealed class SchemaFacts
{
    private readonly MLContext _ml = new(1);

    private sealed class Row
    {
        public float A { get; set; }

        [VectorType(2)]
        public float[] B { get; set; } = [];

        [ColumnName("Named")]
        public float[] Any { get; set; } = [];

        public bool Flag { get; set; }

        [NoColumn]
        public object Hidden { get; set; } = "";
    }

    private static readonly Row[] _rows = [new Row { A = 1, B = [2, 3], Any = [4, 5, 6], Flag = true }, new Row { A = 7, B = [8, 9], Any = [], Flag = false }];

    private static string[] SlotNames(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    [Fact]
    public void A_row_class_becomes_columns_by_its_attributes()
    {
        IDataView view = _ml.Data.LoadFromEnumerable(_rows);
        Assert.Equal(["A", "B", "Named", "Flag"], view.Schema.Select(c => c.Name));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 2), view.Schema["B"].Type);
        Assert.False(((VectorDataViewType)view.Schema["Named"].Type).IsKnownSize);
        Assert.Equal(BooleanDataViewType.Instance, view.Schema["Flag"].Type);
        Assert.Equal([[4f, 5f, 6f], []], view.GetColumn<float[]>("Named"));
        Assert.Equal([true, false], view.GetColumn<bool>("Flag"));
        Row back = _ml.Data.CreateEnumerable<Row>(view, reuseRowObject: false).First();
        Assert.Equal((1f, 3f, 6f, true), (back.A, back.B[1], back.Any[2], back.Flag));
        Assert.Throws<ArgumentOutOfRangeException>(() => view.Schema["none"]);
        Assert.Null(view.Schema.GetColumnOrNull("none"));
    }

    [Fact]
    public void A_definition_can_give_a_vector_the_size_that_is_only_known_at_run_time()
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(Row));
        definition["Named"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 3);
        definition["Named"].ColumnName = "Pixels";
        IDataView view = _ml.Data.LoadFromEnumerable(_rows[..1], definition);
        Assert.Equal(3, ((VectorDataViewType)view.Schema["Pixels"].Type).Size);
    }

    [Fact]
    public void A_column_of_the_same_name_hides_the_earlier_one()
    {
        IDataView view = _ml.Data.LoadFromEnumerable(_rows);
        IDataView twice = _ml.Transforms.Concatenate("A", "A", "B").Fit(view).Transform(view);
        Assert.Equal(5, twice.Schema.Count);
        Assert.True(twice.Schema[0].IsHidden);
        Assert.Equal(1, twice.Schema["A"].Index);
        Assert.Equal([true, false], twice.GetColumn<bool>("Flag"));
        Assert.Equal([1f, 2f, 3f], twice.GetColumn<float[]>("A").First());
        Assert.Equal(1f, twice.GetColumn<float>(twice.Schema[0]).First());
    }

    [Fact]
    public void Concatenate_names_the_slots_of_scalars_and_leaves_those_of_unnamed_vectors_empty()
    {
        IDataView view = _ml.Data.LoadFromEnumerable(_rows);
        IDataView mixed = _ml.Transforms.Concatenate("F", "B", "A").Fit(view).Transform(view);
        Assert.True(mixed.Schema["F"].HasSlotNames());
        Assert.Equal(["", "", "A"], SlotNames(mixed.Schema["F"]));
        IDataView nested = _ml.Transforms.Concatenate("G", "A", "F").Fit(mixed).Transform(mixed);
        Assert.Equal(["A", "", "", "F.A"], SlotNames(nested.Schema["G"]));
        IDataView unnamed = _ml.Transforms.Concatenate("F", "B", "B").Fit(view).Transform(view);
        Assert.False(unnamed.Schema["F"].HasSlotNames());
        Assert.Throws<InvalidOperationException>(() => SlotNames(unnamed.Schema["F"]));
    }

    [Fact]
    public void Wrong_columns_are_found_before_anything_is_fitted()
    {
        bool fitted = false;
        var chain = new EstimatorChain<ITransformer>().Append(new Watcher(_ => fitted = true)).Append(_ml.Transforms.Concatenate("F", "A", "None"));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(_ml.Data.LoadFromEnumerable(_rows)));
        Assert.Contains("None", error.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(() => new EstimatorChain<ITransformer>().Append(new Watcher(_ => fitted = true))
            .Append(_ml.Transforms.Concatenate("F", "A", "Flag")).Fit(_ml.Data.LoadFromEnumerable(_rows)));
        Assert.False(fitted);
    }

    [Fact]
    public void What_an_extension_writes_to_a_channel_arrives_at_the_log()
    {
        var messages = new List<LoggingEventArgs>();
        _ml.Log += (_, e) => messages.Add(e);
        using (IChannel channel = ((IChannelProvider)_ml).Start("Upsampling"))
        {
            channel.Info(MessageSensitivity.None, "added {3} rows");
            channel.Warning(MessageSensitivity.None, "careful");
        }
        Assert.Contains(messages, m => m.Kind == ChannelMessageKind.Info && m.RawMessage == "added {3} rows"
            && m.Source.Contains("Upsampling", StringComparison.Ordinal));
        Assert.Contains(messages, m => m.Kind == ChannelMessageKind.Warning && m.RawMessage == "careful"
            && m.Message.Contains("careful", StringComparison.Ordinal));
    }

    [Fact]
    public void A_seeded_context_gives_an_extension_the_same_random_numbers_every_time()
    {
        int Draw(int? seed) => ((IHostEnvironment)new MLContext(seed)).Register("Upsampling").Rand.Next();
        Assert.Equal(Draw(5), Draw(5));
        Assert.NotEqual(Draw(5), Draw(6));
        Assert.NotEqual(Draw(null), Draw(null));
    }
}
