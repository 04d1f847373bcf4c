namespace GanPipeline.Tables.Dependences;

/// <summary>
/// Finds the columns of a table that are exact functions of others in all its rows, and chooses which of them are computed: from columns that are kept, or from
/// computed ones in their order. The label is never computed. The same rows give the same choice.
/// </summary>
internal static class DependenceSearch
{
    /// <summary>
    /// The columns that are computed, each after those that it is computed from, and the codes of others that the network is to choose among because of them.
    /// </summary>
    /// <param name="table">The rows that are trained on.</param>
    /// <param name="schema">What they are.</param>
    /// <param name="codes">The code of each of the schema's columns.</param>
    public static (IReadOnlyList<DerivedColumn> Derived, IReadOnlyDictionary<string, ColumnCode> Choices) Find(Table table, TableSchema schema,
        IReadOnlyList<ColumnCode> codes)
    {
        if (table.Rows < Chance.LeastRows) return ([], new Dictionary<string, ColumnCode>());
        IReadOnlyList<CheckedColumn> columns = CheckedColumn.Of(table, schema, codes);
        var choice = new DependenceChoice();
        List<CheckedColumn> different = [.. columns];
        foreach (IReadOnlyList<CheckedColumn> same in EqualColumns.Find(columns))
            foreach (CheckedColumn copy in same.Skip(1))
            {
                choice.Add(new Relation([new RelationOption(copy, new CopyRecipe(same[0].Name), [same[0]])]));
                different.Remove(copy);
            }
        IReadOnlyList<Relation> sums = Sums.Find(different), products = Products.Find(different), names = CodeNames.Find(different);
        // What gives one column alone comes first, and leaves those that give several what it does not take.
        foreach (Relation relation in sums.Concat(names.Where(n => !sums.Any(s => IsPlainer(s, n)))).Concat(products).OrderBy(r => r.Options.Count))
            choice.Add(relation);
        return (choice.Columns(), choice.Choices);
    }

    /// <summary>Whether a sum gives what a list of values gives: a formula says more.</summary>
    private static bool IsPlainer(Relation sum, Relation names) =>
        sum.Options.Any(option => option.Target == names.Options[0].Target && option.Recipe.Sources.SequenceEqual(names.Options[0].Recipe.Sources));
}
