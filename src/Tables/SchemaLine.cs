using System.Text.Json;

namespace GanPipeline.Tables;

/// <summary>What a message tells the user to write: as it can be copied, whatever the name of a column or the text of a cell is.</summary>
internal static class SchemaLine
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A line of a schema file about one column.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="says">What it says, such as <c>type: categorical</c>.</param>
    public static string Of(string column, string says) => $"columns: {{ {Yaml(column)}: {{ {says} }} }}";

    /// <summary>The option that says that a text stands for a missing value.</summary>
    public static string Option(string missing) => $"--missing {Shell(missing)}";

    /// <summary>The option that leaves a column out.</summary>
    public static string Drop(string column) => $"--drop {Shell(column)}";

    /// <summary>A text in double quotes, as YAML reads it.</summary>
    public static string Quoted(string text) => JsonSerializer.Serialize(text, Readable);

    private static string Yaml(string text) => IsPlain(text) && !char.IsAsciiDigit(text[0]) ? text : Quoted(text);

    /// <summary>As a shell takes it; in double quotes, in which four characters mean something.</summary>
    private static string Shell(string text) => IsPlain(text) ? text
        : $"\"{string.Concat(text.Select(c => "\\\"$`".Contains(c, StringComparison.Ordinal) ? $"\\{c}" : $"{c}"))}\"";

    private static bool IsPlain(string text) => text.Length > 0 && text[0] != '-' && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '-');
}
