namespace GanPipeline.Primitives;

/// <summary>A family of records of which a YAML text names the one that it describes, for example <c>network: mlp</c>.</summary>
/// <param name="Family">The type that a property has: what all of them derive from.</param>
/// <param name="Key">The key that names the kind.</param>
/// <param name="Types">Kind name to record type.</param>
internal sealed record YamlKinds(Type Family, string Key, IReadOnlyDictionary<string, Type> Types)
{
    /// <summary>The kind name of a record of this family.</summary>
    /// <exception cref="UserErrorException">It has none: it stands for a value that was not given.</exception>
    public string NameOf(object record) => Types.FirstOrDefault(t => t.Value == record.GetType()).Key
        ?? throw new UserErrorException($"'{record.GetType().Name}' has no kind: the preset must state it.");
}
