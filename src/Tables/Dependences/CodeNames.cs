namespace GanPipeline.Tables.Dependences;

/// <summary>Finds columns whose value goes with the value of a column of few values, or with the class: a code and its name, a town and its country.</summary>
internal static class CodeNames
{
    private const int LeastRowsOfValue = 5; // a mean: one that nearly every row has for itself would give any column

    /// <summary>The relations, those first whose source gives most columns.</summary>
    public static IReadOnlyList<Relation> Find(IReadOnlyList<CheckedColumn> columns)
    {
        double needed = Chance.Needed(columns.Count, 2) + Chance.OfNearCopies;
        var found = new Dictionary<(int Source, int Target), MapRecipe>();
        foreach (CheckedColumn source in columns.Where(c => (c.IsChosen || c.ChoiceCode is not null) && c.Values.Length >= LeastRowsOfValue * c.Texts.Count))
            foreach (CheckedColumn target in columns)
                // Numbers that are no choice by themselves become one for the sake of names alone: a number that goes with another says less.
                if (target.Code is not null && target != source && (source.IsChosen || target.Code.IsText) && target.Texts.Count <= source.Texts.Count
                    && Pairs(source, target) is { } values && Chance.BitsOfMap(source.Counts, target.Counts) >= needed)
                    found[(source.Place, target.Place)] = new MapRecipe(source.Name, values);
        Dictionary<int, CheckedColumn> byPlace = columns.ToDictionary(c => c.Place);
        ILookup<int, int> targets = found.Keys.ToLookup(pair => pair.Source, pair => pair.Target);
        return
        [
            .. found.OrderBy(f => byPlace[f.Key.Source].Code is not null).ThenByDescending(f => targets[f.Key.Source].Count())
                .ThenBy(f => byPlace[f.Key.Source].Numbers is not null).ThenBy(f => f.Key.Source).ThenBy(f => f.Key.Target)
                .Select(f => new Relation([new RelationOption(byPlace[f.Key.Target], f.Value, [byPlace[f.Key.Source]])])),
        ];
    }

    /// <summary>The text of the target that goes with each value of the source; null where a value has two.</summary>
    private static string[]? Pairs(CheckedColumn source, CheckedColumn target)
    {
        ReadOnlySpan<int> from = source.Values, to = target.Values;
        int[] pairs = new int[source.Texts.Count];
        Array.Fill(pairs, -1);
        for (int row = 0; row < from.Length; row++)
        {
            ref int known = ref pairs[from[row]];
            if (known >= 0 && known != to[row]) return null;
            known = to[row];
        }
        // A class of which there is no row is never asked for, but the recipe has a place for it.
        return [.. pairs.Select(value => target.Texts[Math.Max(value, 0)])];
    }
}
