namespace GanPipeline.MlNetFacts.Tests;

public sealed class KeyFacts
{
    private readonly MLContext _ml = new(1);

    private sealed class Numbered
    {
        [KeyType(3)]
        public uint Key { get; set; }

        public float Number { get; set; }

        public string Text { get; set; } = "";
    }

    private sealed class RawKey
    {
        public uint Key { get; set; }
    }

    private IDataView View(params (uint Key, float Number, string Text)[] rows) =>
        _ml.Data.LoadFromEnumerable(rows.Select(r => new Numbered { Key = r.Key, Number = r.Number, Text = r.Text }).ToArray());

    [Fact]
    public void A_key_property_is_0_based_and_the_raw_key_1_based()
    {
        IDataView view = View((0, 0, ""), (1, 0, ""), (2, 0, ""), (3, 0, ""));
        var type = Assert.IsType<KeyDataViewType>(view.Schema["Key"].Type);
        Assert.Equal(3ul, type.Count);
        Assert.Equal([1u, 2u, 3u, 0u], view.GetColumn<uint>("Key"));
        Assert.Equal([1u, 2u, 3u, 0u], _ml.Data.CreateEnumerable<RawKey>(view, reuseRowObject: false).Select(row => row.Key));
        Assert.False(view.Schema["Key"].HasKeyValues());
    }

    [Fact]
    public void Keys_are_in_order_of_occurrence_and_KeyValues_i_belongs_to_raw_i_plus_1()
    {
        IDataView view = View((0, 0, "b"), (0, 0, "a"), (0, 0, ""), (0, 0, "b"));
        IDataView mapped = _ml.Transforms.Conversion.MapValueToKey("Text").Fit(view).Transform(view);
        Assert.Equal([1u, 2u, 0u, 1u], mapped.GetColumn<uint>("Text"));
        VBuffer<ReadOnlyMemory<char>> values = default;
        Assert.True(mapped.Schema["Text"].HasKeyValues());
        mapped.Schema["Text"].GetKeyValues(ref values);
        Assert.Equal(["b", "a"], values.DenseValues().Select(v => v.ToString()));
        IDataView sorted = _ml.Transforms.Conversion.MapValueToKey("Text",
            keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(view).Transform(view);
        Assert.Equal([2u, 1u, 0u, 2u], sorted.GetColumn<uint>("Text"));
        IDataView back = _ml.Transforms.Conversion.MapKeyToValue("Text").Fit(mapped).Transform(mapped);
        Assert.Equal(["b", "a", "", "b"], back.GetColumn<string>("Text"));
    }

    [Fact]
    public void HasKeyValues_is_false_for_numeric_key_values_although_they_are_there()
    {
        IDataView view = View((0, 2.5f, ""), (0, 1, ""), (0, float.NaN, ""));
        IDataView mapped = _ml.Transforms.Conversion.MapValueToKey("Number").Fit(view).Transform(view);
        DataViewSchema.Column column = mapped.Schema["Number"];
        Assert.False(column.HasKeyValues());
        Assert.True(column.HasKeyValues(NumberDataViewType.Single));
        var type = (VectorDataViewType)column.Annotations.Schema["KeyValues"].Type;
        Assert.Equal(NumberDataViewType.Single, type.ItemType);
        VBuffer<float> values = default;
        column.GetKeyValues(ref values);
        Assert.Equal([2.5f, 1f], values.DenseValues());
        Assert.Equal([1u, 2u, 0u], mapped.GetColumn<uint>("Number"));
        VBuffer<ReadOnlyMemory<char>> texts = default;
        Assert.Throws<InvalidOperationException>(() => column.GetKeyValues(ref texts));
    }

    [Fact]
    public void Numeric_key_values_can_be_asked_for_as_text()
    {
        IDataView view = View((0, 2.5f, ""), (0, 1, ""));
        IDataView mapped = _ml.Transforms.Conversion.MapValueToKey("Number", addKeyValueAnnotationsAsText: true).Fit(view).Transform(view);
        VBuffer<ReadOnlyMemory<char>> texts = default;
        mapped.Schema["Number"].GetKeyValues(ref texts);
        Assert.Equal(["2.5", "1"], texts.DenseValues().Select(v => v.ToString()));
    }

    [Fact]
    public void KeyData_fixes_the_order()
    {
        IDataView view = View((0, 0, "b"), (0, 0, "a"), (0, 0, "c"));
        IDataView order = _ml.Data.LoadFromEnumerable(new[] { "a", "b" }.Select(text => new OnlyText { Text = text }));
        Assert.Equal([2u, 1u, 0u], _ml.Transforms.Conversion.MapValueToKey("Text", keyData: order).Fit(view).Transform(view).GetColumn<uint>("Text"));
    }

    private sealed class OnlyText
    {
        public string Text { get; set; } = "";
    }
}
