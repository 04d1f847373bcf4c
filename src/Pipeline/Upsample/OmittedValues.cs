using GanPipeline.Inference;
using GanPipeline.Tables;

namespace GanPipeline.Stages;

/// <summary>The columns of a table that its generator was not trained on, in the rows that are added: empty, or IDs that are numbered on.</summary>
internal sealed class OmittedValues
{
    private readonly Column[] _columns;

    /// <param name="info">The generator.</param>
    /// <param name="header">The columns of the table that is up-sampled.</param>
    /// <param name="fillIds">Whether IDs are numbered on.</param>
    public OmittedValues(GeneratorInfo info, IReadOnlyList<string> header, bool fillIds) => _columns =
    [
        .. header.Select((name, place) => (Omitted: info.Omitted.FirstOrDefault(o => o.Name == name), place)).Where(c => c.Omitted is not null)
            .Select(c => new Column(c.place, c.Omitted!, fillIds && c.Omitted!.Reason is "id" or "index" ? new IdNumbers() : null)),
    ];

    /// <summary>Whether some column holds IDs that are numbered on, if they can be.</summary>
    public bool FillsIds => _columns.Any(c => c.Numbers is not null);

    /// <summary>Hears of a row that is there.</summary>
    public void See(ITableRows row)
    {
        foreach (Column column in _columns) column.Numbers?.See(row[column.Place] ?? "");
    }

    /// <summary>What the columns hold in so many added rows.</summary>
    public IReadOnlyList<UngeneratedColumn> Describe(long rows) => [.. _columns.Select(c =>
    {
        var empty = new UngeneratedColumn(c.Omitted.Name, c.Omitted.Reason);
        return c.Numbers is null || rows == 0 ? empty : c.Numbers.HasNext ? empty with { First = c.Numbers.After(1), Last = c.Numbers.After(rows) }
            : empty with { HasNoNext = true };
    })];

    /// <summary>Values of a column for the next added rows; null where the generator gives them.</summary>
    public TableValues? Next(string name, int rows)
    {
        if (Array.Find(_columns, c => c.Omitted.Name == name) is not { } column) return null;
        string[] texts = new string[rows];
        for (int i = 0; i < rows; i++) texts[i] = column.Numbers is { HasNext: true } ids ? ids.Next() : "";
        return new TableValues([], texts);
    }

    private sealed record Column(int Place, OmittedColumn Omitted, IdNumbers? Numbers);
}
