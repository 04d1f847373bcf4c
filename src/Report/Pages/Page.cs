namespace GanPipeline.Report.Pages;

/// <summary>What a page holds.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Lead">One or two sentences below the heading.</param>
/// <param name="Top">The answer, before all else.</param>
/// <param name="Sections">The rest.</param>
internal sealed record Page(string Title, string Lead, IReadOnlyList<Block> Top, IReadOnlyList<Section> Sections);

/// <summary>A part with a heading.</summary>
/// <param name="Id">What links name it by.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Lead">What it shows, for somebody who sees it the first time; may be empty.</param>
/// <param name="Blocks">What is in it.</param>
internal sealed record Section(string Id, string Title, string Lead, IReadOnlyList<Block> Blocks)
{
    /// <summary>Whether it is closed until a reader opens it: what only experts ask for.</summary>
    public bool Folded { get; init; }
}

/// <summary>A piece of a section.</summary>
internal abstract record Block;

/// <summary>A text or a number; a number keeps all its digits beside those that are shown.</summary>
internal readonly record struct Cell(string Text, double? Number = null)
{
    /// <summary>The ends of its 95 % interval; null where there is none.</summary>
    public (double Low, double High)? Interval { get; init; }

    /// <summary>Whether it is the best of those beside it.</summary>
    public bool IsBest { get; init; }

    public static Cell Of(double value) => new(Figure.Short(value), value);

    /// <summary>A share, written in per cent.</summary>
    public static Cell OfShare(double share) => double.IsFinite(share) ? new(Figure.Percent(share), share) : new Cell("");

    /// <summary>A number of a file of metrics, with its interval where it has one.</summary>
    public static Cell Of(QualityRow row) => Known(row.Value) with { Interval = Say.HasInterval(row) && row.High > row.Low ? (row.Low, row.High) : null };

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

/// <summary>A table, whose first column names the rows unless <see cref="Named"/> says otherwise.</summary>
internal sealed record TableBlock(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows) : Block
{
    /// <summary>Whether the first column names the rows.</summary>
    public bool Named { get; init; } = true;
}

/// <summary>A chart; it is also a file of its own where <paramref name="File"/> names one.</summary>
internal sealed record ChartBlock(Chart Chart, string File) : Block
{
    /// <summary>The numbers that it is drawn from, behind a click; null where they are too many for a page.</summary>
    public TableBlock? Numbers { get; init; }

    /// <summary>Whether it is the one chart that matters most.</summary>
    public bool First { get; init; }
}

/// <summary>What came out: the answer, and the three questions with theirs.</summary>
internal sealed record VerdictBlock(Findings Findings) : Block;

/// <summary>Blocks that a reader opens.</summary>
internal sealed record FoldBlock(string Summary, IReadOnlyList<Block> Blocks) : Block;

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

/// <summary>A sentence that states no result; those that do are in <see cref="Findings"/>.</summary>
internal sealed record NoteBlock(string Text, bool Warning = false) : Block;
