namespace GanPipeline.Report.Charts;

/// <summary>A chart with its title above it, for a file: in a page the title is text beside it.</summary>
internal sealed record TitledChart(Chart Chart) : Chart(Chart.Title, Chart.Description)
{
    private const int Band = 30;

    public override int Height => Chart.Height + Band;

    public override void Draw(ICanvas canvas)
    {
        canvas.Text(16, 21, Chart.Title, Anchor.Start, Ink.Text, 15);
        Chart.Draw(new Lowered(canvas));
    }

    private sealed class Lowered(ICanvas canvas) : ICanvas
    {
        public void Rectangle(double x, double y, double width, double height, Ink ink) => canvas.Rectangle(x, y + Band, width, height, ink);

        public void Line(IReadOnlyList<(double X, double Y)> points, Ink ink, double width) =>
            canvas.Line([.. points.Select(p => (p.X, p.Y + Band))], ink, width);

        public void Text(double x, double y, string text, Anchor anchor, Ink ink, double size) => canvas.Text(x, y + Band, text, anchor, ink, size);
    }
}
