using GanPipeline.Resampling.Selection;

namespace GanPipeline.Resampling.Tests.Selection;

public sealed class ChoiceRuleTests
{
    private static readonly Method Untouched = Named("as it is", "as it is");

    [Fact]
    public void The_best_member_of_the_best_family_is_chosen_and_not_a_lucky_one_of_a_poor_family()
    {
        Tried[] tried =
        [
            Of(Untouched, 0.50), Of(Named("good at .5", "good"), 0.60), Of(Named("good at 1", "good"), 0.62),
            Of(Named("poor at .5", "poor"), 0.48), Of(Named("poor at 1", "poor"), 0.63),
        ];
        Assert.Equal("good at 1", ChoiceRule.Families.Choose(Untouched, tried).Method.Name);
        Assert.Equal("poor at 1", ChoiceRule.BestMean.Choose(Untouched, tried).Method.Name);
    }

    /// <summary>Ten groups whose gains differ by .2 in turn have a jackknife error of .316; a lead of .5 is between one of these and two.</summary>
    [Fact]
    public void The_rows_as_they_are_stay_unless_a_family_is_ahead_by_two_standard_errors()
    {
        Tried untouched = Of(Untouched, 1), unsure = Of(Named("unsure", "unsure"), 1.5, 0.1);
        Assert.True(unsure.Score.IsAhead(untouched.Score, 1.66));
        Assert.False(unsure.Score.IsAhead(untouched.Score, 1.67));
        Assert.Equal("as it is", ChoiceRule.Families.Choose(Untouched, [untouched, unsure]).Method.Name);
        Assert.Equal("unsure", ChoiceRule.OneStandardError.Choose(Untouched, [untouched, unsure]).Method.Name);
        Assert.Equal("sure", ChoiceRule.Families.Choose(Untouched, [untouched, Of(Named("sure", "sure"), 1.5, 0.05)]).Method.Name);
    }

    [Fact]
    public void Members_that_err_in_opposite_rows_are_together_surer_than_each()
    {
        Tried untouched = Of(Untouched, 1);
        Tried[] pair = [Of(Named("pair at .5", "pair"), 1.5, 0.1), Of(Named("pair at 1", "pair"), 1.4, -0.1)];
        Assert.Equal("pair at .5", ChoiceRule.Families.Choose(Untouched, [untouched, .. pair]).Method.Name);
        Assert.Equal("as it is", ChoiceRule.Families.Choose(Untouched, [untouched, pair[0]]).Method.Name);
    }

    [Fact]
    public void Without_the_rows_as_they_are_which_were_stopped_the_best_family_is_chosen_whatever_its_lead() =>
        Assert.Equal("b", ChoiceRule.Families.Choose(Untouched, [Of(Named("a", "a"), 1, 9), Of(Named("b", "b"), 1.01, 9)]).Method.Name);

    private static Method Named(string name, string family) => new(name, (rows, _, _) => rows) { Family = family };

    private static Tried Of(Method method, double score, double spread = 0) =>
        new(method, new Estimate(score, [.. Enumerable.Range(0, 10).Select(group => score + (group % 2 == 0 ? spread : -spread))]));
}
