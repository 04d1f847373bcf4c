using GanPipeline.Tables;
using GanPipeline.Training.Data;

namespace GanPipeline.Training.Networks;

/// <summary>
/// From noise and class to an encoded row. What flows in is the <see cref="TableNoise"/> of a row, and the class: [N, noise + classes]. Fully connected layers
/// make a scalar (tanh) for each scalar of the code and a logit for each slot, of which <see cref="SlotChoice"/> takes one in each column; in a class with real
/// rows, both say how far to go from one (<see cref="RealRowStart"/>). Training and evaluation choose alike, so what D sees is what a row is.
/// <para>Where noise for several rows flows in, [N, candidates · noise + classes], <see cref="RowCandidates"/> takes one of them.</para>
/// </summary>
internal sealed class TableBody : nn.Module<Tensor, Tensor>
{
    private readonly ColumnRange _scalars, _slots;

    internal TableBody(SampleFormat format, int latent, int classes, Sequential trunk, double temperature, double anchorLogit, int candidates,
        double strictness, Device device) : base(nameof(TableBody))
    {
        TableCodec codec = format.Table!;
        (Codec, Classes, Trunk, AnchorLogit) = (codec, classes, trunk, anchorLogit);
        (_scalars, _slots) = (ColumnRange.ScalarsOf(codec), ColumnRange.SlotsOf(codec));
        Noise = new TableNoise(latent, codec.Slots, format.Anchors is not null);
        Choice = codec.Slots == 0 ? null : new SlotChoice(codec, temperature, device);
        Start = format.Anchors is { } anchors ? new RealRowStart(anchors, codec, device) : null;
        Candidates = candidates > 1 ? new RowCandidates(codec, format.Landmarks!, candidates, strictness, device) : null;
        if (Candidates is not null) register_module("margin", Candidates.Margin);
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

    /// <summary>What a value of each column is chosen by; null where no column has a choice.</summary>
    public SlotChoice? Choice { get; }

    /// <summary>What rows start from; null where they start from nothing.</summary>
    public RealRowStart? Start { get; }

    /// <summary>What takes one of several rows; null without a choice.</summary>
    public RowCandidates? Candidates { get; }

    /// <summary>What candidates are compared by; null without a choice.</summary>
    public ClassMargin? Margin => Candidates?.Margin;

    /// <summary>From noise and class to encoded rows [N, width].</summary>
    public override Tensor forward(Tensor input)
    {
        long rows = input.shape[0], numbers = input.shape[1] - Classes;
        Tensor noise = input.narrow(1, 0, numbers);
        Tensor? label = Classes == 0 ? null : input.narrow(1, numbers, Classes);
        if (Candidates is null || numbers == Noise.Size) return Generate(noise, label, null);
        Tensor repeated = label!.repeat_interleave(Candidates.Count, 0);
        return Candidates.Best(Generate(noise.reshape(rows * Candidates.Count, Noise.Size), repeated, Candidates.Freedoms.repeat(rows, 1)), repeated);
    }

    private Tensor Generate(Tensor noise, Tensor? label, Tensor? freedom)
    {
        Tensor? start = null;
        if (Start is not null)
        {
            Tensor classes = label!.argmax(1);
            if (freedom is not null) freedom = Start.Freedom(freedom, classes);
            start = Start.Of(Noise.Start.Of(noise), classes, freedom);
        }
        Tensor output = Trunk.call(cat([.. new[] { Noise.Latent.Of(noise), start, label }.OfType<Tensor>()], 1));
        Tensor scalars = Scalars(_scalars.Of(output), start, freedom);
        if (Choice is null) return scalars;
        Tensor slots = Choice.Of(Logits(_slots.Of(output).Plus(Noise.Perturbations.Of(noise)), start, freedom));
        return Codec.Scalars == 0 ? slots : cat([scalars, slots], 1);
    }

    /// <summary>Scalars of rows: from a scalar of a real row there is as far to go as the range of -1 to 1 leaves.</summary>
    private Tensor Scalars(Tensor output, Tensor? start, Tensor? freedom)
    {
        Tensor scalars = output.tanh();
        if (freedom is not null) scalars = scalars * freedom;
        return start is null ? scalars : _scalars.Of(start).Plus(scalars * Held.One.Minus(_scalars.Of(start).abs()));
    }

    private Tensor Logits(Tensor perturbed, Tensor? start, Tensor? freedom)
    {
        Tensor logits = freedom is null ? perturbed : perturbed * freedom;
        return start is null ? logits : logits.Plus(_slots.Of(start).Times(AnchorLogit));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Choice?.Dispose();
            Start?.Dispose();
            Candidates?.Dispose();
        }
        base.Dispose(disposing);
    }
}
