namespace GanPipeline.Report.Charts;

/// <summary>A colour by what it is for: the page chooses it by the reader's light or dark setting.</summary>
/// <param name="Name">Name of the page's colour, without the leading dashes.</param>
/// <param name="Light">The colour on white paper, as CSS has it.</param>
/// <param name="Dark">The colour on a dark page.</param>
internal sealed record ChartColour(string Name, string Light, string Dark)
{
    public static readonly ChartColour Text = new("text", "#1f2328", "#e6e9ec"), Muted = new("muted", "#59636e", "#a7b0b9"),
        Grid = new("rule", "#dde2e7", "#343b42"), Chosen = new("chosen", "#e3effa", "#1f3347");

    /// <summary>Okabe and Ito's colours, which most people with a colour vision deficiency can tell apart; lighter ones on a dark page.</summary>
    private static readonly ChartColour[] Palette =
    [
        new("c0", "#0072b2", "#56b4e9"), new("c1", "#d55e00", "#ff9248"), new("c2", "#008c66", "#35cfa0"), new("c3", "#ba5c93", "#e79cc4"),
        new("c4", "#b07a00", "#f0c04a"), new("c5", "#3c5ac8", "#93a8ff"), new("c6", "#646464", "#b5b5b5"), new("c7", "#8c3c28", "#d99a86"),
    ];

    /// <summary>CSS that gives every colour its value: on white, and on a dark page.</summary>
    public static (string Light, string Dark) Css
    {
        get
        {
            ChartColour[] all = [Text, Muted, Grid, Chosen, .. Palette];
            return (string.Concat(all.Select(c => $"--{c.Name}:{c.Light};")), string.Concat(all.Select(c => $"--{c.Name}:{c.Dark};")));
        }
    }

    public static ChartColour Of(int series) => Palette[series % Palette.Length];
}
