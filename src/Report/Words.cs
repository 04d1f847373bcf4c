namespace GanPipeline.Report;

/// <summary>Names of files and columns as people read them.</summary>
internal static class Words
{
    /// <summary><c>frechet-distance</c> becomes "Fréchet distance".</summary>
    public static string Of(string name)
    {
        string text = name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_') ? name.Replace('-', ' ').Replace('_', ' ') : name;
        text = text.Replace("frechet", "Fréchet", StringComparison.Ordinal).Replace(" mib", " MiB", StringComparison.Ordinal);
        return text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
    }
}
