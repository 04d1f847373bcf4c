using GanPipeline.Tables;
using GanPipeline.Training.Data;

namespace GanPipeline.Training.Networks;

/// <summary>
/// From noise and class to an encoded row. What flows in is the <see cref="TableNoise"/> of a row, and the class: [N, noise + classes]. Fully connected layers
/// make a scalar (tanh) for each scalar of the code and a logit for each slot, of which <see cref="SlotChoice"/> takes one in each column; in a class with real
/// rows, both say how far to go from one (<see cref="RealRowStart"/>). Training and evaluation choose alike, so what D sees is what a row is.
/// </summary>
internal sealed class TableBody : nn.Module<Tensor, Tensor>
{
    private readonly ColumnRange _scalars, _slots;

    internal TableBody(SampleFormat format, int latent, int classes, Sequential trunk, double temperature, double anchorLogit, double residual,
        Device device)
        : base(nameof(TableBody))
    {
        TableCodec codec = format.Table!;
        (Codec, Classes, Trunk, AnchorLogit, Residual) = (codec, classes, trunk, anchorLogit, residual);
        (_scalars, _slots) = (ColumnRange.ScalarsOf(codec), ColumnRange.SlotsOf(codec));
        Noise = new TableNoise(latent, codec.Slots, format.Anchors is not null);
        Choice = codec.Slots == 0 ? null : new SlotChoice(codec, temperature, device);
        Start = format.Anchors is { } anchors ? new RealRowStart(anchors, codec, Choice, device) : null;
        register_module("trunk", trunk);
    }

    /// <summary>The code of the columns.</summary>
    public TableCodec Codec { get; }

    /// <summary>The noise that one row takes.</summary>
    public TableNoise Noise { get; }

    /// <summary>Number of classes; 0 without.</summary>
    public int Classes { get; }

    /// <summary>The layers, from [N, latent (+ width) + classes] to [N, width].</summary>
    public Sequential Trunk { get; }

    /// <summary>How much a real row's slots are preferred to others, as a logit.</summary>
    public double AnchorLogit { get; }

    /// <summary>Which part of the way from a real row a row may go: from its scalars to the edges of their modes, from its slots to others.</summary>
    public double Residual { get; }

    /// <summary>The most that the network adds to a logit of a row that starts from a real one, or takes from it.</summary>
    public double LogitBound => Residual * AnchorLogit;

    /// <summary>What a value of each column is chosen by; null where no column has a choice.</summary>
    public SlotChoice? Choice { get; }

    /// <summary>What rows start from; null where they start from nothing.</summary>
    public RealRowStart? Start { get; }

    /// <summary>What makes values lack as often as they should; null where nothing is done about it, as in training.</summary>
    public MissingBias? Missing { get; private set; }

    /// <summary>From noise and class to encoded rows [N, width].</summary>
    public override Tensor forward(Tensor input)
    {
        DrawnRows drawn = Draw(input);
        return drawn.Logits is null ? drawn.Scalars
            : Codec.Scalars == 0 ? Choice!.Of(WithMissing(drawn)) : cat([drawn.Scalars, Choice!.Of(WithMissing(drawn))], 1);
    }

    /// <summary>Rows before anything is done about missing values.</summary>
    internal DrawnRows Draw(Tensor input)
    {
        long numbers = input.shape[1] - Classes;
        Tensor noise = input.narrow(1, 0, numbers);
        Tensor? label = Classes == 0 ? null : input.narrow(1, numbers, Classes), start = Start?.Of(Noise.Start.Of(noise), label!.argmax(1));
        Tensor output = Trunk.call(cat([.. new[] { Noise.Latent.Of(noise), start, label }.OfType<Tensor>()], 1));
        return new DrawnRows(Scalars(_scalars.Of(output), start),
            Choice is null ? null : Logits(_slots.Of(output), start).Plus(Noise.Perturbations.Of(noise)), label);
    }

    /// <summary>
    /// By how much the best other slot of a column is ahead of the one that says that the value is missing, which it is where this is below 0:
    /// [N, columns of <see cref="MissingBias.ColumnsOf"/>].
    /// </summary>
    internal Tensor LeadsOverMissing(DrawnRows drawn)
    {
        Tensor logits = WithMissing(drawn);
        return cat([.. MissingBias.ColumnsOf(Codec).Select(column => logits.narrow(1, column.First, column.Missing - column.First).amax([1], keepdim: true)
            - logits.narrow(1, column.Missing, 1))], 1);
    }

    /// <summary>Has values lack more or less often from now on; the one that did so before is disposed of.</summary>
    internal void Use(MissingBias? missing)
    {
        Missing?.Dispose();
        Missing = missing;
    }

    private Tensor WithMissing(DrawnRows drawn) => Missing is null ? drawn.Logits! : drawn.Logits!.Plus(Missing.Of(drawn.Label?.argmax(1)));

    /// <summary>Scalars of rows: from a scalar of a real row there is a part of the way to go that the range of -1 to 1 leaves.</summary>
    private Tensor Scalars(Tensor output, Tensor? start)
    {
        Tensor scalars = output.tanh();
        return start is null ? scalars : _scalars.Of(start).Plus(scalars.Times(Residual) * Held.One.Minus(_scalars.Of(start).abs()));
    }

    /// <summary>Logits of rows: those that start from a real row prefer its slots, and the network's part is bounded, as it is of scalars.</summary>
    private Tensor Logits(Tensor output, Tensor? start)
    {
        if (start is null) return output;
        Tensor slots = _slots.Of(start), starts = slots.sum(1, keepdim: true).clamp(max: Held.One); // 0 in a class that has too many rows to start from
        Tensor bounded = output.Over(LogitBound).tanh().Times(LogitBound);
        return (bounded * starts).Plus(output * Held.One.Minus(starts)).Plus(slots.Times(AnchorLogit));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Choice?.Dispose();
            Start?.Dispose();
            Missing?.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>Rows whose values are yet to be chosen.</summary>
    /// <param name="Scalars">[N, scalars].</param>
    /// <param name="Logits">[N, slots]; null where no column has a choice.</param>
    /// <param name="Label">[N, classes], above 0 for the class alone; null without classes.</param>
    internal sealed record DrawnRows(Tensor Scalars, Tensor? Logits, Tensor? Label) : IDisposable
    {
        /// <summary>The same, beyond the scope in which they were drawn.</summary>
        public DrawnRows Kept() => new(Scalars.DetachFromDisposeScope(), Logits?.DetachFromDisposeScope(), Label?.clone().DetachFromDisposeScope());

        /// <inheritdoc/>
        public void Dispose()
        {
            Scalars.Dispose();
            Logits?.Dispose();
            Label?.Dispose();
        }
    }
}
