namespace GanPipeline.MlNetFacts.Tests;

/// <summary>What ClassNames and ColumnCheck know of columns.</summary>
public sealed class ColumnFacts
{
    private sealed class Row
    {
        [KeyType(3)]
        public uint Key { get; set; }

        public float Number { get; set; }

        public string Text { get; set; } = "";
    }

    private readonly MLContext _ml = new(1);

    private static T[] KeyValues<T>(DataViewSchema.Column column)
    {
        VBuffer<T> values = default;
        column.GetKeyValues(ref values);
        return [.. values.DenseValues()];
    }

    /// <summary>ClassNames calls the class of such a key by the number that the program wrote.</summary>
    [Fact]
    public void A_key_property_is_0_based_and_the_raw_key_1_based_with_0_for_none()
    {
        IDataView view = _ml.Data.LoadFromEnumerable(new uint[] { 0, 1, 2, 3 }.Select(key => new Row { Key = key }));
        Assert.Equal([1u, 2u, 3u, 0u], view.GetColumn<uint>("Key"));
        Assert.Null(view.Schema["Key"].Annotations.Schema.GetColumnOrNull("KeyValues"));
    }

    /// <summary>So ClassNames matches classes by name, of the key value at raw key - 1.</summary>
    [Fact]
    public void Keys_are_numbered_as_the_data_have_them_and_key_0_is_an_empty_text()
    {
        IDataView view = _ml.Data.LoadFromEnumerable(new[] { "b", "a", "", "b" }.Select(text => new Row { Text = text }));
        IDataView mapped = _ml.Transforms.Conversion.MapValueToKey("Text").Fit(view).Transform(view);
        Assert.Equal([1u, 2u, 0u, 1u], mapped.GetColumn<uint>("Text"));
        Assert.Equal(["b", "a"], KeyValues<ReadOnlyMemory<char>>(mapped.Schema["Text"]).Select(v => v.ToString()));
    }

    /// <summary>So ClassNames asks the annotation for its type.</summary>
    [Fact]
    public void HasKeyValues_says_no_of_numbers_although_they_are_there()
    {
        IDataView view = _ml.Data.LoadFromEnumerable(new[] { 2.5f, 1 }.Select(number => new Row { Number = number }));
        DataViewSchema.Column column = _ml.Transforms.Conversion.MapValueToKey("Number").Fit(view).Transform(view).Schema["Number"];
        Assert.False(column.HasKeyValues());
        Assert.Equal(NumberDataViewType.Single, ((VectorDataViewType)column.Annotations.Schema["KeyValues"].Type).ItemType);
        Assert.Equal([2.5f, 1f], KeyValues<float>(column));
        Assert.Throws<InvalidOperationException>(() => KeyValues<ReadOnlyMemory<char>>(column));
    }

    /// <summary>ApplyGenerator's output may have the name of a column; ColumnCheck must not look at the one that is hidden.</summary>
    [Fact]
    public void A_column_of_the_same_name_hides_the_earlier_one()
    {
        IDataView view = _ml.Transforms.Concatenate("X", "X", "Y").Fit(_ml.View(2)).Transform(_ml.View(2));
        Assert.True(view.Schema[0].IsHidden);
        Assert.IsType<VectorDataViewType>(view.Schema["X"].Type);
        Assert.Equal([0f, 1f], view.GetColumn<float>(view.Schema[0]));
    }
}
