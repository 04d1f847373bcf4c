using GanPipeline.Tables.Forests;
using static TorchSharp.torch;

namespace GanPipeline.Training.Imputation;

/// <summary>
/// Iterated random forests (Stekhoven and Bühlmann 2012, "MissForest: non-parametric missing value imputation for mixed-type data"): cells begin as the mean or
/// the most frequent category; then each column, those that lack least first, is guessed by the others as they are filled by now, round after round until what
/// changes grows for each kind of column; the round before that counts.
/// </summary>
/// <param name="layout">How the cells lie.</param>
/// <param name="seed">Makes the forests.</param>
/// <param name="stop">Ends it between two trees.</param>
internal sealed class ForestImputer(CellLayout layout, ulong seed, CancellationToken stop) : CellImputer
{
    private const int MostRounds = 10;

    public override string Name => "forest";

    public override Tensor Guess(Tensor values, Tensor visible)
    {
        var filling = new Filling(layout, [.. values.data<float>()], [.. visible.data<float>()], (int)values.shape[0]);
        float[] best = filling.Start();
        var before = new Change(double.PositiveInfinity, double.PositiveInfinity);
        for (int round = 0; round < MostRounds; round++)
        {
            float[] guess = [.. best];
            Change change = filling.Round(guess, SeedStream.Derive(seed, "imputation forest", (ulong)round), stop);
            if (!change.IsBelow(before)) break;
            (best, before) = (guess, change);
        }
        return tensor(best, values.shape);
    }

    /// <summary>What a round changed: squares of numbers, of the sum of all squares; cells of categories, of all. 0 where there are none.</summary>
    private readonly record struct Change(double Numbers, double Categories)
    {
        public bool IsBelow(Change other) => Numbers < other.Numbers || Categories < other.Categories;
    }

    /// <summary>The cells while they are filled.</summary>
    private sealed class Filling
    {
        private readonly CellLayout _layout;
        private readonly float[] _values, _visible;
        private readonly int _rows;
        private readonly TreeColumns _trees;
        private readonly int[][] _known, _gaps;

        public Filling(CellLayout layout, float[] values, float[] visible, int rows)
        {
            (_layout, _values, _visible, _rows) = (layout, values, visible, rows);
            _trees = new TreeColumns([.. layout.Columns.Select(c => c.IsNumber ? (int?)null : c.Width)], rows);
            _known = [.. layout.Columns.Select((_, k) => Rows(k, 1))];
            _gaps = [.. layout.Columns.Select((_, k) => Rows(k, 0))];
        }

        /// <summary>[rows, width] means and shares of the categories.</summary>
        public float[] Start()
        {
            float[] guess = new float[_values.Length];
            for (int k = 0; k < _layout.Columns.Count; k++)
            {
                CellColumn column = _layout.Columns[k];
                if (column.IsNumber) _trees.Divide(k, [.. _known[k].Select(row => _values[At(row, column)])]);
                foreach (int row in _known[k]) Show(k, row, _values);
                float[] mean = Mean(column, _known[k]);
                foreach (int row in _gaps[k])
                {
                    mean.CopyTo(guess, At(row, column));
                    Show(k, row, guess);
                }
            }
            return guess;
        }

        /// <summary>Guesses each column once by the others.</summary>
        /// <param name="guess">[rows, width] the guesses before, which become those after.</param>
        /// <param name="seed">Makes the forests.</param>
        /// <param name="stop">Ends it.</param>
        public Change Round(float[] guess, ulong seed, CancellationToken stop)
        {
            double changed = 0, squares = 0, other = 0, categories = 0;
            foreach (int k in Enumerable.Range(0, _gaps.Length).Where(k => _gaps[k].Length > 0 && _known[k].Length > 0).OrderBy(k => _gaps[k].Length))
            {
                CellColumn column = _layout.Columns[k];
                float[] found = RandomForest.Guess(_trees, Target(k), _known[k], _gaps[k], SeedStream.Derive(seed, column.Code.Name), stop);
                for (int i = 0; i < _gaps[k].Length; i++)
                {
                    int row = _gaps[k][i], was = _trees.Codes(k)[row];
                    Span<float> ours = guess.AsSpan(At(row, column), column.Width), now = found.AsSpan(i * column.Width, column.Width);
                    if (column.IsNumber) (changed, squares) = (changed + Square(now[0] - ours[0]), squares + Square(now[0]));
                    now.CopyTo(ours);
                    Show(k, row, guess);
                    if (!column.IsNumber) (other, categories) = (other + (_trees.Codes(k)[row] == was ? 0 : 1), categories + 1);
                }
            }
            return new Change(squares > 0 ? changed / squares : 0, categories > 0 ? other / categories : 0);
        }

        private ForestTarget Target(int k)
        {
            CellColumn column = _layout.Columns[k];
            return column.IsNumber ? ForestTarget.OfNumbers(k, [.. Enumerable.Range(0, _rows).Select(row => _values[At(row, column)])])
                : ForestTarget.OfClasses(k, [(_trees.Codes(k), column.Width)]);
        }

        private void Show(int k, int row, float[] cells)
        {
            CellColumn column = _layout.Columns[k];
            if (column.IsNumber) _trees.Set(k, row, cells[At(row, column)]);
            else _trees.Set(k, row, CellDraws.IndexOfLargest(cells.AsSpan(At(row, column), column.Width)));
        }

        private float[] Mean(CellColumn column, int[] rows)
        {
            double[] sums = new double[column.Width];
            foreach (int row in rows) for (int i = 0; i < column.Width; i++) sums[i] += _values[At(row, column) + i];
            return Array.ConvertAll(sums, sum => (float)(sum / Math.Max(1, rows.Length)));
        }

        private int At(int row, CellColumn column) => row * _layout.Width + column.First;

        private int[] Rows(int k, float visible) =>
            [.. Enumerable.Range(0, _rows).Where(row => _visible[row * _layout.Columns.Count + k] == visible)];

        private static double Square(double x) => x * x;
    }
}
