namespace GanPipeline.Primitives;

/// <summary>
/// An error that the user caused and can put right: a wrong file, a wrong value, a missing device. Its message is one sentence that says what is wrong, where,
/// and what to do; the command line prints it as it is and ends with a non-zero exit code.
/// </summary>
public sealed class UserErrorException : Exception
{
    private const int LongestMessage = 2000, LongestListing = 12_000, KeptEnd = 500;

    /// <summary>Makes an error with <paramref name="message"/>, and the exception that led to it, if any.</summary>
    public UserErrorException(string message, Exception? innerException = null)
        : base(Readable(message, LongestMessage), innerException)
    {
    }

    private UserErrorException(string message, int longest) : base(Readable(message, longest))
    {
    }

    /// <summary>An error of the command line, whose message begins with the option.</summary>
    public static UserErrorException Usage(string message) => new(message) { Kind = ErrorKind.Usage };

    /// <summary>An error that lists names to choose from: it is kept whole where it is longer than others.</summary>
    internal static UserErrorException Listing(string message) => new(message, LongestListing);

    /// <summary>Whether trying again can help.</summary>
    public ErrorKind Kind { get; init; } = ErrorKind.Input;

    /// <summary>The message without its middle, where a text that it quotes from a file has no end; where and what to do stand at its ends.</summary>
    private static string Readable(string message, int longest) => message.Length <= longest ? message
        : $"{message.AsSpan(0, longest - KeptEnd)} [...] {message.AsSpan(message.Length - KeptEnd)}";
}
