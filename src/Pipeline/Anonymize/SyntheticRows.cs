using GanPipeline.Inference;

namespace GanPipeline.Stages;

/// <summary>Rows from a generator as texts, without those that must not be.</summary>
internal sealed class SyntheticRows(GeneratorSession session, ulong seed)
{
    private const int MostRounds = 20;
    private readonly ColumnTexts[] _texts = [.. session.Info.Columns.Select(column => new ColumnTexts(column))];
    private ulong _next;

    /// <summary>Rows that were generated and left out, those of later rounds included.</summary>
    public int Refused { get; private set; }

    /// <summary>Rows of the first round that were left out: the share of copies among what the generator gives.</summary>
    public int RefusedAtFirst { get; private set; }

    /// <summary>A row for each class; fewer where the generator gives nothing else than what is refused, however often it is asked.</summary>
    /// <param name="classes">[rows] class indices; all 0 for a generator without classes.</param>
    /// <param name="refused">Keys of rows (<see cref="RealRows.Key"/>) that must not be.</param>
    /// <param name="stop">Ends the work.</param>
    public IReadOnlyList<string[]> Make(long[] classes, IReadOnlySet<string> refused, CancellationToken stop)
    {
        var rows = new string[]?[classes.Length];
        int[] open = [.. Enumerable.Range(0, rows.Length)];
        for (int round = 0; open.Length > 0 && round < MostRounds; round++)
        {
            stop.ThrowIfCancellationRequested();
            foreach ((int place, string[] row) in open.Zip(Draw([.. open.Select(i => classes[i])])))
                if (!refused.Contains(RealRows.Key(row))) rows[place] = row;
            open = [.. open.Where(i => rows[i] is null)];
            Refused += open.Length;
            if (round == 0) RefusedAtFirst = open.Length;
        }
        return [.. rows.OfType<string[]>()];
    }

    private IEnumerable<string[]> Draw(long[] classes)
    {
        IReadOnlyList<TableValues> values = session.GenerateRows(seed, _next, session.IsConditional ? classes : [], classes.Length);
        _next += (ulong)classes.Length;
        return Enumerable.Range(0, classes.Length)
            .Select(row => values.Select((v, k) => _texts[k].Text(v, row)).ToArray());
    }
}
