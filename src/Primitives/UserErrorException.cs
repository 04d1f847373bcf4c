namespace GanPipeline.Primitives;

/// <summary>
/// An error that the user caused and can put right: a wrong file, a wrong value, a missing device. Its message is one sentence that says what is wrong, where,
/// and what to do; the command line prints it as it is and ends with a non-zero exit code.
/// </summary>
public sealed class UserErrorException : Exception
{
    /// <summary>Makes an error with <paramref name="message"/>, and the exception that led to it, if any.</summary>
    public UserErrorException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>An error of the command line, whose message begins with the option.</summary>
    public static UserErrorException Usage(string message) => new(message) { Kind = ErrorKind.Usage };

    /// <summary>Whether trying again can help.</summary>
    public ErrorKind Kind { get; init; } = ErrorKind.Input;
}
