namespace GanPipeline.Primitives;

/// <summary>
/// Finds the classes of one source among those of another. It goes by name, always: the place of a class says nothing as soon as one of the two lacks a class,
/// has one more, or lists them in another order. Names are the same when they are the same text, in whichever of Unicode's forms; upper and lower case differ.
/// </summary>
internal static class ClassMatch
{
    private const int Listed = 20;

    /// <summary>The index of a class; -1 where it is not among the names.</summary>
    public static int Place(string name, IReadOnlyList<string> names) => Places([name], names)[0];

    /// <summary>The index of each class among others; -1 where it is not among them.</summary>
    public static int[] Places(IEnumerable<string> names, IReadOnlyList<string> among)
    {
        Dictionary<string, int> exact = new(StringComparer.Ordinal), decomposed = new(StringComparer.Ordinal);
        for (int i = 0; i < among.Count; i++)
        {
            exact.TryAdd(among[i], i);
            decomposed.TryAdd(UnicodeForm.Decomposed(among[i]), i);
        }
        return [.. names.Select(n => exact.TryGetValue(n, out int place) ? place : decomposed.GetValueOrDefault(UnicodeForm.Decomposed(n), -1))];
    }

    /// <summary>As <see cref="Places(IEnumerable{string}, IReadOnlyList{string})"/>, refusing a class that is not among them.</summary>
    /// <param name="names">Classes of the one source.</param>
    /// <param name="among">Classes of the other.</param>
    /// <param name="error">Makes the error from the class that is lacking and a hint at one that differs by spelling only (empty where none does).</param>
    /// <exception cref="UserErrorException">What <paramref name="error"/> makes.</exception>
    public static int[] Places(IReadOnlyList<string> names, IReadOnlyList<string> among, Func<string, string, UserErrorException> error)
    {
        int[] places = Places(names, among);
        return Array.IndexOf(places, -1) is >= 0 and var lacking ? throw error(names[lacking], Hint(names[lacking], among)) : places;
    }

    /// <summary>Names for a message, all of them or the first ones.</summary>
    public static string List(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return string.Join(", ", all.Take(Listed).Select(name => $"'{name}'")) + (all.Length > Listed ? $" and {all.Length - Listed} more" : "");
    }

    private static string Hint(string name, IReadOnlyList<string> among)
    {
        if (among.FirstOrDefault(a => Alike(a) == Alike(name)) is { } alike) return $" (but '{alike}', which is spelt otherwise)";
        return $" (it has {List(among)})";

        static string Alike(string text) => UnicodeForm.Decomposed(text.Trim()).ToUpperInvariant();
    }
}
