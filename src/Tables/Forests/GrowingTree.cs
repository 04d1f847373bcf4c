using GanPipeline.Primitives;

namespace GanPipeline.Tables.Forests;

/// <summary>One tree after the other of a <see cref="RandomForest"/>, in the same memory.</summary>
internal sealed class GrowingTree
{
    private const int LeastRowsOfNumbers = 5; // a node of fewer is a leaf, as in Breiman's forests; for classes: 2
    private const int SortBelow = 96; // rows of a node: more are faster counted by their codes

    private readonly TreeColumns _columns;
    private readonly ForestTarget _target;
    private readonly byte[][] _codes; // [columns][rows] as this tree orders them
    private readonly int[] _features, _sample, _places, _aside;
    private readonly uint[] _order; // code and row's place in the node, ascending
    private readonly int[] _left, _right; // rows of each class of an output on both sides of a split
    private readonly double[] _scores; // of a split after each place, over all outputs
    private readonly Stack<Node> _open = [];

    /// <param name="columns">All columns.</param>
    /// <param name="target">What is guessed.</param>
    /// <param name="sample">Rows of a sample, at most 2^24.</param>
    /// <param name="guess">How many rows are guessed.</param>
    public GrowingTree(TreeColumns columns, ForestTarget target, int sample, int guess)
    {
        (_columns, _target) = (columns, target);
        _features = [.. Enumerable.Range(0, columns.Count).Where(c => c != target.Column)];
        _codes = [.. Enumerable.Range(0, columns.Count).Select(c => c == target.Column ? [] : Bytes(columns, c))];
        (_sample, _order, _places, _aside) = (new int[sample], new uint[sample], new int[guess], new int[Math.Max(sample, guess)]);
        (_left, _right, _scores) = (new int[target.Width], new int[target.Width], new double[sample]);
    }

    private readonly record struct Node(int First, int Rows, int FirstGuess, int Guesses, int Id);

    private readonly record struct Split(int Feature, int Code, double Score);

    /// <summary>Grows a tree on a sample, and adds its guesses.</summary>
    /// <param name="train">Rows to sample.</param>
    /// <param name="guess">Rows to guess.</param>
    /// <param name="sums">[guess, width]: the guesses are added to it.</param>
    /// <param name="seed">Makes the tree.</param>
    public void Guess(int[] train, int[] guess, float[] sums, ulong seed) => Grow(train, guess, seed, node => AddLeaf(node, sums), (_, _, _) => { });

    /// <summary>Grows a tree on a sample, and keeps it with the rows in its leaves.</summary>
    /// <param name="train">Rows to sample.</param>
    /// <param name="kept">Rows to lie in the leaves.</param>
    /// <param name="seed">Makes the tree.</param>
    public LeafTree Keep(int[] train, int[] kept, ulong seed)
    {
        Array.Sort(_features); // in the order that the tree before left them, the tree would depend on which thread grew that
        var nodes = new List<LeafTree.Node> { default };
        Grow(train, kept, seed, node => nodes[node.Id] = LeafTree.Node.Leaf(node.FirstGuess, node.Guesses), (node, split, below) =>
        {
            nodes[node.Id] = LeafTree.Node.Split(split.Feature, split.Code, below);
            nodes.AddRange([default, default]);
        });
        return new LeafTree([.. nodes], Array.ConvertAll(_places, place => kept[place]));
    }

    private void Grow(int[] train, int[] guess, ulong seed, Action<Node> leaf, Action<Node, Split, int> splits)
    {
        var random = new RandomStream(seed);
        int nodes = 1;
        for (int i = 0; i < _sample.Length; i++) _sample[i] = train[random.Next(train.Length)];
        for (int i = 0; i < _places.Length; i++) _places[i] = i;
        OrderCategories(random);
        _open.Push(new Node(0, _sample.Length, 0, guess.Length, 0));
        while (_open.TryPop(out Node node))
        {
            if (BestSplit(node, random) is not { } split)
            {
                leaf(node);
                continue;
            }
            byte[] codes = _codes[split.Feature];
            int rows = Part(_sample.AsSpan(node.First, node.Rows), null, codes, split.Code);
            int guesses = Part(_places.AsSpan(node.FirstGuess, node.Guesses), guess, codes, split.Code);
            // A branch that nothing is guessed by need not grow: the other one stands for the node.
            bool both = guesses > 0 && guesses < node.Guesses;
            if (both) splits(node, split, nodes);
            if (guesses > 0) _open.Push(new Node(node.First, rows, node.FirstGuess, guesses, both ? nodes : node.Id));
            if (guesses < node.Guesses)
                _open.Push(new Node(node.First + rows, node.Rows - rows, node.FirstGuess + guesses, node.Guesses - guesses, both ? nodes + 1 : node.Id));
            if (both) nodes += 2;
        }
    }

    /// <summary>Orders each column's categories by the target's mean, of classes the first output's, among the sample's rows.</summary>
    private void OrderCategories(RandomStream random)
    {
        int drawn = _target.Numbers is null ? _target.Outputs[0].Classes[_sample[random.Next(_sample.Length)]] : 0;
        foreach (int feature in _features)
        {
            if (!_columns.IsCategory(feature)) continue;
            int[] codes = _columns.Codes(feature);
            int levels = _columns.Levels(feature);
            double[] sums = new double[levels], counts = new double[levels];
            foreach (int row in _sample)
            {
                sums[codes[row]] += _target.Numbers is { } numbers ? numbers[row] : _target.Outputs[0].Classes[row] == drawn ? 1 : 0;
                counts[codes[row]]++;
            }
            double mean = sums.Sum() / _sample.Length;
            int[] order = [.. Enumerable.Range(0, levels).OrderBy(l => counts[l] > 0 ? sums[l] / counts[l] : mean)];
            byte[] ranks = new byte[levels];
            for (int i = 0; i < levels; i++) ranks[order[i]] = (byte)(levels <= TreeColumns.Bins ? i : (long)i * TreeColumns.Bins / levels);
            byte[] ordered = _codes[feature];
            for (int row = 0; row < ordered.Length; row++) ordered[row] = ranks[codes[row]];
        }
    }

    private Split? BestSplit(Node node, RandomStream random)
    {
        ReadOnlySpan<int> rows = _sample.AsSpan(node.First, node.Rows);
        if (rows.Length < (_target.Numbers is null ? 2 : LeastRowsOfNumbers) || IsPure(rows)) return null;
        Split? best = null;
        int look = (_features.Length + 2) / 3;
        for (int looked = 0; looked < _features.Length && (looked < look || best is null); looked++)
        {
            int chosen = looked + random.Next(_features.Length - looked);
            (_features[looked], _features[chosen]) = (_features[chosen], _features[looked]);
            byte[] codes = _codes[_features[looked]];
            Span<uint> order = Ordered(rows, codes);
            if (order[0] >> 24 == order[^1] >> 24) continue;
            (int place, double score) = _target.Numbers is { } numbers ? BestOfNumbers(rows, order, numbers) : BestOfClasses(rows, order);
            if (best is null || score > best.Value.Score)
                best = new Split(_features[looked], (int)((order[place] >> 24) + (order[place + 1] >> 24)) / 2, score);
        }
        return best;
    }

    /// <summary>The rows by their codes: code in the upper 8 bits, place in the node below.</summary>
    private Span<uint> Ordered(ReadOnlySpan<int> rows, byte[] codes)
    {
        Span<uint> order = _order.AsSpan(0, rows.Length);
        if (rows.Length < SortBelow)
        {
            for (int i = 0; i < rows.Length; i++) order[i] = (uint)codes[rows[i]] << 24 | (uint)i;
            order.Sort();
            return order;
        }
        Span<int> next = stackalloc int[TreeColumns.Bins + 1];
        next.Clear();
        foreach (int row in rows) next[codes[row] + 1]++;
        for (int code = 1; code < TreeColumns.Bins; code++) next[code] += next[code - 1];
        for (int i = 0; i < rows.Length; i++)
        {
            int code = codes[rows[i]];
            order[next[code]++] = (uint)code << 24 | (uint)i;
        }
        return order;
    }

    private static (int Place, double Score) BestOfNumbers(ReadOnlySpan<int> rows, ReadOnlySpan<uint> order, float[] numbers)
    {
        double total = 0, left = 0, most = double.NegativeInfinity;
        foreach (int row in rows) total += numbers[row];
        int best = 0, last = order.Length - 1;
        for (int i = 0; i < last; i++)
        {
            left += numbers[rows[(int)(order[i] & 0xFFFFFF)]];
            if (order[i] >> 24 == order[i + 1] >> 24) continue;
            double right = total - left, score = left * left / (i + 1) + right * right / (last - i);
            if (score > most) (best, most) = (i, score);
        }
        return (best, most);
    }

    private (int Place, double Score) BestOfClasses(ReadOnlySpan<int> rows, ReadOnlySpan<uint> order)
    {
        int best = 0, last = order.Length - 1;
        Span<double> scores = _scores.AsSpan(0, last);
        scores.Clear();
        foreach ((int[] classes, int _) in _target.Outputs) AddScores(rows, order, classes, scores);
        double most = double.NegativeInfinity;
        for (int i = 0; i < last; i++)
            if (scores[i] > most && order[i] >> 24 != order[i + 1] >> 24) (best, most) = (i, scores[i]);
        return (best, most);
    }

    private void AddScores(ReadOnlySpan<int> rows, ReadOnlySpan<uint> order, int[] classes, Span<double> scores)
    {
        Array.Clear(_left);
        Array.Clear(_right);
        long squaresLeft = 0, squaresRight = 0;
        foreach (int row in rows) squaresRight += 2 * _right[classes[row]]++ + 1;
        int last = order.Length - 1;
        for (int i = 0; i < last; i++)
        {
            int here = classes[rows[(int)(order[i] & 0xFFFFFF)]];
            squaresLeft += 2 * _left[here]++ + 1;
            squaresRight -= 2 * --_right[here] + 1;
            if (order[i] >> 24 == order[i + 1] >> 24) continue;
            scores[i] += (double)squaresLeft / (i + 1) + (double)squaresRight / (last - i);
        }
    }

    private bool IsPure(ReadOnlySpan<int> rows)
    {
        if (_target.Numbers is { } numbers)
        {
            float first = numbers[rows[0]];
            foreach (int row in rows) if (numbers[row] != first) return false;
            return true;
        }
        foreach ((int[] classes, int _) in _target.Outputs)
        {
            int one = classes[rows[0]];
            foreach (int row in rows) if (classes[row] != one) return false;
        }
        return true;
    }

    private void AddLeaf(Node node, float[] sums)
    {
        ReadOnlySpan<int> rows = _sample.AsSpan(node.First, node.Rows), places = _places.AsSpan(node.FirstGuess, node.Guesses);
        if (_target.Numbers is { } numbers)
        {
            double total = 0;
            foreach (int row in rows) total += numbers[row];
            foreach (int place in places) sums[place] += (float)(total / rows.Length);
            return;
        }
        int first = 0;
        foreach ((int[] classes, int count) in _target.Outputs)
        {
            Array.Clear(_left);
            foreach (int row in rows) _left[classes[row]]++;
            for (int k = 0; k < count; k++)
            {
                if (_left[k] == 0) continue;
                foreach (int place in places) sums[place * _target.Width + first + k] += (float)_left[k] / rows.Length;
            }
            first += count;
        }
    }

    /// <summary>Puts those with a code of at most <paramref name="most"/> first, and says how many they are.</summary>
    private int Part(Span<int> places, int[]? rows, byte[] codes, int most)
    {
        int low = 0, high = 0;
        foreach (int place in places)
        {
            if (codes[rows is null ? place : rows[place]] <= most) places[low++] = place;
            else _aside[high++] = place;
        }
        _aside.AsSpan(0, high).CopyTo(places[low..]);
        return low;
    }

    private static byte[] Bytes(TreeColumns columns, int column) =>
        columns.IsCategory(column) ? new byte[columns.Rows] : Array.ConvertAll(columns.Codes(column), code => (byte)code);
}
