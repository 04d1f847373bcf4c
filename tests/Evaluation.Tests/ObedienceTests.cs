using GanPipeline.Primitives;

namespace GanPipeline.Evaluation.Tests;

public class ObedienceTests
{
    [Fact]
    public void Counts_what_was_asked_for_and_recognised()
    {
        Obedience obedience = Obedience.Of([0, 0, 0, 1, 1, 3], [0, 0, 1, 1, 1, 0], 4);
        Assert.Equal((6, 4), (obedience.Asked, obedience.Recognised));
        Assert.Equal(4 / 6.0, obedience.Share, 1e-12);
        Assert.Equal([new ClassObedience(0, 3, 2), new ClassObedience(1, 2, 2), new ClassObedience(2, 0, 0), new ClassObedience(3, 1, 0)], obedience.PerClass);
        Assert.Equal([2 / 3.0, 1, double.NaN, 0], obedience.PerClass.Select(c => c.Share));
    }

    [Fact]
    public void Refuses_a_class_that_there_is_not() =>
        Assert.Contains("label 4 at item 1", Assert.Throws<UserErrorException>(() => Obedience.Of([0, 4], [0, 1], 4)).Message);
}
