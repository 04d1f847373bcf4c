namespace GanPipeline.MlNetFacts.Tests;

/// <summary>Why UpsamplingTransformer saves an empty chain, and maps rows by one.</summary>
public sealed class SavingFacts
{
    public sealed class PointOut
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }

    private readonly MLContext _ml = new(1);

    private TransformerChain<ColumnConcatenatingTransformer> Fitted(RowAdder adder) => new EstimatorChain<ITransformer>()
        .Append(adder, TransformerScope.Training).Append(_ml.Transforms.Concatenate("Features", "X", "Y")).Fit(_ml.View(50));

    private byte[] Saved(ITransformer model)
    {
        var stream = new MemoryStream();
        _ml.Model.Save(model, _ml.View(1).Schema, stream);
        return stream.ToArray();
    }

    [Fact]
    public void A_Save_that_writes_nothing_or_throws_fails_that_of_the_whole_chain_unless_it_is_left_out()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Saved(Fitted(new RowAdder(_ml, 5) { SaveWith = _ => { } })));
        Assert.Contains("ModelSignature not specified!", error.Message, StringComparison.Ordinal);
        var throwing = Fitted(new RowAdder(_ml, 5) { SaveWith = _ => throw new NotSupportedException() });
        Assert.Throws<NotSupportedException>(() => Saved(throwing));
        Assert.NotEmpty(Saved(throwing.GetModelFor(TransformerScope.Scoring)));
    }

    [Fact]
    public void An_empty_stock_chain_in_its_place_is_loaded_and_does_nothing()
    {
        ITransformer loaded = new MLContext().Model.Load(new MemoryStream(Saved(Fitted(new RowAdder(_ml, 5)))), out _);
        IDataView view = ((TransformerChain<ITransformer>)loaded).Transform(_ml.View(30), TransformerScope.Everything);
        Assert.Equal(_ml.View(30).GetColumn<float>("Y"), view.GetColumn<float[]>("Features").Select(f => f[1]));
    }

    [Fact]
    public void A_prediction_engine_asks_every_step_for_a_row_mapper()
    {
        using var engine = _ml.Model.CreatePredictionEngine<Point, PointOut>(Fitted(new RowAdder(_ml, 5)));
        Assert.Equal([3f, 4f], engine.Predict(new Point { X = 3, Y = 4 }).Features);
        var none = Fitted(new RowAdder(_ml, 5) { RowToRow = false });
        var error = Assert.ThrowsAny<ArgumentException>(() => _ml.Model.CreatePredictionEngine<Point, PointOut>(none));
        Assert.Contains("Must be a row to row mapper", error.Message, StringComparison.Ordinal);
    }
}
