using System.Globalization;

namespace GanPipeline.Report.Pages;

/// <summary>Writes a page as one HTML file that needs no other: style, script and pictures are inside it.</summary>
internal sealed class HtmlPage
{
    private const int ShortName = 14; // longer names of rows get room, and lines of their own

    private readonly Html _html = new();
    private const int MostStacked = 7;
    private int _charts;

    public static string Write(Page page)
    {
        var writer = new HtmlPage();
        writer.Add(page);
        return writer._html.ToString();
    }

    private void Add(Page page)
    {
        _html.Raw("<!doctype html>").Line().Open("html", ("lang", "en")).Open("head").Void("meta", ("charset", "utf-8"));
        _html.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"))
            .Void("meta", ("name", "color-scheme"), ("content", "light dark"));
        _html.Void("link", ("rel", "icon"), ("href", "data:,")).Element("title", page.Title).Raw("<style>").Raw(Colours()).Raw(Resource("page.css"))
            .Raw("</style>").Close().Line();
        _html.Open("body").Open("header").Element("h1", page.Title).Element("p", page.Lead).Close().Line().Open("main");
        if (page.Top.Count > 0)
        {
            _html.Open("div", ("class", "top"));
            foreach (Block block in page.Top) Add(block);
            _html.Close();
        }
        _html.Line().Open("nav", ("aria-label", "Sections")).Open("ul");
        foreach (Section section in page.Sections) _html.Open("li").Element("a", section.Title, ("href", "#" + section.Id)).Close();
        _html.Close().Close().Line();
        foreach (Section section in page.Sections) Add(section);
        _html.Close().Line().Raw("<script>").Raw(Resource("page.js")).Raw("</script>").Close().Close().Line();
    }

    private void Add(VerdictBlock verdict)
    {
        Findings findings = verdict.Findings;
        _html.Element("p", findings.Headline, ("class", "headline")).Open("ul", ("class", "badges"));
        foreach (Badge badge in findings.Badges)
            _html.Open("li", ("class", "badge " + badge.Status.ToString().ToLowerInvariant())).Open("h2").Text(badge.Question + " ")
                .Element("span", Word(badge.Status), ("class", "status")).Close().Element("p", badge.Sentence, ("class", "sentence")).Close();
        _html.Close();
        foreach (Remark remark in findings.Remarks)
            _html.Element("p", remark.Text, ("class", remark.Warning ? "note warning remark" : "note remark"));
    }

    private static string Word(Status status) => status switch
    {
        Status.Good => "\u2713 good",
        Status.Mixed => "\u25d0 mixed",
        Status.Bad => "\u2717 bad",
        _ => "? unknown",
    };

    private void Add(Section section)
    {
        _html.Line().Open("section", ("id", section.Id), ("aria-labelledby", section.Id + "-title"), ("class", section.Folded ? "folded" : ""));
        if (section.Folded) _html.Open("details").Open("summary");
        _html.Element("h2", section.Title, ("id", section.Id + "-title"));
        if (section.Folded) _html.Close();
        if (section.Lead.Length > 0) _html.Element("p", section.Lead, ("class", "lead"));
        Add(section.Blocks);
        if (section.Folded) _html.Close();
        _html.Close();
    }

    private void Add(IReadOnlyList<Block> blocks)
    {
        for (int i = 0; i < blocks.Count; i++)
        {
            bool grid = IsSmall(blocks[i]), begins = grid && (i == 0 || blocks[i - 1].GetType() != blocks[i].GetType());
            bool ends = grid && (i + 1 == blocks.Count || blocks[i + 1].GetType() != blocks[i].GetType());
            if (begins) _html.Open("div", ("class", blocks[i] is ChartBlock ? "grid charts" : "grid"));
            Add(blocks[i]);
            if (ends) _html.Close();
        }
    }

    private static bool IsSmall(Block block) => block is PictureBlock { Small: true } or ChartBlock { First: false };

    private void Add(Block block)
    {
        switch (block)
        {
            case FactList list: Add(list); break;
            case TableBlock table: Add(table); break;
            case ChartBlock chart: Add(chart); break;
            case PictureBlock picture: Add(picture); break;
            case SliderBlock slider: Add(slider); break;
            case VerdictBlock verdict: Add(verdict); break;
            case FoldBlock fold: Fold(fold.Summary, () => Add(fold.Blocks)); break;
            case CodeBlock code:
                _html.Element("p", code.Label, ("class", "label")).Open("pre", ("tabindex", "0"), ("aria-label", code.Label))
                .Element("code", code.Text).Close(); break;
            case NoteBlock note: _html.Element("p", note.Text, ("class", note.Warning ? "note warning" : "note")); break;
            default: throw new InvalidOperationException($"{block.GetType().Name} cannot be written.");
        }
    }

    private void Add(FactList list)
    {
        _html.Open("dl", ("class", "facts"));
        foreach (Fact fact in list.Facts) AddFact(fact);
        _html.Close();
    }

    private void AddFact(Fact fact)
    {
        const int Long = 34;
        _html.Open("div", fact.Value.Text.Length > Long ? [("class", "long")] : []).Element("dt", fact.Name).Open("dd");
        Add(fact.Value);
        _html.Close().Close();
    }

    private void Fold(string summary, Action inside)
    {
        _html.Open("details").Element("summary", summary);
        inside();
        _html.Close();
    }

    private void Add(TableBlock table)
    {
        bool[] numeric = [.. table.Columns.Select((_, c) => c > 0 && table.Rows.Any(r => r[c].Number is not null))];
        // On a narrow screen a table of few columns becomes a list; one of many is scrolled within itself.
        _html.Open("div", ("class", table.Named && table.Columns.Count <= MostStacked ? "table stack" : "table"), ("tabindex", "0"), ("role", "region"),
            ("aria-label", table.Caption)).Open("table").Element("caption", table.Caption).Open("thead").Open("tr");
        for (int c = 0; c < table.Columns.Count; c++) _html.Element("th", table.Columns[c], ("scope", "col"), ("class", numeric[c] ? "number" : ""));
        _html.Close().Close().Open("tbody");
        foreach (IReadOnlyList<Cell> row in table.Rows)
        {
            _html.Open("tr");
            for (int c = 0; c < row.Count; c++)
            {
                if (c == 0 && table.Named) _html.Open("th", row[0].Text.Length > ShortName ? [("scope", "row"), ("class", "name")] : [("scope", "row")]);
                else _html.Open("td", ("class", (row[c].Text.Length == 0 ? "none " : "") + (numeric[c] ? "number" : "")), ("data-label", table.Columns[c]));
                Add(row[c]);
                _html.Close();
            }
            _html.Close();
        }
        _html.Close().Close().Close();
    }

    private void Add(Cell cell)
    {
        if (cell.Number is not { } number)
        {
            _html.Text(cell.Text.Length > 0 ? cell.Text : "\u2013");
            return;
        }
        _html.Element("data", cell.Text, ("value", Figure.Full(number)));
        if (cell.IsBest) _html.Text(" ").Element("strong", "best", ("class", "best"));
        if (cell.Interval is not { } interval) return;
        _html.Text(" ").Open("span", ("class", "interval"));
        (string low, string high) = Figure.Ends(interval.Low, interval.High);
        Add(new Cell(low, interval.Low));
        _html.Text(" to ");
        Add(new Cell(high, interval.High));
        _html.Close();
    }

    private void Add(ChartBlock block)
    {
        _html.Open("figure", ("class", block.First ? "chart first" : "chart")).Element("figcaption", block.Chart.Title)
            .Raw(Svg.Element(block.Chart, "chart-" + (++_charts).ToString(CultureInfo.InvariantCulture)));
        if (block.Numbers is { } numbers) Fold("The numbers", () => Add(numbers));
        _html.Close();
    }

    private void Add(PictureBlock block)
    {
        _html.Open("figure", ("class", block.Small ? "picture small" : "picture"));
        Add(block.Picture, block.Alt, false);
        _html.Element("figcaption", block.Caption).Close();
    }

    private void Add(SliderBlock slider)
    {
        int last = slider.Frames.Count - 1;
        _html.Open("figure", ("class", "slider picture"));
        for (int i = 0; i <= last; i++)
            Add(slider.Frames[i].Picture, $"{slider.Name}, {slider.Frames[i].Time}", i < last, ("data-time", slider.Frames[i].Time));
        _html.Open("figcaption").Open("output").Text(slider.Frames[last].Time).Close();
        if (last > 0)
        {
            string end = last.ToString(CultureInfo.InvariantCulture);
            _html.Void("input", ("type", "range"), ("min", "0"), ("max", end), ("value", end), ("aria-label", $"{slider.Name}: time"),
                ("aria-valuetext", slider.Frames[last].Time));
            _html.Element("button", "Play", ("type", "button"));
        }
        _html.Close().Close();
    }

    private void Add(Png picture, string alt, bool hidden, params ReadOnlySpan<(string, string)> more)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        List<(string, string)> attributes =
        [
            ("src", "data:image/png;base64," + Convert.ToBase64String(picture.Bytes)), ("alt", alt), ("width", picture.Width.ToString(invariant)),
            ("height", picture.Height.ToString(invariant)), .. more,
        ];
        if (picture.Width <= 400) attributes.Add(("class", "pixels"));
        if (hidden) attributes.Add(("hidden", ""));
        _html.Void("img", [.. attributes]);
    }

    private static string Colours()
    {
        (string light, string dark) = ChartColour.Css;
        return $":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n";
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(HtmlPage).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
