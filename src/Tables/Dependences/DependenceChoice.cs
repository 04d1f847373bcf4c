namespace GanPipeline.Tables.Dependences;

/// <summary>Chooses of each relation the column that is computed, so that none is computed from itself by way of others.</summary>
internal sealed class DependenceChoice
{
    private readonly List<DerivedColumn> _chosen = [];
    private readonly HashSet<string> _kept = [];
    private readonly Dictionary<string, ColumnCode> _choices = [];

    /// <summary>The codes of whole numbers that the network is to choose among, by name.</summary>
    public IReadOnlyDictionary<string, ColumnCode> Choices => _choices;

    /// <summary>Takes the first of a relation's options that goes with what was chosen before; none where none does.</summary>
    public void Add(Relation relation)
    {
        foreach (RelationOption option in relation.Options)
        {
            string target = option.Target.Name;
            if (_kept.Contains(target) || IsComputed(target) || option.Recipe.Sources.Any(source => Needs(source, target))) continue;
            // A value is looked up by the choice of the network itself, so the column must have one; and what is computed may be 0.
            string? kept = option.Recipe switch { MapRecipe map => map.Source, RatioRecipe ratio => ratio.Denominator, _ => null };
            if (kept is not null)
            {
                if (IsComputed(kept)) continue;
                _kept.Add(kept);
                if (option.Recipe is MapRecipe && option.Sources[0] is { IsChosen: false, ChoiceCode: { } choice }) _choices[kept] = choice;
            }
            _chosen.Add(new DerivedColumn(option.Target.Code! with { Grid = NumberGrid.Whole, Heaps = [], Listed = null }, option.Recipe));
            return;
        }
    }

    /// <summary>The chosen columns, each after those that it is computed from.</summary>
    public IReadOnlyList<DerivedColumn> Columns()
    {
        var ordered = new List<DerivedColumn>();
        var placed = new HashSet<string>();
        foreach (DerivedColumn column in _chosen) Place(column);
        return ordered;

        void Place(DerivedColumn column)
        {
            if (!placed.Add(column.Name)) return;
            foreach (string source in column.Recipe.Sources) if (Of(source) is { } before) Place(before);
            ordered.Add(column);
        }
    }

    private bool IsComputed(string name) => Of(name) is not null;

    private DerivedColumn? Of(string name) => _chosen.Find(column => column.Name == name);

    /// <summary>Whether a column is another, or is computed from it, or from one that is.</summary>
    private bool Needs(string name, string wanted)
    {
        var seen = new HashSet<string>();
        return Search(name);

        bool Search(string at) => at == wanted || (seen.Add(at) && Of(at) is { } column && column.Recipe.Sources.Any(Search));
    }
}
