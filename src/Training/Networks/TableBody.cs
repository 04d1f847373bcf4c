using GanPipeline.Tables;
using GanPipeline.Training.Data;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Layer = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace GanPipeline.Training.Networks;

/// <summary>
/// From noise and class to an encoded row. What flows in is [N, latent + slots (+ 2) + classes]: the latent vector, a number for each slot, two that choose a
/// real row where there are <see cref="AnchorRows"/>, and the class. Fully
/// connected layers make a scalar (tanh) for each scalar of the code and a logit for each slot; in each column's block the slot of the largest logit plus its
/// number is 1, and its gradient is that of the softmax at a temperature (the straight-through estimator of Bengio, Léonard and Courville 2013; as the
/// Gumbel-softmax of Jang et al. 2017, with normal perturbations, which is what a generator file's noise is). Training and evaluation choose alike, so what D
/// sees is what a row is.
/// <para>Where noise for several rows flows in, these are candidates for one: the first whose <see cref="ClassMargin"/> reaches the strictness is taken, or,
/// where none does, the one of the largest margin (rejection, as in Azadi et al. 2019, "Discriminator rejection sampling", by neighbours instead of D). Of
/// candidates that start from a real row, each is moved less far from it than the one before.</para>
/// </summary>
internal sealed class TableBody : nn.Module<Tensor, Tensor>
{
    private const float Impossible = -1e9f;

    private readonly double _temperature;
    private readonly Tensor _spread, _gathered, _impossible;
    private readonly Tensor? _rows, _ways, _starts, _counts, _freedoms;
    private readonly long _blocks, _widest;

    internal TableBody(SampleFormat format, int latent, int classes, Sequential trunk, double temperature, double anchorLogit, int candidates,
        double strictness,
        Device device) : base(nameof(TableBody))
    {
        TableCodec codec = format.Table!;
        (Codec, Latent, Classes, Trunk, _temperature, AnchorLogit) = (codec, latent, classes, trunk, temperature, anchorLogit);
        int[] blocks = [.. codec.Columns.Select(c => c.Slots).Where(n => n > 0)];
        (_blocks, _widest) = (blocks.Length, blocks.DefaultIfEmpty(0).Max());
        // Every block is spread to the widest one's size, so that all choices are one operation; the entries that a block lacks are impossible.
        var spread = new List<long>();
        var gathered = new List<long>();
        for (int b = 0, first = 0; b < blocks.Length; first += blocks[b++])
        {
            for (int k = 0; k < _widest; k++)
            {
                if (k < blocks[b]) gathered.Add(spread.Count);
                spread.Add(k < blocks[b] ? first + k : codec.Slots);
            }
        }
        _spread = Constant(tensor(spread.ToArray(), device: device), nameof(_spread));
        _gathered = Constant(tensor(gathered.ToArray(), device: device), nameof(_gathered));
        _impossible = Constant(tensor([Impossible], [1, 1], device: device), nameof(_impossible));
        if (format.Anchors is { } anchors)
        {
            // The last row is of zeros, for the classes that have none.
            int count = anchors.Counts.Sum();
            _rows = Constant(tensor([.. anchors.Rows, .. new float[codec.Width]], [count + 1, codec.Width], device: device), nameof(_rows));
            _ways = Constant(tensor([.. anchors.Ways(codec), .. new float[AnchorRows.Neighbours * codec.Scalars]],
                [(count + 1) * AnchorRows.Neighbours, codec.Scalars], device: device), nameof(_ways));
            float[] starts = [.. anchors.Counts.Select((n, c) => n == 0 ? count : (float)anchors.Counts.Take(c).Sum())];
            _starts = Constant(tensor(starts, device: device), nameof(_starts));
            _counts = Constant(tensor([.. anchors.Counts.Select(n => (float)n)], device: device), nameof(_counts));
        }
        (Candidates, Strictness) = (candidates, strictness);
        if (candidates > 1)
        {
            Margin = new ClassMargin(codec, format.Landmarks!, device);
            register_module("margin", Margin);
            _freedoms = Constant(tensor([.. Enumerable.Range(0, candidates).Select(i => 1 - i / (float)candidates)], [candidates, 1], device: device),
                nameof(_freedoms));
        }
        register_module("trunk", trunk);
    }

    /// <summary>The code of the columns.</summary>
    public TableCodec Codec { get; }

    /// <summary>Length of the latent vector proper.</summary>
    public int Latent { get; }

    /// <summary>Number of classes; 0 without.</summary>
    public int Classes { get; }

    /// <summary>How much a real row's slots are preferred to others, as a logit.</summary>
    public double AnchorLogit { get; }

    /// <summary>The real rows, class after class, and one of zeros: [R + 1, width]; their ways to their neighbours, [(R + 1) · neighbours, scalars]; first row
    /// and number of rows of each class, [classes]. Null without real rows.</summary>
    public (Tensor Rows, Tensor Ways, Tensor Starts, Tensor Counts)? Anchors => _rows is null ? null : (_rows, _ways!, _starts!, _counts!);

    /// <summary>Rows that one is chosen from; 1 without a choice.</summary>
    public int Candidates { get; }

    /// <summary>How many times as far as the nearest real row of its own class the nearest of another must be for a row to be taken at once.</summary>
    public double Strictness { get; }

    /// <summary>What candidates are chosen by; null without a choice.</summary>
    public ClassMargin? Margin { get; }

    /// <summary>How far each candidate may go from the real row that it starts from, [candidates, 1]: 1 as far as the network says, 0 not at all. Null without
    /// a choice.</summary>
    public Tensor? Freedoms => _freedoms;

    /// <summary>The layers, from [N, latent (+ width) + classes] to [N, width].</summary>
    public Sequential Trunk { get; }

    /// <summary>Blocks of slots, their largest size, where each entry of the spread blocks comes from (the last place: nowhere), and where each slot stands in
    /// them.</summary>
    public (long Blocks, long Widest, Tensor Spread, Tensor Gathered) Choices => (_blocks, _widest, _spread, _gathered);

    /// <summary>Numbers of noise that one row takes.</summary>
    public int Noise => Latent + Codec.Slots + (_rows is null ? 0 : 2);

    /// <summary>From [N, noise + classes], or from [N, candidates · noise + classes], to encoded rows [N, width].</summary>
    public override Tensor forward(Tensor input)
    {
        long rows = input.shape[0], noise = input.shape[1] - Classes;
        if (noise == Noise) return Make(input, null);
        Tensor label = input.narrow(1, noise, Classes).repeat_interleave(Candidates, 0);
        Tensor made = Make(cat([input.narrow(1, 0, noise).reshape(rows * Candidates, Noise), label], 1), _freedoms!.repeat(rows, 1));
        Tensor margin = Margin!.call(made, label).AtMost(Strictness * Strictness).view(rows, Candidates);
        return made.index_select(0, margin.argmax(1).Plus(Held.Range(0, rows, int64, input.device).Times(Candidates)));
    }

    private Tensor Make(Tensor input, Tensor? freedom)
    {
        long rows = input.shape[0];
        (int scalars, int slots) = (Codec.Scalars, Codec.Slots);
        Tensor latent = input.narrow(1, 0, Latent);
        Tensor? label = Classes == 0 ? null : input.narrow(1, input.shape[1] - Classes, Classes), start = null;
        if (_rows is not null)
        {
            Tensor index = label!.argmax(1);
            // A class that is made from noise alone goes as far as it likes.
            if (freedom is not null) freedom = Held.One.Minus(Held.One.Minus(freedom) * _counts!.clamp(max: Held.One).index_select(0, index).unsqueeze(1));
            start = Start(input.narrow(1, Latent + slots, 2), index, freedom);
        }
        Tensor output = Trunk.call(cat([.. new[] { latent, start, label }.OfType<Tensor>()], 1));
        Tensor scalar = output.narrow(1, 0, scalars).tanh();
        if (freedom is not null) scalar = scalar * freedom;
        // From a scalar of a real row there is as far to go as the range leaves.
        if (start is not null) scalar = start.narrow(1, 0, scalars).Plus(scalar * Held.One.Minus(start.narrow(1, 0, scalars).abs()));
        if (slots == 0) return scalar;
        Tensor logits = output.narrow(1, scalars, slots).Plus(input.narrow(1, Latent, slots));
        if (freedom is not null) logits = logits * freedom;
        if (start is not null) logits = logits.Plus(start.narrow(1, scalars, slots).Times(AnchorLogit));
        Tensor spread = cat([logits, _impossible.expand(rows, 1)], 1).index_select(1, _spread).view(rows, _blocks, _widest);
        Tensor soft = spread.Over(_temperature).softmax(-1);
        Tensor hard = soft.detach().eq(soft.detach().max(-1, keepdim: true).values).to_type(ScalarType.Float32);
        Tensor chosen = soft.Plus(hard - soft.detach()).view(rows, _blocks * _widest).index_select(1, _gathered);
        return scalars == 0 ? chosen : cat([scalar, chosen], 1);
    }

    /// <summary>A real row of the class, moved up to half the way to one of its neighbours, or as much of that as the freedom is: [N, width]; zeros for a class
    /// without.</summary>
    private Tensor Start(Tensor noise, Tensor index, Tensor? freedom)
    {
        Tensor uniform = (noise.Times(Math.Sqrt(0.5)).erf() * Held.Half).Plus(0.5);
        Tensor count = _counts!.index_select(0, index), at = uniform.narrow(1, 0, 1).squeeze(1) * count;
        Tensor whole = at.floor().minimum(count - Held.One).clamp(min: Held.Zero), row = _starts!.index_select(0, index).Plus(whole);
        Tensor neighbour = (at - whole).Times(AnchorRows.Neighbours).floor().Between(0, AnchorRows.Neighbours - 1);
        Tensor from = _rows!.index_select(0, row.to_type(int64)), part = uniform.narrow(1, 1, 1) * Held.Half;
        Tensor way = _ways!.index_select(0, row.Times(AnchorRows.Neighbours).Plus(neighbour).to_type(int64)) * (freedom is null ? part : part * freedom);
        return cat([from.narrow(1, 0, Codec.Scalars).Plus(way), from.narrow(1, Codec.Scalars, Codec.Slots)], 1);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) foreach (Tensor? constant in (Tensor?[])[_spread, _gathered, _impossible, _rows, _ways, _starts, _counts, _freedoms]) constant?.Dispose(
            );
        base.Dispose(disposing);
    }

    private Tensor Constant(Tensor value, string name)
    {
        Tensor constant = value.DetachFromDisposeScope();
        register_buffer(name, constant, persistent: false); // said before TorchSharp finds the field by itself: a constant is no running statistic
        return constant;
    }
}
