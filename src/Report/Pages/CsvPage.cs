using CsvHelper;

namespace GanPipeline.Report.Pages;

/// <summary>
/// Writes what a page's facts and tables hold as CSV, a cell a row, numbers with all their digits. Curves are in the file that they were drawn from.
/// </summary>
internal static class CsvPage
{
    public static void Write(Stream stream, Page page)
    {
        using var csv = new CsvWriter(new StreamWriter(stream, leaveOpen: true), CsvFormat.Written());
        Write(csv, "section", "table", "row", "column", "value");
        foreach (Fact fact in page.Tiles) Write(csv, "summary", "", fact.Name, "", Value(fact.Value));
        foreach (Section section in page.Sections)
        {
            foreach (Block block in section.Blocks)
            {
                if (block is FactList list)
                    foreach (Fact fact in list.Facts) Write(csv, section.Id, "", fact.Name, "", Value(fact.Value));
                if (block is TableBlock table)
                    foreach (IReadOnlyList<Cell> row in table.Rows)
                        for (int c = 1; c < row.Count; c++)
                            Write(csv, section.Id, table.Caption, row[0].Number is null ? row[0].Text : Value(row[0]), table.Columns[c], Value(row[c]));
                if (block is ChartBlock { Chart: BarChart bars })
                    for (int g = 0; g < bars.Groups.Count; g++)
                        for (int c = 0; c < bars.Categories.Count; c++) WriteBar(csv, section, bars, g, c);
            }
        }
    }

    private static void WriteBar(CsvWriter csv, Section section, BarChart bars, int group, int category)
    {
        Bar bar = bars.Bars[group][category];
        foreach ((string suffix, double value) in new[] { ("", bar.Value), (" from", bar.Low), (" to", bar.High) })
            if (double.IsFinite(value)) Write(csv, section.Id, bars.Title, bars.Categories[category], bars.Groups[group] + suffix, Figure.Full(value));
    }

    private static string Value(Cell cell) => cell.Number is { } number ? Figure.Full(number) : cell.Text;

    private static void Write(CsvWriter csv, params ReadOnlySpan<string> fields)
    {
        foreach (string field in fields) csv.WriteField(field);
        csv.NextRecord();
    }
}
