using System.Text.RegularExpressions;

namespace GanPipeline.Packages.Tests;

/// <summary>
/// A ```csharp block of a page as C# that compiles. A block is a program of top-level statements, or its beginning: <c>```csharp continued</c> goes on from the
/// block before it. Where it declares none, <c>ml</c>, <c>train</c>, <c>test</c> and <c>data</c> are an MLContext and views, Microsoft.ML and GanPipeline.MlNet
/// are in use, and a block that begins with a dot goes on from an estimator.
/// </summary>
internal static partial class SnippetProgram
{
    private const string Language = "csharp", Continued = "continued";

    /// <summary>What blocks may use without declaring it.</summary>
    public const string Given = """
        global using GanPipeline.MlNet;
        global using Microsoft.ML;
        global using static Given;

        internal static class Given
        {
            public static MLContext ml => throw new System.NotSupportedException();
            public static IDataView train => ml.Data.LoadFromTextFile("data");
            public static IDataView test => train;
            public static IDataView data => train;
        }
        """;

    /// <summary>Every block of C# on the pages, as a file of its own: its name, and its code in a namespace of its own.</summary>
    public static IEnumerable<(string Name, string Code)> Files(IEnumerable<MarkdownBlock> blocks)
    {
        List<MarkdownBlock> program = [];
        foreach (MarkdownBlock block in blocks.Where(b => b.Language == Language))
        {
            if (!block.Marks.Contains(Continued)) program.Clear();
            program.Add(block);
            string name = NoName().Replace($"{block.File}_{block.Line}", "_");
            yield return ($"{name}.cs", Code(name, [.. program.SelectMany(Numbered)]));
        }
    }

    /// <summary>The lines of a block, which the compiler then names by their places on the page.</summary>
    private static IEnumerable<string> Numbered(MarkdownBlock block) => [$"#line {block.Line} \"{block.File}\"", .. block.Lines];

    private static string Code(string name, string[] lines)
    {
        string[] usings = [.. lines.Where(l => Using().IsMatch(l))];
        string[] rest = [.. lines.Select(l => Using().IsMatch(l) ? "" : l)]; // empty, so that lines keep their numbers
        int types = Array.FindIndex(rest, l => TypeDeclaration().IsMatch(l));
        string[] statements = types < 0 ? rest : rest[..types], declared = types < 0 ? [] : rest[types..];
        if (statements.FirstOrDefault(l => l.Length > 0 && !l.StartsWith('#')) is { } first && first.TrimStart().StartsWith('.'))
            statements = ["_ = ml.Transforms.CopyColumns(\"Copy\", \"Column\")", .. statements, ";"];
        string[] head = [$"namespace {name};", "internal static class Snippet", "{", "public static async System.Threading.Tasks.Task Run(string[] args)", "{"];
        string[] end = ["await System.Threading.Tasks.Task.CompletedTask;", "}", "}"];
        return string.Join('\n', [.. usings, .. head, .. statements, .. end, .. declared]);
    }

    [GeneratedRegex(@"^using [\w.]+;")]
    private static partial Regex Using();

    [GeneratedRegex(@"^(?:(?:public|internal|sealed|static|readonly|file) )*(?:class|record|struct|enum|interface) ")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"\W")]
    private static partial Regex NoName();
}
