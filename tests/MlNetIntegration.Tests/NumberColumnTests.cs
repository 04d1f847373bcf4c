using GanPipeline.Training;

namespace GanPipeline.MlNetIntegration.Tests;

/// <summary>Added rows of a trained table generator hold, in every type of number, what float32 could not.</summary>
[Collection(nameof(Alone))]
public sealed class NumberColumnTests
{
    private const int Rows = 200, Rare = 20, Added = Rows - (2 * Rare);
    private const long Second = 1_735_689_600, Nanosecond = 1_735_689_600_123_456_789;

    private static readonly string[] _columns = ["Place", "Seconds", "Nanoseconds", "Code", "Cents", "Price", "Weight", "Gap"];

    private readonly MLContext _ml = new(1);

    public sealed class Event
    {
        public float Place { get; set; }

        public long Seconds { get; set; }

        public long Nanoseconds { get; set; }

        public ulong Code { get; set; }

        public int Cents { get; set; }

        public double Price { get; set; }

        public float Weight { get; set; }

        public double Gap { get; set; }

        public string Kind { get; set; } = "";
    }

    private static Event[] Events()
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, Rows).Select(i => new Event
        {
            Place = (float)(random.NextDouble() + (i < Rare ? 2 : 0)),
            Seconds = Second + random.Next(1_000_000),
            Nanoseconds = Nanosecond + random.NextInt64(1_000_000_000),
            Code = 1_000_000_000_000_000UL + (ulong)random.NextInt64(1_000_000_000),
            Cents = 1_900_000_001 + random.Next(100_000_000),
            Price = (663_279_037 + random.Next(100_000_000)) / 100.0,
            Weight = (float)(1 + random.NextDouble()),
            Gap = random.Next(4) == 0 ? double.NaN : 1e9 + random.NextDouble(),
            Kind = i < Rare ? "rare" : "common",
        })];
    }

    [Fact]
    public void Every_added_row_has_a_number_of_its_own()
    {
        Event[] real = Events();
        UpsamplingTransformer fitted = new UpsamplingEstimator(_ml, "Kind", _columns,
            new UpsamplingOptions { Resampler = Resampler.TrainTable(new TableTraining { Steps = 60 }), Seed = 5 }).Fit(_ml.Data.LoadFromEnumerable(real));
        Event[] added = [.. _ml.Data.CreateEnumerable<Event>(fitted.AddedRows, reuseRowObject: false)];
        Assert.Equal(Added, added.Length);
        AreVaried(e => e.Seconds);
        AreVaried(e => e.Nanoseconds);
        AreVaried(e => e.Code);
        AreVaried(e => e.Cents);
        AreVaried(e => e.Price);
        AreVaried(e => e.Weight);
        Assert.Contains(added, e => e.Nanoseconds % 256 != 0 && e.Nanoseconds % 2 == 1); // float64 has multiples of 256 here
        Assert.Contains(added, e => e.Cents != (int)(float)e.Cents);
        Assert.All(added, e => Assert.Equal(Math.Round(e.Price, 2), e.Price));
        double[] gaps = [.. added.Select(e => e.Gap).Where(g => !double.IsNaN(g))];
        Assert.InRange(gaps.Length, 1, Added - 1);
        Assert.All(gaps, g => Assert.InRange(g, 1e9, 1e9 + 1));
        Assert.True(gaps.Distinct().Count() > gaps.Length * 0.9);

        void AreVaried<T>(Func<Event, T> of) where T : IComparable, IComparable<T>
        {
            T least = real.Min(of)!, most = real.Max(of)!;
            Assert.All(added, e => Assert.InRange(of(e), least, most));
            int different = added.Select(of).Distinct().Count();
            Assert.True(different >= Added * 0.95, $"{different} different {typeof(T).Name} in {Added} rows");
        }
    }
}
