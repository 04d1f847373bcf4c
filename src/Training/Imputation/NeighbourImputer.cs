using TorchSharp;
using static TorchSharp.torch;
using Random = TorchSharp.torch.Generator;

namespace GanPipeline.Training.Imputation;

/// <summary>
/// The mean over the k nearest rows that have the cell (Troyanskaya et al. 2001, "Missing value estimation methods for DNA microarrays"), where the distance of
/// two rows is that over the cells that both have, scaled up to a whole row.
/// </summary>
/// <param name="layout">How the cells lie.</param>
/// <param name="seed">Chooses the donors where there are more than are looked at.</param>
internal sealed class NeighbourImputer(CellLayout layout, ulong seed) : CellImputer
{
    private const int Neighbours = 5, MostDonors = 5000, Block = 512;

    public override string Name => "neighbours";

    public override Tensor Guess(Tensor values, Tensor visible)
    {
        using DisposeScope outer = NewDisposeScope();
        var donors = new Donors(layout, values, visible, seed);
        long rows = values.shape[0];
        Tensor guess = zeros_like(values);
        for (long first = 0; first < rows; first += Block)
        {
            using DisposeScope scope = NewDisposeScope();
            long count = Math.Min(Block, rows - first);
            guess.narrow(0, first, count).copy_(donors.Guess(values.narrow(0, first, count), visible.narrow(0, first, count)));
        }
        return guess.MoveToOuterDisposeScope();
    }

    /// <summary>The rows whose cells are taken.</summary>
    private sealed class Donors
    {
        private readonly CellLayout _layout;
        private readonly Tensor _values, _visible, _spread;

        public Donors(CellLayout layout, Tensor values, Tensor visible, ulong seed)
        {
            using Random random = new(SeedStream.Derive(seed, "donors of cells"), CPU);
            long rows = values.shape[0];
            Tensor chosen = rows <= MostDonors ? Held.Range(0, rows, int64) : randperm(rows, int64, CPU, generator: random).narrow(0, 0, MostDonors);
            (_layout, _values, _visible) = (layout, values.index_select(0, chosen), visible.index_select(0, chosen));
            _spread = layout.Spread(_visible);
        }

        public Tensor Guess(Tensor values, Tensor visible)
        {
            // Σ (x - y)² over what both have, as three products of matrices: values are 0 where they cannot be seen.
            Tensor spread = _layout.Spread(visible);
            Tensor distance = values.Squared().mm(_spread.t()).Plus(spread.mm(_values.Squared().t())) - values.mm(_values.t()) * Held.Two;
            Tensor shared = visible.mm(_visible.t());
            distance = (distance / shared.clamp_min(Held.One)).Plus(shared.eq(Held.Zero).to_type(ScalarType.Float32).Times(1e9));
            var parts = new List<Tensor>();
            for (int k = 0; k < _layout.Columns.Count; k++)
            {
                CellColumn column = _layout.Columns[k];
                // A row is no donor of a cell that it lacks, and no donor of its own (distance 0 would be the cell itself, were it not hidden).
                Tensor far = distance.Plus(Held.One.Minus(_visible.narrow(1, k, 1).t()).Times(1e12));
                (Tensor near, Tensor index) = far.topk((int)Math.Min(Neighbours, _values.shape[0]), 1, largest: false);
                Tensor weight = near.IsBelow(1e11).to_type(ScalarType.Float32).unsqueeze(2);
                Tensor donors = _values.narrow(1, column.First, column.Width).index_select(0, index.reshape(-1)).view(values.shape[0], -1, column.Width);
                parts.Add((donors * weight).sum(1) / weight.sum(1).clamp_min(Held.One));
            }
            return cat(parts, 1);
        }
    }
}
