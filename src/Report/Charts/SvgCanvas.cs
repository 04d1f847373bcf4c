using System.Globalization;
using System.Text;
using GanPipeline.Report.Pages;

namespace GanPipeline.Report.Charts;

/// <summary>Writes SVG. In a page the colours are the page's; a file of its own brings them along, for light and dark.</summary>
internal sealed class SvgCanvas : ICanvas
{
    private readonly StringBuilder _body = new();

    /// <summary>The chart as an element of a page.</summary>
    /// <param name="chart">What to draw.</param>
    /// <param name="id">Unique in the page: title and description are referred to by it.</param>
    public static string Element(Chart chart, string id) => Draw(chart, id, "");

    /// <summary>The chart as the text of a file.</summary>
    public static string File(Chart chart)
    {
        string light = string.Concat(Ink.All.Select(i => $"--{i.Name}:{i.Css};")), dark = string.Concat(Ink.All.Select(i => $"--{i.Name}:{i.Dark};"));
        return Draw(chart, "chart",
            $"<style>svg{{{light}--paper:#ffffff;background:var(--paper)}}@media(prefers-color-scheme:dark){{svg{{{dark}--paper:#15181b}}}}</style>") + "\n";
    }

    public void Rectangle(double x, double y, double width, double height, Ink ink) =>
        Append($"<rect x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{width:0.##}\" height=\"{height:0.##}\" fill=\"var(--{ink.Name})\"/>");

    public void Line(IReadOnlyList<(double X, double Y)> points, Ink ink, double width)
    {
        Append($"<polyline fill=\"none\" stroke=\"var(--{ink.Name})\" stroke-width=\"{width:0.##}\"");
        _body.Append(" stroke-linejoin=\"round\" stroke-linecap=\"round\" points=\"");
        foreach ((double x, double y) in points) Append($"{x:0.#},{y:0.#} ");
        _body.Append("\"/>");
    }

    public void Text(double x, double y, string text, Anchor anchor, Ink ink, double size)
    {
        string place = anchor switch { Anchor.Start => "start", Anchor.Middle => "middle", _ => "end" };
        Append($"<text x=\"{x:0.##}\" y=\"{y:0.##}\" text-anchor=\"{place}\" font-size=\"{size:0.##}\" fill=\"var(--{ink.Name})\">{Html.Encode(text)}</text>");
    }

    private static string Draw(Chart chart, string id, string style)
    {
        var canvas = new SvgCanvas();
        chart.Draw(canvas);
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Chart.Width} {chart.Height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\" " +
            $"font-family=\"system-ui, sans-serif\"><title id=\"{id}-t\">{Html.Encode(chart.Title)}</title>" +
            $"<desc id=\"{id}-d\">{Html.Encode(chart.Description)}</desc>{style}{canvas._body}</svg>";
    }

    private void Append(FormattableString text) => _body.Append(text.ToString(CultureInfo.InvariantCulture));
}
