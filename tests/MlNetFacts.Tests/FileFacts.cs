namespace GanPipeline.MlNetFacts.Tests;

public sealed class FileFacts : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Added_rows_are_saved_as_binary_and_as_text()
    {
        IDataView view = new RowAdder(5).Fit(_ml.View(20)).Transform(_ml.View(20));
        using (FileStream binary = File.Create(_folder["rows.idv"]))
            _ml.Data.SaveAsBinary(view, binary);
        using (FileStream text = File.Create(_folder["rows.tsv"]))
            _ml.Data.SaveAsText(view, text, schema: false);
        Assert.Equal(view.GetColumn<float>("X"), _ml.Data.LoadFromBinary(_folder["rows.idv"]).GetColumn<float>("X"));
        Assert.Equal(26, File.ReadAllLines(_folder["rows.tsv"]).Length);
    }

    [Fact]
    public void Header_names_become_slot_names_only_where_the_loader_has_seen_the_file()
    {
        string path = _folder.Make("table.csv", "first,second,class\n1,2,a\n3,4,b\n"u8.ToArray());
        var options = new TextLoader.Options { HasHeader = true, Separators = [','], Columns = [new TextLoader.Column("F", DataKind.Single, 0, 1)] };
        Assert.Equal(["first", "second"], SlotNames(_ml.Data.LoadFromTextFile(path, options)));
        Assert.Equal(["first", "second"], SlotNames(_ml.Data.CreateTextLoader(options, new MultiFileSource(path)).Load(path)));
        Assert.Empty(SlotNames(_ml.Data.CreateTextLoader(options).Load(path)));
        Assert.Empty(SlotNames(_ml.Data.LoadFromTextFile(path, options.Columns, ',', hasHeader: true)));
    }

    private static string[] SlotNames(IDataView view)
    {
        if (!view.Schema["F"].HasSlotNames())
            return [];
        VBuffer<ReadOnlyMemory<char>> names = default;
        view.Schema["F"].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(n => n.ToString())];
    }
}
