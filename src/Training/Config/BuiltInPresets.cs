namespace GanPipeline.Training.Config;

/// <summary>The presets of <c>models/</c>, which are part of this library and go by their names anywhere.</summary>
internal static class BuiltInPresets
{
    private const string Root = "models/", Extension = ".yaml";

    /// <summary>The preset for tables, which a table in a preset's place stands for.</summary>
    public const string Table = "table";

    /// <summary>The preset for folders of pictures, which such a folder in a preset's place stands for.</summary>
    public const string Folder = "folder-cgan";

    /// <summary>Their names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. typeof(BuiltInPresets).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Root, StringComparison.Ordinal)).Select(n => n[Root.Length..^Extension.Length]).Order(StringComparer.Ordinal)];

    public static bool Has(string name) => Names.Contains(name, StringComparer.Ordinal);

    /// <summary>The preset's file, to the byte as text.</summary>
    /// <exception cref="UserErrorException">There is none of that name.</exception>
    public static string Text(string name)
    {
        if (!Has(name)) throw Unknown(name);
        using var reader = new StreamReader(typeof(BuiltInPresets).Assembly.GetManifestResourceStream(Root + name + Extension)!);
        return reader.ReadToEnd();
    }

    /// <summary>That a name is neither a preset's nor a file's.</summary>
    public static UserErrorException Unknown(string name) =>
        new($"{name}: there is no preset and no file of that name ('gan presets' lists the presets){Nearest.Hint(name, Names)}");
}
