using GanPipeline.Tables;

namespace GanPipeline.Training.Data;

/// <summary>
/// Real rows as generated ones start from them: standardised numbers, the steps to the nearest rows of the class, and which rows these are. A row moved by
/// Σ z_k · step_k with independent standard normal z_k is drawn from the Gaussian that its neighbours spread around it, whatever the rank of their covariance
/// (local Gaussians as in Sakho, Malherbe and Scornet 2025, "MGS-GRF", section 3, here around the row itself, so that the rows at a class's border keep their
/// share).
/// </summary>
internal sealed class StartRows
{
    /// <summary>Neighbours of each row; a class of fewer rows has its neighbours several times.</summary>
    public const int Neighbours = 5;

    /// <summary>What a missing number is as a standardised one: further than any deviates, so that it is taken for no other.</summary>
    public const float Missing = 1000;

    // Enough for a median that is right to a few per cent; both are spread evenly over a class.
    private const int MostOthers = 2000, MostSampled = 500, Halvings = 8;
    private const ulong Seed = 1; // of the fit of the widths: any, and the same for ever, since it is done again wherever a generator is built

    private readonly MixedRows _rows;
    private readonly float[] _numbers, _steps;
    private readonly int[] _near;

    private StartRows(TableCodec codec, AnchorRows anchors)
    {
        Scales = NumberScale.Of(codec, anchors.Rows);
        int rows = anchors.Counts.Sum(), columns = Scales.Count;
        double[][] numbers = Standardised(codec, anchors.Rows, Scales);
        int[][] categories = [.. codec.Layout().Where(c => c.Column.Scalars == 0 && c.Column.Slots > 0).Select(c =>
            Enumerable.Range(0, rows).Select(row => c.Column.ChosenSlot(anchors.Rows.AsSpan(row * codec.Width), c.Slot)).ToArray())];
        _rows = MixedRows.OfColumns(rows, numbers, categories);
        _numbers = new float[rows * columns];
        for (int row = 0; row < rows; row++)
            for (int j = 0; j < columns; j++) _numbers[row * columns + j] = double.IsNaN(numbers[j][row]) ? Missing : (float)numbers[j][row];
        _steps = new float[ArrayLimit.Check((Int128)rows * Neighbours * columns, $"the differences between {rows} real rows and their neighbours",
            "start from fewer (a smaller data.anchors)")];
        _near = new int[rows * Neighbours];
        Widths = new double[anchors.Counts.Count];
        for (int first = 0, c = 0; c < anchors.Counts.Count; first += anchors.Counts[c++]) Widths[c] = OfClass(first, anchors.Counts[c]);
    }

    /// <summary>Mean and deviation of each column of numbers, in the order of the scalars.</summary>
    public IReadOnlyList<NumberScale> Scales { get; }

    /// <summary>[rows, numbers] standardised; <see cref="Missing"/> where there is none.</summary>
    public float[] Numbers => _numbers;

    /// <summary>[rows · neighbours, numbers] what a row is moved by for each 1 of a neighbour's noise; 0 where one of the two lacks the number, and for a row
    /// that has a value of its own mode, which is frequent and stays.</summary>
    public float[] Steps => _steps;

    /// <summary>[rows, neighbours] numbers of the neighbours' rows.</summary>
    public int[] Near => _near;

    /// <summary>
    /// [classes] how wide the Gaussians are, from 0 to 1, where 1 is the spread of the neighbours: so wide that rows lie as far from the nearest real row as
    /// real rows do from each other (median).
    /// </summary>
    public double[] Widths { get; }

    /// <summary>The start of rows that are generated from real ones.</summary>
    public static StartRows Of(TableCodec codec, AnchorRows anchors) => new(codec, anchors);

    private static double[][] Standardised(TableCodec codec, float[] rows, IReadOnlyList<NumberScale> scales) =>
        [.. codec.Layout().Where(c => c.Column.Scalars > 0).Select((c, j) => Enumerable.Range(0, rows.Length / codec.Width).Select(row =>
        {
            ReadOnlySpan<float> code = rows.AsSpan(row * codec.Width, codec.Width);
            int chosen = c.Column.ChosenSlot(code, c.Slot);
            return chosen == c.Column.MissingSlot ? double.NaN : scales[j].Center(c.Column, chosen) + scales[j].HalfWidth(c.Column, chosen) * code[c.Scalar];
        }).ToArray())];

    private double OfClass(int first, int count)
    {
        if (count == 0) return 0;
        int[] others = [.. Spread(count, MostOthers).Select(i => first + i)];
        var search = new NearestRows(_rows, Neighbours, others: others);
        for (int row = first; row < first + count; row++)
        {
            IReadOnlyList<int> near = search.Of(row);
            for (int k = 0; k < Neighbours; k++) _near[row * Neighbours + k] = near.Count == 0 ? row : near[k % near.Count];
        }
        for (int row = first; row < first + count; row++)
            for (int k = 0; k < Neighbours; k++) Step(row, _near[row * Neighbours + k], _steps.AsSpan((row * Neighbours + k) * Scales.Count, Scales.Count));
        double width = count < 2 ? 0 : Width(first, count, others);
        foreach (ref float step in _steps.AsSpan(first * Neighbours * Scales.Count, count * Neighbours * Scales.Count)) step *= (float)width;
        return width;
    }

    private void Step(int row, int other, Span<float> step)
    {
        int columns = Scales.Count;
        for (int j = 0; j < columns; j++)
        {
            float own = _numbers[row * columns + j], its = _numbers[other * columns + j];
            step[j] = own == Missing || its == Missing || Scales[j].IsMode(own) ? 0 : (its - own) / MathF.Sqrt(Neighbours);
        }
    }

    /// <summary>How wide the Gaussians of a class are to be, by halving.</summary>
    private double Width(int first, int count, int[] others)
    {
        int[] sampled = [.. Spread(count, MostSampled).Select(i => first + i)];
        var noise = new float[sampled.Length * Neighbours];
        GaussianNoise.Fill(SeedStream.Derive(Seed, "widths of starts"), 0, Neighbours, noise);
        var search = new NearestDistance(_rows, others);
        double[] real = [.. sampled.Select(row => search.Of(_rows.Numbers(row), _rows.Categories(row), row))];
        double wanted = Median(real), low = 0, high = 1;
        if (Found(1) <= wanted) return 1;
        for (int round = 0; round < Halvings; round++)
        {
            double middle = (low + high) / 2;
            if (Found(middle) < wanted) low = middle;
            else high = middle;
        }
        return (low + high) / 2;

        double Found(double width) => Median([.. sampled.Select((row, i) => search.Of(
            Moved(row, noise.AsSpan(i * Neighbours, Neighbours), width), _rows.Categories(Donor(row, i)), null))]);

        int Donor(int row, int draw) => draw % (Neighbours + 1) is var k && k == Neighbours ? row : _near[row * Neighbours + k];
    }

    private float[] Moved(int row, ReadOnlySpan<float> noise, double width)
    {
        float[] moved = _rows.Numbers(row).ToArray();
        for (int k = 0; k < Neighbours; k++)
            for (int j = 0; j < moved.Length; j++) moved[j] += (float)(width * noise[k] * _steps[(row * Neighbours + k) * moved.Length + j]);
        return moved;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    /// <summary>So many numbers below <paramref name="count"/> at most, evenly spread.</summary>
    private static int[] Spread(int count, int most) => [.. Enumerable.Range(0, Math.Min(count, most)).Select(i => (int)((long)i * count / Math.Min(count, most)))];
}
