using GanPipeline.Tables;
using GanPipeline.Training.Data;
using TorchSharp;

namespace GanPipeline.Training.Networks;

/// <summary>
/// What a generated row of a class with <see cref="AnchorRows"/> starts from: numbers of a local Gaussian around a real row of its class (<see
/// cref="StartRows"/>), with the categories of that row or of one of its neighbours as a whole, so that no combination of them is made up. Every real row is
/// taken equally often. The moved numbers are encoded again: in the mode that holds them, narrowest first, or else in the nearest.
/// </summary>
internal sealed class RealRowStart : IDisposable
{
    // Of modes that hold a number alike, the narrower comes first, and of equals the one whose slot comes first. A single value holds itself alone: else all
    // numbers between it and the next mode became that one.
    private const double Narrower = 1e-3, Earlier = 1e-6, Single = 1000;

    private readonly SlotChoice? _choice;

    internal RealRowStart(AnchorRows anchors, TableCodec codec, SlotChoice? choice, Device device)
    {
        _choice = choice;
        var start = StartRows.Of(codec, anchors);
        int rows = anchors.Counts.Sum(), numbers = codec.Scalars, slots = codec.Slots, width = codec.Width, around = StartRows.Around;
        float[,] centers = new float[slots, numbers], rates = new float[slots, numbers];
        float[,] plainCenters = new float[1, numbers], plainRates = new float[1, numbers];
        float[] slotCenters = new float[slots], slotWidths = new float[slots], slotCosts = new float[slots], slotSlopes = new float[slots];
        long[] numberOf = [.. Enumerable.Repeat((long)numbers, slots)]; // behind the numbers stands a 0, from which categories are at no distance
        bool[] isCategory = new bool[slots];
        foreach ((ColumnCode column, int scalar, int slot) in codec.Layout())
        {
            int first = slot - numbers;
            if (column.Scalars == 0)
            {
                for (int k = 0; k < column.Slots; k++) isCategory[first + k] = true;
                continue;
            }
            NumberScale scale = start.Scales[scalar];
            if (column.Slots == 0) (plainCenters[0, scalar], plainRates[0, scalar]) = Mode(0);
            for (int k = 0; k < column.Slots; k++)
            {
                numberOf[first + k] = scalar;
                (centers[first + k, scalar], rates[first + k, scalar]) = k == column.MissingSlot ? (StartRows.Missing, 0) : Mode(k);
                slotCenters[first + k] = centers[first + k, scalar];
                slotWidths[first + k] = k == column.MissingSlot ? 0 : (float)scale.HalfWidth(column, k);
                slotSlopes[first + k] = slotWidths[first + k] > 0 ? 1 : (float)Single;
                slotCosts[first + k] = (float)(Narrower * slotWidths[first + k] + Earlier * k);
            }

            (float Center, float Rate) Mode(int k) =>
                ((float)scale.Center(column, k), scale.HalfWidth(column, k) is var half && half > 0 ? (float)(1 / half) : 0);
        }
        float[] categories = new float[(rows + 1) * slots];
        for (int row = 0; row < rows; row++)
            for (int k = 0; k < slots; k++) if (isCategory[k]) categories[row * slots + k] = anchors.Rows[row * width + numbers + k];
        float[] donors = new float[(rows + 1) * around];
        for (int row = 0; row <= rows; row++)
            for (int k = 0; k < around; k++) donors[row * around + k] = row == rows || k == 0 ? row : start.Near[row * StartRows.Neighbours + k - 1];

        Numbers = Constant([.. start.Means, .. new float[numbers]], rows + 1, numbers);
        Steps = Constant([.. start.Steps, .. new float[around * numbers]], rows + 1, around * numbers);
        Categories = Constant(categories, rows + 1, slots);
        Donors = Constant(donors, (rows + 1) * around);
        NumberOfSlot = tensor(numberOf, device: device).DetachFromDisposeScope();
        (SlotCenters, SlotWidths) = (Constant(slotCenters, 1, slots), Constant(slotWidths, 1, slots));
        (SlotSlopes, SlotCosts) = (Constant(slotSlopes, 1, slots), Constant(slotCosts, 1, slots));
        (Centers, Rates) = (tensor(centers, device: device).DetachFromDisposeScope(), tensor(rates, device: device).DetachFromDisposeScope());
        (PlainCenters, PlainRates) =
            (tensor(plainCenters, device: device).DetachFromDisposeScope(), tensor(plainRates, device: device).DetachFromDisposeScope());
        FirstRows = Constant([.. anchors.Counts.Select((n, c) => n == 0 ? rows : (float)anchors.Counts.Take(c).Sum())], anchors.Counts.Count);
        Counts = Constant([.. anchors.Counts.Select(n => (float)n)], anchors.Counts.Count);

        Tensor Constant(float[] values, params long[] shape) => tensor(values, shape, device: device).DetachFromDisposeScope();
    }

    /// <summary>Numbers of noise that it takes.</summary>
    public static long NoiseSize => Weights.End;

    /// <summary>The part of the noise that chooses the row.</summary>
    public static ColumnRange Pick { get; } = new(0, 1);

    /// <summary>The part of the noise that chooses whose categories it has.</summary>
    public static ColumnRange Donor { get; } = new(1, 1);

    /// <summary>The part of the noise that moves its numbers along the steps to the row and its neighbours.</summary>
    public static ColumnRange Weights { get; } = new(2, StartRows.Around);

    /// <summary>
    /// The standardised means of the real rows and their neighbours, class after class, then a row of zeros for the classes that have none: [R + 1, scalars].
    /// </summary>
    public Tensor Numbers { get; }

    /// <summary>What a row is moved by for each 1 of the noise of the row and of its neighbours: [R + 1, (1 + neighbours) · scalars].</summary>
    public Tensor Steps { get; }

    /// <summary>The slots of the rows' categories, 0 in those of numbers: [R + 1, slots].</summary>
    public Tensor Categories { get; }

    /// <summary>Numbers of the rows whose categories a row may have, its own first: [(R + 1) · (neighbours + 1)].</summary>
    public Tensor Donors { get; }

    /// <summary>Which number each slot is a mode of, behind the last for a category's: [slots].</summary>
    public Tensor NumberOfSlot { get; }

    /// <summary>Middle of each slot's mode, [1, slots].</summary>
    public Tensor SlotCenters { get; }

    /// <summary>Half the width of each slot's mode, [1, slots].</summary>
    public Tensor SlotWidths { get; }

    /// <summary>What the distance from each slot's mode is multiplied by, [1, slots].</summary>
    public Tensor SlotSlopes { get; }

    /// <summary>What is added to the distance from each slot's mode, so that one of several is the nearest: [1, slots].</summary>
    public Tensor SlotCosts { get; }

    /// <summary>Middle of each slot's mode in its number's column, [slots, scalars].</summary>
    public Tensor Centers { get; }

    /// <summary>A scalar for each 1 of its number, in its number's column: [slots, scalars].</summary>
    public Tensor Rates { get; }

    /// <summary>Middle of the mode of columns without slots, [1, scalars].</summary>
    public Tensor PlainCenters { get; }

    /// <summary>A scalar for each 1 of the number of columns without slots, [1, scalars].</summary>
    public Tensor PlainRates { get; }

    /// <summary>First row of each class, [classes].</summary>
    public Tensor FirstRows { get; }

    /// <summary>Number of rows of each class, [classes].</summary>
    public Tensor Counts { get; }

    /// <summary>The rows to start from, [N, width]; zeros for a class without.</summary>
    /// <param name="noise">[N, <see cref="NoiseSize"/>].</param>
    /// <param name="classes">[N] class indices.</param>
    public Tensor Of(Tensor noise, Tensor classes)
    {
        using IDisposable noGradient = no_grad();
        Tensor uniform = (noise.narrow(1, 0, Weights.Start).Times(Math.Sqrt(0.5)).erf() * Held.Half).Plus(0.5);
        Tensor count = Counts.index_select(0, classes);
        Tensor row = FirstRows.index_select(0, classes).Plus((Pick.Of(uniform).squeeze(1) * count).floor().minimum(count - Held.One).clamp(min: Held.Zero));
        Tensor place = row.to_type(int64), hasRows = count.clamp(max: Held.One).unsqueeze(1);
        if (Numbers.shape[1] == 0) return CategoriesOf(uniform, row) * hasRows;
        Tensor steps = Steps.index_select(0, place).view(-1, StartRows.Around, Numbers.shape[1]);
        Tensor numbers = Numbers.index_select(0, place).Plus((Weights.Of(noise).unsqueeze(2) * steps).sum(1));
        if (_choice is null) return Scalars(numbers - PlainCenters, PlainRates) * hasRows;

        Tensor ofSlot = cat([numbers, zeros_like(hasRows)], 1).index_select(1, NumberOfSlot);
        Tensor cost = ((ofSlot - SlotCenters).abs() - SlotWidths).clamp(min: Held.Zero) * SlotSlopes;
        Tensor slots = _choice.Hard(CategoriesOf(uniform, row) - cost.Plus(SlotCosts));
        return cat([Scalars(numbers - slots.matmul(Centers).Plus(PlainCenters), slots.matmul(Rates).Plus(PlainRates)), slots], 1) * hasRows;
    }

    /// <summary>The categories of the rows, or of one of their neighbours each: their slots, and 0 in those of numbers.</summary>
    private Tensor CategoriesOf(Tensor uniform, Tensor row)
    {
        Tensor donor = Donor.Of(uniform).squeeze(1).Times(StartRows.Around).floor().Between(0, StartRows.Neighbours);
        return Categories.index_select(0, Donors.index_select(0, row.Times(StartRows.Around).Plus(donor).to_type(int64)).to_type(int64));
    }

    /// <summary>
    /// Where in its mode a number lies, from -1 to 1. What is beyond an edge is thrown back from it, since it would heap up on the edge otherwise, and all such
    /// rows had one number.
    /// </summary>
    private static Tensor Scalars(Tensor fromCenter, Tensor rates)
    {
        Tensor turn = (fromCenter * rates).Plus(1.0);
        return Held.One.Minus((turn - turn.Over(4.0).floor().Times(4.0)).Minus(2.0).abs());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor constant in (Tensor[])[Numbers, Steps, Categories, Donors, NumberOfSlot, SlotCenters, SlotWidths, SlotSlopes, SlotCosts, Centers, Rates,
            PlainCenters, PlainRates, FirstRows, Counts]) constant.Dispose();
    }
}
