namespace GanPipeline.Report.Charts;

/// <summary>Where a text stands from its place.</summary>
internal enum Anchor { Start, Middle, End }

/// <summary>A colour by what it is for: the page chooses it by the reader's light or dark setting.</summary>
/// <param name="Name">Name of the page's colour, without the leading dashes.</param>
/// <param name="Light">Red, green and blue on white paper.</param>
/// <param name="Dark">The colour on a dark page, as CSS has it.</param>
internal sealed record Ink(string Name, (byte R, byte G, byte B) Light, string Dark)
{
    public static readonly Ink Text = new("ink", (31, 35, 40), "#e6e9ec"), Muted = new("muted", (89, 99, 110), "#a7b0b9"),
        Grid = new("rule", (221, 226, 231), "#343b42");

    /// <summary>Okabe and Ito's colours, which most people with a colour vision deficiency can tell apart; lighter ones on a dark page.</summary>
    private static readonly Ink[] Palette =
    [
        new("c0", (0, 114, 178), "#56b4e9"), new("c1", (213, 94, 0), "#ff9248"), new("c2", (0, 140, 102), "#35cfa0"), new("c3", (186, 92, 147), "#e79cc4"),
        new("c4", (176, 122, 0), "#f0c04a"), new("c5", (60, 90, 200), "#93a8ff"), new("c6", (100, 100, 100), "#b5b5b5"), new("c7", (140, 60, 40), "#d99a86"),
    ];

    public static IEnumerable<Ink> All => [Text, Muted, Grid, .. Palette];

    public string Css => FormattableString.Invariant($"#{Light.R:x2}{Light.G:x2}{Light.B:x2}");

    public static Ink Of(int series) => Palette[series % Palette.Length];
}

/// <summary>What charts are drawn on; the origin is at the top left.</summary>
internal interface ICanvas
{
    void Rectangle(double x, double y, double width, double height, Ink ink);

    void Line(IReadOnlyList<(double X, double Y)> points, Ink ink, double width);

    /// <summary>A text whose baseline is at <paramref name="y"/>.</summary>
    void Text(double x, double y, string text, Anchor anchor, Ink ink, double size = 13);
}
