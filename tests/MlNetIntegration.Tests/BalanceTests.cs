using FsCheck;
using FsCheck.Fluent;

namespace GanPipeline.MlNetIntegration.Tests;

public sealed class BalanceTests
{
    private static readonly Arbitrary<ClassRows[]> _classes = Gen.Choose(1, 5000).ArrayOf()
        .Where(counts => counts.Length > 1).Select(counts => counts.Select((count, i) => new ClassRows($"class {i}", count)).ToArray()).ToArbitrary();

    private static int[] After(Balance balance, ClassRows[] classes) => [.. balance.Additions(classes, "Label").Zip(classes, (added, c) => added + c.Count)];

    [Fact]
    public void To_the_majority_makes_all_classes_equal_and_keeps_the_largest() => Prop.ForAll(_classes, classes =>
        After(Balance.ToMajority, classes).All(after => after == classes.Max(c => c.Count))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_ratio_lifts_small_classes_to_it_and_leaves_the_others() => Prop.ForAll(_classes, Gen.Choose(1, 100).ToArbitrary(), (classes, percent) =>
    {
        double target = percent / 100.0 * classes.Max(c => c.Count);
        return After(Balance.Ratio(percent / 100.0), classes).Zip(classes)
            .All(c => c.First == c.Second.Count ? c.First >= target - 0.5 : c.Second.Count < target && Math.Abs(c.First - target) <= 0.5);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Counts_are_met_exactly_by_the_named_classes_alone() => Prop.ForAll(_classes, Gen.Choose(0, 1000).ToArbitrary(), (classes, more) =>
        After(Balance.Counts(("class 1", classes[1].Count + more)), classes).Zip(classes)
            .All(c => c.First == c.Second.Count + (c.Second.Name == "class 1" ? more : 0)))
        .QuickCheckThrowOnFailure();
}
