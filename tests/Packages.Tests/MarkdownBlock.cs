namespace GanPipeline.Packages.Tests;

/// <summary>A fenced block of a Markdown file.</summary>
/// <param name="File">The file's name in the repository.</param>
/// <param name="Line">Line of its first line of text, from 1.</param>
/// <param name="Language">The first word behind the fence; empty where there is none.</param>
/// <param name="Marks">The other words behind the fence.</param>
/// <param name="Lines">Its text.</param>
internal sealed record MarkdownBlock(string File, int Line, string Language, IReadOnlyList<string> Marks, IReadOnlyList<string> Lines)
{
    private const string Fence = "```";

    public string Text => string.Join('\n', Lines);

    public override string ToString() => $"{File} line {Line}";

    /// <summary>The blocks of all of the repository's pages for users: README.md, then docs/ in order.</summary>
    public static IReadOnlyList<MarkdownBlock> OfRepository { get; } =
    [
        .. new[] { Repository.In("README.md") }.Concat(Directory.GetFiles(Repository.In("docs"), "*.md").Order(StringComparer.Ordinal))
            .SelectMany(f => In(Path.GetRelativePath(Repository.Root, f), System.IO.File.ReadAllLines(f))),
    ];

    /// <summary>The fenced blocks of a file, in order.</summary>
    public static IEnumerable<MarkdownBlock> In(string file, IReadOnlyList<string> lines)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal)) continue;
            string[] words = lines[i][Fence.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            int first = i + 1;
            for (i = first; i < lines.Count && lines[i].TrimEnd() != Fence; i++) { }
            if (i == lines.Count) throw new InvalidDataException($"{file} line {first}: the block is not closed");
            yield return new MarkdownBlock(file, first + 1, words.FirstOrDefault() ?? "", [.. words.Skip(1)], [.. lines.Skip(first).Take(i - first)]);
        }
    }
}
