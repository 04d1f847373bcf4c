using System.ComponentModel.DataAnnotations;
using System.Runtime.Serialization;

namespace GanPipeline.Primitives.Tests;

public sealed class YamlBinderTests
{
    private static readonly YamlBinder s_binder = new([new YamlKinds(typeof(Shape), "shape", new Dictionary<string, Type>
    {
        ["ball"] = typeof(Ball),
        ["box"] = typeof(Box),
    })]), s_plain = new([], namesKeys: false);

    private enum Tint
    {
        [IgnoreDataMember] Unknown,
        DarkRed,
        Blue,
    }

    [Fact]
    public void Every_kind_of_value_is_bound_and_the_rest_is_as_in_a_new_record()
    {
        Thing thing = s_binder.Bind<Thing>(Read("tint: dark_red\nmost_parts: 3\nweight: -0.0\nwords: [a, '']\nshape: { shape: box, edges: [1, 2] }\n" +
            "by_name: { x: { radius: 2 }, 'y z': { } }"));
        Assert.Equal((Tint.DarkRed, 3, "as new", true), (thing.Tint, thing.MostParts, thing.Name, thing.IsNew));
        Assert.True(thing.Weight is 0 && !double.IsNegative(thing.Weight.Value));
        Assert.Equal(["a", ""], thing.Words);
        Assert.Equal([1, 2], Assert.IsType<Box>(thing.Shape).Edges);
        Assert.Equal([("x", 2), ("y z", 1)], thing.ByName.Select(e => (e.Key, e.Value.Radius)));
        Assert.Null(s_binder.Bind<Thing>(Read("name: x")).Weight);
        Assert.Equal("radius: 5", string.Join("", s_binder.Describe(new Ball { Radius = 5 }).Children.Skip(1).Select(c => $"{c.Key}: {c.Value}")));
    }

    /// <summary>The second sentence is the one where keys are free text.</summary>
    [Theory]
    [InlineData("nam: x", "f.yaml line 1: unknown key 'nam'; did you mean 'name'?.", null)]
    [InlineData("zzzzzz: x", "f.yaml line 1: unknown key 'zzzzzz'; there are tint, most_parts, weight, words, shape, by_name, name, is_new.", null)]
    [InlineData("name: x\nby_name: { x: { radus: 1 } }", "f.yaml line 2: unknown key 'radus' in 'by_name.x'; did you mean 'radius'?.", null)]
    [InlineData("tint: unknown", "f.yaml line 1: 'tint' must be one of dark_red, blue; it is 'unknown'.",
        "f.yaml line 1: 'unknown' must be one of dark_red, blue.")]
    [InlineData("most_parts: 8", "f.yaml line 1: 'most_parts' must be a whole number from 1 to 7; it is '8'.",
        "f.yaml line 1: '8' must be a whole number from 1 to 7.")]
    [InlineData("weight: 1e999", "f.yaml line 1: 'weight' must be a finite number; it is '1e999'.", "f.yaml line 1: '1e999' must be a finite number.")]
    [InlineData("name: [x]", "f.yaml line 1: 'name' must be a text.", "f.yaml line 1: a text is needed here.")]
    [InlineData("words: x", "f.yaml line 1: 'words' must be a list, for example [a, b].", "f.yaml line 1: a list, for example [a, b] is needed here.")]
    [InlineData("by_name: x", "f.yaml line 1: 'by_name' must be a mapping (key: value lines).", "f.yaml line 1: a mapping (key: value lines) is needed here.")]
    [InlineData("by_name:\n  x: 1", "f.yaml line 2: 'by_name.x' must be a mapping (key: value lines).",
        "f.yaml line 2: a mapping (key: value lines) is needed here.")]
    [InlineData("by_name: { x: { radius: r } }", "f.yaml line 1: 'by_name.x.radius' must be a whole number; it is 'r'.",
        "f.yaml line 1: 'r' must be a whole number.")]
    public void What_is_wrong_is_named(string yaml, string sentence, string? plain)
    {
        Assert.Equal(sentence, Assert.Throws<UserErrorException>(() => s_binder.Bind<Thing>(Read(yaml))).Message);
        Assert.Equal(plain ?? sentence, Assert.Throws<UserErrorException>(() => s_plain.Bind<Thing>(Read(yaml))).Message);
    }

    [Theory]
    [InlineData("shape: { shape: bal }", "f.yaml line 1: 'shape.shape' is 'bal', which does not exist; did you mean 'ball'?; there are ball, box.")]
    [InlineData("shape: { radius: 1 }", "f.yaml line 1: 'shape' must name its 'shape': one of ball, box.")]
    [InlineData("shape: { shape: ball, edges: [1] }", "f.yaml line 1: unknown key 'edges' in 'shape'; there are shape, radius.")]
    public void What_is_wrong_with_a_kind_is_named(string yaml, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<UserErrorException>(() => s_binder.Bind<Thing>(Read(yaml))).Message);

    private static YamlValue Read(string yaml) => YamlReader.Read(yaml, new YamlSource("f.yaml"))!;

    private abstract record Shape;

    private sealed record Ball : Shape
    {
        public int Radius { get; init; } = 1;
    }

    private sealed record Box : Shape
    {
        public List<int> Edges { get; set; } = [];
    }

    private sealed record Thing
    {
        public Tint Tint { get; init; }

        [Range(1, 7)]
        public int? MostParts { get; init; }

        public double? Weight { get; init; }

        public IReadOnlyList<string> Words { get; init; } = [];

        public Shape Shape { get; init; } = new Ball();

        public IReadOnlyDictionary<string, Ball> ByName { get; init; } = new Dictionary<string, Ball>();

        public string Name { get; init; } = "as new";

        public bool IsNew { get; init; } = true;

        public int Computed => Words.Count;
    }
}
