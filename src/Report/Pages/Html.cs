using System.Net;
using System.Text;

namespace GanPipeline.Report.Pages;

/// <summary>Builds HTML; every text and attribute that goes through it is encoded.</summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = new();

    /// <summary>A text that is only a text, in HTML and in XML. Signs that XML has no place for become U+FFFD.</summary>
    public static string Encode(string text) =>
        WebUtility.HtmlEncode(new string([.. text.Select(c => (c < ' ' && c is not ('\n' or '\t')) || char.IsSurrogate(c) || c >= '\uFFFE' ? '\uFFFD' : c)]));

    public Html Open(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin(element, attributes);
        _open.Push(element);
        return this;
    }

    public Html Close()
    {
        _text.Append("</").Append(_open.Pop()).Append('>');
        return this;
    }

    /// <summary>An element that holds a text.</summary>
    public Html Element(string element, string text, params ReadOnlySpan<(string Name, string Value)> attributes) =>
        Open(element, attributes).Text(text).Close();

    /// <summary>An element that holds nothing and has no end, such as img.</summary>
    public Html Void(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin(element, attributes);
        return this;
    }

    public Html Text(string text)
    {
        _text.Append(Encode(text));
        return this;
    }

    /// <summary>Markup that is known to be right: this code's own style, script and drawings.</summary>
    public Html Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    public Html Line()
    {
        _text.Append('\n');
        return this;
    }

    public override string ToString() => _open.Count == 0 ? _text.ToString() : throw new InvalidOperationException($"{_open.Peek()} is not closed.");

    private void Begin(string element, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _text.Append('<').Append(element);
        foreach ((string name, string value) in attributes) _text.Append(' ').Append(name).Append("=\"").Append(Encode(value)).Append('"');
        _text.Append('>');
    }
}
