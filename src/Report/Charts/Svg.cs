using System.Globalization;
using System.Text;

namespace GanPipeline.Report.Charts;

/// <summary>Where a text stands from its place.</summary>
internal enum Anchor { Start, Middle, End }

/// <summary>
/// What charts are drawn on; the origin is at the top left. In a page the colours are the page's; a file of its own brings them along, for light and dark.
/// </summary>
internal sealed class Svg
{
    private readonly StringBuilder _body = new();

    /// <summary>The chart as an element of a page.</summary>
    /// <param name="chart">What to draw.</param>
    /// <param name="id">Unique in the page: title and description are referred to by it.</param>
    public static string Element(Chart chart, string id)
    {
        var svg = new Svg();
        chart.Draw(svg);
        return svg.Whole(chart, id, chart.Height, "");
    }

    /// <summary>The chart as the text of a file, with its title above it: in a page the title is text beside it.</summary>
    public static string File(Chart chart)
    {
        const int Band = 30;
        var svg = new Svg();
        svg.Text(16, 21, chart.Title, Anchor.Start, ChartColour.Text, 15);
        svg.Append($"<g transform=\"translate(0,{Band})\">");
        chart.Draw(svg);
        svg._body.Append("</g>");
        (string light, string dark) = ChartColour.Css;
        return svg.Whole(chart, "chart", chart.Height + Band,
            $"<style>svg{{{light}--paper:#ffffff;background:var(--paper)}}@media(prefers-color-scheme:dark){{svg{{{dark}--paper:#15181b}}}}</style>") + "\n";
    }

    public void Rectangle(double x, double y, double width, double height, ChartColour colour) =>
        Append($"<rect x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{width:0.##}\" height=\"{height:0.##}\" fill=\"var(--{colour.Name})\"/>");

    public void Dot(double x, double y, double radius, ChartColour colour) =>
        Append($"<circle cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"{radius:0.##}\" fill=\"var(--{colour.Name})\"/>");

    public void Line(IReadOnlyList<(double X, double Y)> points, ChartColour colour, double width)
    {
        Append($"<polyline fill=\"none\" stroke=\"var(--{colour.Name})\" stroke-width=\"{width:0.##}\"");
        _body.Append(" stroke-linejoin=\"round\" stroke-linecap=\"round\" points=\"");
        foreach ((double x, double y) in points) Append($"{x:0.#},{y:0.#} ");
        _body.Append("\"/>");
    }

    /// <summary>A text whose baseline is at <paramref name="y"/>.</summary>
    public void Text(double x, double y, string text, Anchor anchor, ChartColour colour, double size = 13)
    {
        string place = anchor switch { Anchor.Start => "start", Anchor.Middle => "middle", _ => "end" };
        Append($"<text x=\"{x:0.##}\" y=\"{y:0.##}\" text-anchor=\"{place}\" font-size=\"{size:0.##}\" fill=\"var(--{colour.Name})\">");
        _body.Append(Html.Encode(text)).Append("</text>");
    }

    private string Whole(Chart chart, string id, int height, string style) =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Chart.Width} {height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\" " +
        $"font-family=\"system-ui, sans-serif\"><title id=\"{id}-t\">{Html.Encode(chart.Title)}</title>" +
        $"<desc id=\"{id}-d\">{Html.Encode(chart.Description)}</desc>{style}{_body}</svg>";

    private void Append(FormattableString text) => _body.Append(text.ToString(CultureInfo.InvariantCulture));
}
