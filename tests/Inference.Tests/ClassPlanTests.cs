using FsCheck;
using FsCheck.Fluent;

namespace GanPipeline.Inference.Tests;

public class ClassPlanTests
{
    [Fact]
    public void Counts_and_turns()
    {
        var plan = ClassPlan.Counts([(2, 3), (0, 1), (1, 2)]);
        Assert.Equal(6UL, plan.Count);
        Assert.Equal([2L, 2, 2, 0, 1, 1], Labels(plan));
        Assert.Equal([1L, 0, 1, 0, 1], Labels(ClassPlan.Turns([1, 0], 5)));
        Assert.Null(ClassPlan.Turns([], 5).LabelOf);
        Assert.Equal([3L, 1, 3], Labels(ClassPlan.List([3, 1, 3])));
    }

    [Fact]
    public void Shares_add_up_and_are_within_one_of_the_exact_ones() => Prop.ForAll<NonEmptyArray<PositiveInt>, PositiveInt>((weights, count) =>
    {
        (long, double)[] pairs = [.. weights.Get.Select((w, i) => ((long)i, (double)w.Get))];
        var labels = Labels(ClassPlan.Ratio(pairs, (ulong)count.Get));
        var sum = pairs.Sum(p => p.Item2);
        return labels.Length == count.Get && pairs.All(p => Math.Abs(labels.Count(l => l == p.Item1) - p.Item2 / sum * count.Get) < 1);
    }).QuickCheckThrowOnFailure();

    private static long[] Labels(ClassPlan plan) => [.. Enumerable.Range(0, (int)plan.Count).Select(i => plan.LabelOf!((ulong)i))];
}
