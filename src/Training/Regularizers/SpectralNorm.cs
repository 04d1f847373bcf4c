using GanPipeline.Training.Optimization;
using TorchSharp;

namespace GanPipeline.Training.Regularizers;

/// <summary>
/// Miyato et al. 2018, "Spectral normalization for generative adversarial networks", algorithm 1: D computes with W/σ(W) for every weight of two or more axes
/// (as a matrix, outputs × rest), σ by one step of power iteration after each of D's steps. The gradient is that of equation 12.
/// </summary>
[Kind("spectral_norm")]
internal sealed record SpectralNormOptions : WeightRuleOptions
{
    /// <inheritdoc/>
    public override WeightRule Bind(FlatNetwork network) => new Rule(network);

    private sealed class Rule : WeightRule
    {
        private const int FirstIterations = 16;

        private readonly Tensor _left, _right;
        private readonly List<Matrix> _matrices = [];

        public Rule(FlatNetwork network) : base(network)
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGradient = no_grad();
            Device device = network.Parameters.device;
            var shapes = network.Layout.Select(l => (Rows: l.Shape[0], Columns: l.Shape[1..].Aggregate(1L, (a, b) => a * b), IsMatrix: l.Shape.Length > 1))
                .ToArray();
            Weights = network.Parameters.clone().DetachFromDisposeScope();
            _left = randn(shapes.Where(s => s.IsMatrix).Sum(s => s.Rows), device: device).DetachFromDisposeScope();
            _right = zeros(shapes.Where(s => s.IsMatrix).Sum(s => s.Columns), device: device).DetachFromDisposeScope();
            long at = 0, row = 0, column = 0;
            foreach ((long rows, long columns, bool isMatrix) in shapes)
            {
                Tensor View(Tensor flat) => flat.narrow(0, at, rows * columns).view(rows, columns).DetachFromDisposeScope();
                if (isMatrix)
                {
                    _matrices.Add(new Matrix(View(Weights), View(network.Parameters), View(network.Gradients),
                        _left.narrow(0, row, rows).DetachFromDisposeScope(), _right.narrow(0, column, columns).DetachFromDisposeScope()));
                    (row, column) = (row + rows, column + columns);
                }
                at += rows * columns;
            }
            for (int i = 0; i < FirstIterations; i++) Iterate();
            Restore();
        }

        public override Tensor Weights { get; }

        public override IEnumerable<(string Name, Tensor Tensor)> State =>
            [("discriminator.spectral.weights", Weights), ("discriminator.spectral.left", _left), ("discriminator.spectral.right", _right)];

        public override void ChangeGradients()
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGradient = no_grad();
            foreach (Matrix m in _matrices)
            {
                // (G - <G, W/σ> u vᵀ)/σ
                Tensor along = (m.Gradient * m.Normalized).sum();
                m.Gradient.sub_(outer(m.Left, m.Right).mul_(along)).div_(m.Sigma());
            }
        }

        public override void Apply()
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGradient = no_grad();
            Iterate();
            Restore();
        }

        public override void Restore()
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGradient = no_grad();
            Network.Parameters.copy_(Weights); // biases and the like are used as they are
            foreach (Matrix m in _matrices) m.Normalized.div_(m.Sigma());
        }

        private void Iterate()
        {
            foreach (Matrix m in _matrices)
            {
                m.Right.copy_(nn.functional.normalize(mv(m.Raw.t(), m.Left), dim: 0));
                m.Left.copy_(nn.functional.normalize(mv(m.Raw, m.Right), dim: 0));
            }
        }

        public override void Dispose()
        {
            foreach (Matrix m in _matrices) m.Dispose();
            Weights.Dispose();
            _left.Dispose();
            _right.Dispose();
            base.Dispose();
        }
    }

    /// <summary>One weight as a matrix: what is learned, what the network computes with, its gradient, and the leading singular vectors (all views).</summary>
    private sealed record Matrix(Tensor Raw, Tensor Normalized, Tensor Gradient, Tensor Left, Tensor Right) : IDisposable
    {
        public Tensor Sigma() => dot(Left, mv(Raw, Right));

        public void Dispose()
        {
            foreach (Tensor view in (Tensor[])[Raw, Normalized, Gradient, Left, Right]) view.Dispose();
        }
    }
}
