using System.CommandLine;
using GanPipeline.Primitives;

namespace GanPipeline.Cli.Commands;

/// <summary>The few words that a value is one of, and what each stands for.</summary>
internal sealed class Choices<T>(params (string Word, T Value)[] all)
{
    private readonly string[] _words = [.. all.Select(choice => choice.Word)];

    /// <summary>What the word stands for.</summary>
    /// <param name="name">The option or command whose value it is.</param>
    /// <param name="word">The word.</param>
    /// <exception cref="UserErrorException">It is none of them.</exception>
    public T Of(string name, string word) => Array.IndexOf(_words, word) is >= 0 and var at ? all[at].Value
        : throw UserErrorException.Usage($"{name} {word}: it is {this}{Nearest.EndHint(word, _words)}");

    /// <summary>What the value of an option stands for; the default where it is not given.</summary>
    /// <exception cref="UserErrorException">It is none of them.</exception>
    public T? Of(Option option, ParseResult parsed) => parsed.GetValue<string?>(option.Name) is { } word ? Of(option.Name, word) : default;

    /// <summary>Has a shell offer them.</summary>
    public void Complete(Option option) => option.CompletionSources.Add(_words);

    /// <summary>Has a shell offer them.</summary>
    public void Complete(Argument argument) => argument.CompletionSources.Add(_words);

    /// <summary>For people: <c>a, b or c</c>.</summary>
    public override string ToString() => $"{string.Join(", ", _words[..^1])} or {_words[^1]}";
}
