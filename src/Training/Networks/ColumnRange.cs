using GanPipeline.Tables;

namespace GanPipeline.Training.Networks;

/// <summary>Neighbouring columns of a matrix: a part with a name of its own.</summary>
/// <param name="Start">The first.</param>
/// <param name="Length">How many.</param>
internal readonly record struct ColumnRange(long Start, long Length)
{
    /// <summary>The column behind the last.</summary>
    public long End => Start + Length;

    /// <summary>The scalars of an encoded row.</summary>
    public static ColumnRange ScalarsOf(TableCodec codec) => new(0, codec.Scalars);

    /// <summary>The slots of an encoded row.</summary>
    public static ColumnRange SlotsOf(TableCodec codec) => new(codec.Scalars, codec.Slots);

    /// <summary>These columns of <paramref name="matrix"/>, [N, <see cref="Length"/>]: a view.</summary>
    public Tensor Of(Tensor matrix) => matrix.narrow(1, Start, Length);
}
