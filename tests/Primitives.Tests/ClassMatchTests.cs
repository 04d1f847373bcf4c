namespace GanPipeline.Primitives.Tests;

public class ClassMatchTests
{
    [Fact]
    public void Places_go_by_name_whatever_the_order()
    {
        Assert.Equal([2, -1, 0], ClassMatch.Places(["c", "x", "a"], ["a", "b", "c"]));
        Assert.Equal((1, -1), (ClassMatch.Place("b", ["a", "b"]), ClassMatch.Place("B", ["a", "b"])));
        Assert.Equal([1, 0], ClassMatch.Places(["dog", "cat"], ["cat", "dog"], (_, _) => throw new InvalidOperationException()));
    }

    [Theory]
    [InlineData("Dog", "'dog', which is spelt otherwise")]
    [InlineData(" dog", "'dog', which is spelt otherwise")]
    [InlineData("fox", "it has 'dog', 'caf\u00e9'")]
    public void A_class_that_is_lacking_is_named_with_what_comes_near(string name, string hint)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() =>
            ClassMatch.Places([name], ["dog", "caf\u00e9"], (lacking, near) => new UserErrorException($"no {lacking}{near}")));
        Assert.StartsWith($"no {name}", error.Message);
        Assert.Contains(hint, error.Message);
    }

    [Theory]
    [InlineData("caf\u00e9", "cafe\u0301")]
    [InlineData("vi\u1ec7t", "vie\u0323\u0302t")] // taken apart in two steps
    [InlineData("\ud55c", "\u1112\u1161\u11ab")] // Hangul
    [InlineData("\u304c", "\u304b\u3099")]
    public void Two_Unicode_forms_of_a_text_are_one_name(string composed, string decomposed)
    {
        Assert.Equal(0, ClassMatch.Place(composed, [decomposed]));
        Assert.Equal(0, ClassMatch.Place(decomposed, [composed]));
        Assert.Equal((0, 1), (ClassMatch.Place(composed, [composed, decomposed]), ClassMatch.Place(decomposed, [composed, decomposed])));
        Assert.Equal(-1, ClassMatch.Place("cafe", [composed, decomposed]));
    }

    [Fact]
    public void A_list_ends_after_twenty_names()
    {
        Assert.Equal("'a', 'b'", ClassMatch.List(["a", "b"]));
        Assert.EndsWith("'19' and 5 more", ClassMatch.List(Enumerable.Range(0, 25).Select(i => $"{i}")));
    }
}
