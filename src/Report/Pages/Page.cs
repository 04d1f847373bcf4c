namespace GanPipeline.Report.Pages;

/// <summary>What a page holds; it is written as HTML for people and as CSV for programs, so that every number on it is in a file.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Lead">One or two sentences below the heading.</param>
/// <param name="Tiles">The few figures that matter most.</param>
/// <param name="Sections">The rest.</param>
internal sealed record Page(string Title, string Lead, IReadOnlyList<Fact> Tiles, IReadOnlyList<Section> Sections)
{
    /// <summary>What came out; null where the page is not of one run.</summary>
    public Findings? Findings { get; init; }
}

/// <summary>A part with a heading.</summary>
/// <param name="Id">What links name it by.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Lead">What it shows, for somebody who sees it the first time; may be empty.</param>
/// <param name="Blocks">What is in it.</param>
internal sealed record Section(string Id, string Title, string Lead, IReadOnlyList<Block> Blocks);

/// <summary>A piece of a section.</summary>
internal abstract record Block;

/// <summary>A text or a number; a number keeps all its digits beside those that are shown.</summary>
internal readonly record struct Cell(string Text, double? Number = null)
{
    public static Cell Of(double value) => new(Figure.Short(value), value);

    /// <summary>A number that may be unknown, which is then left empty.</summary>
    public static Cell Known(double value) => double.IsFinite(value) ? Of(value) : new Cell("");

    /// <summary>A field of a file: a number where it is one. What has more digits than a number can hold is a name, such as a checksum.</summary>
    public static Cell Parse(string text) => text.Length <= 24
        && double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double value)
        ? Of(value) : new Cell(text);
}

/// <summary>A name and what is known of it.</summary>
internal sealed record Fact(string Name, Cell Value);

/// <summary>Facts, one below the other.</summary>
internal sealed record FactList(IReadOnlyList<Fact> Facts) : Block;

/// <summary>A table whose first column names the rows.</summary>
internal sealed record TableBlock(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows) : Block;

/// <summary>A chart; it is also a file of its own where <paramref name="File"/> names one.</summary>
internal sealed record ChartBlock(Chart Chart, string File) : Block;

/// <summary>A picture.</summary>
/// <param name="Picture">The PNG file.</param>
/// <param name="Alt">What it shows, in words.</param>
/// <param name="Caption">The text below it.</param>
/// <param name="Small">Whether several stand side by side.</param>
internal sealed record PictureBlock(Png Picture, string Alt, string Caption, bool Small) : Block;

/// <summary>Pictures of the same thing at several times; a slider chooses one.</summary>
/// <param name="Name">What the pictures show.</param>
/// <param name="Frames">The pictures in their order, each with its time.</param>
internal sealed record SliderBlock(string Name, IReadOnlyList<(string Time, Png Picture)> Frames) : Block;

/// <summary>Something to type.</summary>
internal sealed record CodeBlock(string Label, string Text) : Block;

/// <summary>A sentence; a warning where something is wrong.</summary>
internal sealed record NoteBlock(string Text, bool Warning = false) : Block;
