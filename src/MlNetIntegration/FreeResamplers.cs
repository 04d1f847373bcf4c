using GanPipeline.Primitives;
using GanPipeline.Resampling;

namespace GanPipeline.MlNet;

/// <summary>SMOTE, and SMOTE-NC where there are categories.</summary>
internal sealed class SmoteResampler(int neighbours) : RowResampler
{
    public override string Name => NameFor(categories: false);

    private protected override string NameFor(bool categories) =>
        $"{(categories ? "SMOTE-NC" : "SMOTE")} with {neighbours} {(neighbours == 1 ? "neighbour" : "neighbours")}";

    protected internal override RowGenerator Fit(ClassRows rows) => rows.Count > neighbours
        ? new MethodRows(new Smote(neighbours), rows)
        : throw new UserErrorException($"class '{rows.ClassName}' of column '{rows.LabelColumn}' has {rows.Count} {(rows.Count == 1 ? "row" : "rows")}, "
            + $"too few for SMOTE with {neighbours} neighbours; "
            + (rows.Count == 1 ? "use Resampler.RandomOversampling()" : $"use Resampler.Smote({rows.Count - 1}) or fewer"));
}

/// <summary>MGS, and MGS-GRF where there are categories.</summary>
internal sealed class LocalGaussiansResampler : RowResampler
{
    public override string Name => NameFor(categories: false);

    private protected override string NameFor(bool categories) => categories ? "MGS-GRF" : "MGS";

    protected internal override RowGenerator Fit(ClassRows rows) => rows.Count > 1
        ? new MethodRows(new LocalGaussians(), rows)
        : throw new UserErrorException($"class '{rows.ClassName}' of column '{rows.LabelColumn}' has 1 row, and one has no spread to draw by; "
            + "use Resampler.RandomOversampling()");
}

/// <summary>Real rows once more, whole.</summary>
internal sealed class RandomOversamplingResampler : RowResampler
{
    public override string Name => "random over-sampling";

    private protected override bool Repeats => true;

    protected internal override RowGenerator Fit(ClassRows rows) => new MethodRows(new RandomOversampling(), rows);
}
