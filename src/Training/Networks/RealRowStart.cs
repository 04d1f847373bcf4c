using GanPipeline.Tables;
using GanPipeline.Training.Data;
using TorchSharp;

namespace GanPipeline.Training.Networks;

/// <summary>
/// What a generated row of a class with <see cref="AnchorRows"/> starts from: a real row of its class, moved up to half the way to one of its neighbours.
/// </summary>
internal sealed class RealRowStart : IDisposable
{
    /// <summary>Numbers of noise that it takes: one chooses the row and the neighbour, the other says how far to go.</summary>
    public const int NoiseSize = 2;

    private readonly ColumnRange _scalars, _slots;

    internal RealRowStart(AnchorRows anchors, TableCodec codec, Device device)
    {
        (_scalars, _slots) = (ColumnRange.ScalarsOf(codec), ColumnRange.SlotsOf(codec));
        int count = anchors.Counts.Sum();
        Rows = Constant([.. anchors.Rows, .. new float[codec.Width]], count + 1, codec.Width);
        Steps = Constant([.. anchors.StepsToNeighbours(codec), .. new float[AnchorRows.Neighbours * codec.Scalars]],
            (count + 1) * AnchorRows.Neighbours, codec.Scalars);
        FirstRows = Constant([.. anchors.Counts.Select((n, c) => n == 0 ? count : (float)anchors.Counts.Take(c).Sum())], anchors.Counts.Count);
        Counts = Constant([.. anchors.Counts.Select(n => (float)n)], anchors.Counts.Count);

        Tensor Constant(float[] numbers, params long[] shape) => tensor(numbers, shape, device: device).DetachFromDisposeScope();
    }

    /// <summary>The part of the noise that chooses row and neighbour.</summary>
    public static ColumnRange Pick { get; } = new(0, 1);

    /// <summary>The part of the noise that says how far to go to the neighbour.</summary>
    public static ColumnRange Blend { get; } = new(1, 1);

    /// <summary>The real rows, class after class, then one of zeros for the classes that have none: [R + 1, width].</summary>
    public Tensor Rows { get; }

    /// <summary>From each row's scalars to those of its neighbours: [(R + 1) · neighbours, scalars].</summary>
    public Tensor Steps { get; }

    /// <summary>First row of each class, [classes].</summary>
    public Tensor FirstRows { get; }

    /// <summary>Number of rows of each class, [classes].</summary>
    public Tensor Counts { get; }

    /// <summary>How far rows may go from where they start, [N, 1]: as far as is given for a class with real rows, and all the way for one without.</summary>
    public Tensor Freedom(Tensor freedom, Tensor classes) =>
        Held.One.Minus(Held.One.Minus(freedom) * Counts.clamp(max: Held.One).index_select(0, classes).unsqueeze(1));

    /// <summary>The rows to start from, [N, width]; zeros for a class without.</summary>
    /// <param name="noise">[N, <see cref="NoiseSize"/>].</param>
    /// <param name="classes">[N] class indices.</param>
    /// <param name="freedom">[N, 1]: how much of the way they go; null for all of it.</param>
    public Tensor Of(Tensor noise, Tensor classes, Tensor? freedom)
    {
        Tensor uniform = (noise.Times(Math.Sqrt(0.5)).erf() * Held.Half).Plus(0.5);
        Tensor count = Counts.index_select(0, classes), place = Pick.Of(uniform).squeeze(1) * count;
        Tensor whole = place.floor().minimum(count - Held.One).clamp(min: Held.Zero), row = FirstRows.index_select(0, classes).Plus(whole);
        Tensor neighbour = (place - whole).Times(AnchorRows.Neighbours).floor().Between(0, AnchorRows.Neighbours - 1);
        Tensor start = Rows.index_select(0, row.to_type(int64)), share = Blend.Of(uniform) * Held.Half;
        Tensor step = Steps.index_select(0, row.Times(AnchorRows.Neighbours).Plus(neighbour).to_type(int64)) * (freedom is null ? share : share * freedom);
        return cat([_scalars.Of(start).Plus(step), _slots.Of(start)], 1);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor constant in (Tensor[])[Rows, Steps, FirstRows, Counts]) constant.Dispose();
    }
}
