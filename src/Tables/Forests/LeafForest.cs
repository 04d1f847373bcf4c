using GanPipeline.Primitives;

namespace GanPipeline.Tables.Forests;

/// <summary>
/// Which rows lie near a point, as a random forest says that predicts the rows' categories by their numbers: a row's weight is the mean, over the trees, of one
/// over the rows in the point's leaf where it is among them (Athey, Tibshirani and Wager 2019, "Generalized random forests"; Ćevid et al. 2022,
/// "Distributional random forests"). Of several columns of categories the mean of their Gini impurities is lowered.
/// </summary>
internal sealed class LeafForest
{
    private readonly TreeColumns _columns;
    private readonly LeafTree[] _trees = new LeafTree[RandomForest.Trees];
    private readonly int[] _codes;

    /// <summary>Grows the forest.</summary>
    /// <param name="rows">The rows, with at least one column of categories.</param>
    /// <param name="seed">Makes the samples and what each node looks at.</param>
    public LeafForest(MixedRows rows, ulong seed)
    {
        _columns = Columns(rows);
        _codes = new int[rows.NumberColumns];
        var target = ForestTarget.OfClasses(-1, [.. Enumerable.Range(0, rows.CategoryColumns).Select(column => Classes(rows, column))]);
        int[] all = [.. Enumerable.Range(0, rows.Count)];
        int sample = Math.Min(rows.Count, RandomForest.MostRows);
        Parallel.For(0, _trees.Length, () => new GrowingTree(_columns, target, sample, sample), (tree, _, growing) =>
        {
            ulong own = SeedStream.Derive(seed, "tree", (ulong)tree);
            _trees[tree] = growing.Keep(all, sample == rows.Count ? all : Some(all, sample, own), own);
            return growing;
        }, _ => { });
    }

    /// <summary>A row, drawn by the weights.</summary>
    /// <param name="numbers">[numbers of a row] the point.</param>
    /// <param name="random">What is drawn by.</param>
    public int Draw(ReadOnlySpan<float> numbers, RandomStream random)
    {
        for (int column = 0; column < _codes.Length; column++) _codes[column] = _columns.CodeOf(column, numbers[column]);
        ReadOnlySpan<int> leaf = _trees[random.Next(_trees.Length)].LeafOf(_codes);
        return leaf[random.Next(leaf.Length)];
    }

    private static TreeColumns Columns(MixedRows rows)
    {
        var columns = new TreeColumns([.. Enumerable.Repeat((int?)null, rows.NumberColumns)], rows.Count);
        for (int column = 0; column < rows.NumberColumns; column++)
        {
            float[] numbers = new float[rows.Count];
            for (int row = 0; row < rows.Count; row++) numbers[row] = rows.Numbers(row)[column];
            columns.Divide(column, numbers);
            for (int row = 0; row < rows.Count; row++) columns.Set(column, row, numbers[row]);
        }
        return columns;
    }

    private static (int[] Classes, int Count) Classes(MixedRows rows, int column)
    {
        var known = new Dictionary<int, int>();
        int[] classes = new int[rows.Count];
        for (int row = 0; row < rows.Count; row++)
        {
            int category = rows.Categories(row)[column];
            if (!known.TryGetValue(category, out classes[row])) known.Add(category, classes[row] = known.Count);
        }
        return (classes, known.Count);
    }

    /// <summary>Some of the rows of a large class: over all trees nearly every row comes.</summary>
    private static int[] Some(int[] all, int count, ulong seed)
    {
        int[] mixed = [.. all];
        new RandomStream(SeedStream.Derive(seed, "leaves")).Shuffle<int>(mixed);
        return mixed[..count];
    }
}
