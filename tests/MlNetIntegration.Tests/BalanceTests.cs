using FsCheck;
using FsCheck.Fluent;

namespace GanPipeline.MlNetIntegration.Tests;

public sealed class BalanceTests
{
    private static readonly Arbitrary<ClassCount[]> _classes = Gen.Choose(1, 5000).ArrayOf()
        .Where(counts => counts.Length > 1).Select(counts => counts.Select((count, i) => new ClassCount($"class {i}", count)).ToArray()).ToArbitrary();

    private static int[] After(Balance balance, ClassCount[] classes) => [.. balance.Additions(classes, "Label").Zip(classes, (added, c) => added + c.Count)];

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

    [Fact]
    public void To_a_count_lifts_every_class_that_is_below_it() => Prop.ForAll(_classes, Gen.Choose(1, 6000).ToArbitrary(), (classes, count) =>
        After(Balance.ToCount(count), classes).Zip(classes).All(c => c.First == Math.Max(c.Second.Count, count))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_total_is_met_exactly_and_makes_the_classes_as_equal_as_it_can() =>
        Prop.ForAll(_classes, Gen.Choose(0, 20000).ToArbitrary(), (classes, more) =>
        {
            int total = classes.Sum(c => c.Count) + more;
            int[] after = After(Balance.Total(total), classes);
            int[] enlarged = [.. after.Zip(classes).Where(c => c.First > c.Second.Count).Select(c => c.First)];
            return after.Sum() == total && after.Zip(classes).All(c => c.First >= c.Second.Count)
                && (enlarged.Length == 0 || (enlarged.Max() - enlarged.Min() <= 1 && enlarged.Max() - after.Min() <= 1));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_cap_holds_for_added_rows_and_removes_none() => Prop.ForAll(_classes, Gen.Choose(1, 5000).ToArbitrary(), (classes, cap) =>
    {
        int[] uncapped = After(Balance.ToMajority, classes);
        int[] byName = After(Balance.ToMajority.AtMost(("class 1", cap)), classes);
        return After(Balance.ToMajority.AtMost(cap), classes).Zip(classes)
            .All(c => c.First == Math.Max(c.Second.Count, Math.Min(cap, classes.Max(o => o.Count))))
            && byName[1] == Math.Max(classes[1].Count, Math.Min(cap, uncapped[1])) && byName[0] == uncapped[0];
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Balances_that_cannot_be_say_so()
    {
        ClassCount[] classes = [new("a", 5), new("b", 3)];
        Assert.Equal("the balance asks for 7 rows in all, and there are 8 already; ask for at least as many",
            Assert.Throws<UserErrorException>(() => Balance.Total(7).Additions(classes, "Label")).Message);
        Assert.Equal("the balance names class 'c', which column 'Label' does not have; its classes are 'a', 'b'",
            Assert.Throws<UserErrorException>(() => Balance.ToMajority.AtMost(("c", 1)).Additions(classes, "Label")).Message);
        Assert.Throws<UserErrorException>(() => Balance.ToCount(0));
    }
}
