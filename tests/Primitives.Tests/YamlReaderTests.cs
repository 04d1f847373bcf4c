namespace GanPipeline.Primitives.Tests;

/// <summary>YAML from anywhere is read, or refused with a sentence that names the line; it never takes the stack, the memory or the time.</summary>
public sealed class YamlReaderTests
{
    [Fact]
    public void Values_have_their_text_their_order_and_their_line()
    {
        var map = Assert.IsType<YamlMap>(YamlReader.Read("b: [1, two]\na:\n  c: 'x: #'\n  d:\n", new YamlSource("f.yaml")));
        Assert.Equal(["b", "a"], map.Entries.Select(e => e.Key.Value));
        Assert.Equal(["1", "two"], Assert.IsType<YamlList>(map["b"]).Items.Cast<YamlText>().Select(t => t.Value));
        var inner = Assert.IsType<YamlMap>(map["a"]);
        Assert.Equal(("x: #", ""), (((YamlText)inner["c"]!).Value, ((YamlText)inner["d"]!).Value));
        Assert.Equal("f.yaml line 3: wrong.", inner["c"]!.Error("wrong").Message);
        Assert.Null(map["c"]);
        Assert.Null(YamlReader.Read("# nothing\n", new YamlSource("f.yaml")));
    }

    [Theory]
    [InlineData("a: &a [*a]\n? *a\n: 1", "line 1", "'&' and '*' are not read here")]
    [InlineData("a: 1\nb: *a", "line 2", "'&' and '*' are not read here")]
    [InlineData("a: &x 1", "line 1", "'&' and '*' are not read here")]
    [InlineData("&x a: 1", "line 1", "'&' and '*' are not read here")]
    [InlineData("a: !!int 1", "line 1", "'!' is not read here")]
    [InlineData("a: 1\na: 2", "line 2", "the key 'a' is there twice, first on line 1")]
    [InlineData("a: 1\n? [a, b]\n: 1", "line 2", "a key must be plain text")]
    [InlineData("{ { a: 1 }: 2 }", "line 1", "a key must be plain text")]
    [InlineData("a: 1\n---\nb: 2", "line 2", "a second document begins here")]
    [InlineData("a: [", "line 1", "not readable as YAML")]
    [InlineData("a: 1\nb: [x\nm x_", "line 2", "not readable as YAML")]
    [InlineData("missing: [\"\", \"?\"]*kee", "line 1", "not readable as YAML")]
    [InlineData("a: \"x", "line 1", "not readable as YAML")]
    [InlineData("a: b: c", "line 1", "not readable as YAML")]
    [InlineData("%YAML 9.9", "line 1", "not readable as YAML")]
    [InlineData("a: \"\\U7fffffff\"", "line 1", "not readable as YAML")]
    public void What_is_malformed_or_not_read_here_is_a_sentence_with_a_line(string yaml, string line, string why)
    {
        string message = Refused(yaml);
        Assert.StartsWith($"f.yaml {line}: ", message);
        Assert.Contains(why, message);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("{a: ")]
    [InlineData("[")]
    [InlineData("[\n")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("{? ")]
    public void Depth_is_refused_before_it_costs_anything(string level) =>
        Assert.Contains("more than 32 mappings and lists are inside one another", Refused(string.Concat(Enumerable.Repeat(level, 100_000))));

    [Fact]
    public void The_deepest_that_is_read_is_read()
    {
        string Nested(int depth) => new string('[', depth) + new string(']', depth);
        Assert.IsType<YamlList>(YamlReader.Read(Nested(YamlReader.MostDepth), new YamlSource("f.yaml")));
        Refused(Nested(YamlReader.MostDepth + 1));
    }

    [Fact]
    public void Long_texts_and_long_keys_are_refused()
    {
        Assert.Contains("1048577 characters are too many", Refused(new string('#', YamlReader.MostCharacters + 1)));
        Assert.Contains("a key must be plain text of at most 1024 characters", Refused($"? {new string('k', 2000)}\n: 1"));
    }

    /// <summary>The longest texts that are read of the kinds that parsers go quadratic on; a minute would be a hang.</summary>
    [Theory]
    [InlineData("[],", "[")]
    [InlineData("a: b,", "[")]
    [InlineData("\n", "a: |\n")]
    [InlineData("x\n ", "a: 'x ")]
    [InlineData("\\", "a: \"")]
    [InlineData(" ", "")]
    [InlineData("# x\n", "")]
    [InlineData("\"a\" : ", "[")]
    [InlineData("%41", "a: !<")]
    public async Task Long_texts_take_time_in_proportion(string part, string start)
    {
        string text = start + string.Concat(Enumerable.Repeat(part, (YamlReader.MostCharacters - start.Length) / part.Length));
        await Task.Run(() =>
        {
            try { YamlReader.Read(text, new YamlSource("f.yaml")); }
            catch (UserErrorException) { }
        }).WaitAsync(TimeSpan.FromMinutes(1));
    }

    private static string Refused(string yaml) => Assert.Throws<UserErrorException>(() => YamlReader.Read(yaml, new YamlSource("f.yaml"))).Message;
}
