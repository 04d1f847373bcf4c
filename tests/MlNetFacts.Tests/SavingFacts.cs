using System.IO.Compression;
using System.Text;

namespace GanPipeline.MlNetFacts.Tests;

public sealed class SavingFacts
{
    private readonly MLContext _ml = new(1);

    private TransformerChain<KeyToValue> Fitted<KeyToValue>(RowAdder adder, IEstimator<KeyToValue> last)
        where KeyToValue : class, ITransformer => _ml.Transforms.Concatenate("Features", "X", "Y")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label"))
            .Append(adder, TransformerScope.Training)
            .Append(last).Fit(_ml.View(50));

    [Fact]
    public void A_Save_that_writes_nothing_fails()
    {
        ITransformer model = Fitted(new RowAdder(5) { SaveWith = _ => { } }, _ml.Transforms.Conversion.MapKeyToValue("Label"));
        var error = Assert.Throws<InvalidOperationException>(() => _ml.Model.Save(model, _ml.View(1).Schema, new MemoryStream()));
        Assert.Contains("ModelSignature not specified!", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Save_that_throws_fails_the_whole_save()
    {
        ITransformer model = Fitted(new RowAdder(5) { SaveWith = _ => throw new NotSupportedException("no") },
            _ml.Transforms.Conversion.MapKeyToValue("Label"));
        Assert.Throws<NotSupportedException>(() => _ml.Model.Save(model, _ml.View(1).Schema, new MemoryStream()));
    }

    [Fact]
    public void An_empty_stock_chain_in_its_place_loads_without_the_external_assembly_and_gives_the_same_rows()
    {
        ITransformer model = Fitted(new RowAdder(5), _ml.Transforms.Conversion.MapKeyToValue("Label"));
        var file = new MemoryStream();
        _ml.Model.Save(model, _ml.View(1).Schema, file);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true))
        {
            foreach (ZipArchiveEntry entry in zip.Entries)
            {
                using Stream stream = entry.Open();
                var bytes = new MemoryStream();
                stream.CopyTo(bytes);
                Assert.DoesNotContain("GanPipeline", Encoding.Latin1.GetString(bytes.ToArray()), StringComparison.Ordinal);
            }
        }
        file.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(file, out DataViewSchema schema);
        Assert.Equal(["X", "Y", "Label"], schema.Select(c => c.Name));
        Assert.Equal(NumberDataViewType.Single, schema["X"].Type);
        foreach (IDataView view in new[] { loaded.Transform(_ml.View(30)), model.Transform(_ml.View(30)) })
        {
            Assert.Equal(Rows.Points(30).Select(p => p.Label), view.GetColumn<string>("Label"));
            Assert.Equal(Rows.Points(30).Select(p => p.Y), view.GetColumn<float[]>("Features").Select(f => f[1]));
        }
        Assert.Equal(30, ((TransformerChain<ITransformer>)loaded).Transform(_ml.View(30), TransformerScope.Everything).Count());
    }

    [Fact]
    public void Keys_mean_the_same_classes_after_loading()
    {
        ITransformer model = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(_ml.View(50));
        var file = new MemoryStream();
        _ml.Model.Save(model, _ml.View(1).Schema, file);
        file.Position = 0;
        IDataView turned = _ml.Data.LoadFromEnumerable(new[] { new Point { Label = "rare" }, new Point { Label = "common" }, new Point { Label = "new" } });
        Assert.Equal([2u, 1u, 0u], _ml.Model.Load(file, out _).Transform(turned).GetColumn<uint>("Label"));
    }

    [Fact]
    public void GetModelFor_scoring_leaves_the_training_part_out()
    {
        TransformerChain<ITransformer> scoring = Fitted(new RowAdder(5) { SaveWith = _ => throw new NotSupportedException() },
            _ml.Transforms.Conversion.MapKeyToValue("Label"))
            .GetModelFor(TransformerScope.Scoring);
        Assert.Equal(3, scoring.Count());
        _ml.Model.Save(scoring, _ml.View(1).Schema, new MemoryStream());
    }

    [Fact]
    public void A_prediction_engine_goes_through_the_row_adder_s_mapper()
    {
        ITransformer model = Fitted(new RowAdder(5), _ml.Transforms.Conversion.MapKeyToValue("Label"));
        using var engine = _ml.Model.CreatePredictionEngine<Point, PointOut>(model);
        PointOut result = engine.Predict(new Point { X = 3, Y = 4, Label = "rare" });
        Assert.Equal([3f, 4f], result.Features);
        Assert.Equal("rare", result.Label);
        Assert.Equal([7f, 8f], engine.Predict(new Point { X = 7, Y = 8, Label = "common" }).Features);
    }

    [Fact]
    public void A_prediction_engine_needs_every_transformer_to_be_a_row_mapper()
    {
        ITransformer model = Fitted(new RowAdder(5) { RowToRow = false }, _ml.Transforms.Conversion.MapKeyToValue("Label"));
        var error = Assert.ThrowsAny<ArgumentException>(() => _ml.Model.CreatePredictionEngine<Point, PointOut>(model));
        Assert.Contains("Must be a row to row mapper", error.Message, StringComparison.Ordinal);
    }
}
